package net.reroute.takeover;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.ssh.Shell;

/**
 * The shell scripts a server is sent. Nothing in them is free text but the admin's own commands, and those go as quoted
 * words: addresses, names of interfaces that were checked, digits of frames, and words that were checked when read.
 */
final class LanScript {

    /** Stands between the parts of an answer. */
    static final String NEXT = "=-=next=-=";
    private static final String END = "=-=end=-=";
    /** The longest name and label of an interface in Linux, without the zero at its end. */
    private static final int LONGEST_LABEL = 15;
    private static final String LABEL = ":rr";

    /** Sends frames through a packet socket: arguments are interface, EtherType and the frames in hexadecimal. */
    private static final String PERL = "my($i,$t,@f)=@ARGV;open(F,q(<),qq(/sys/class/net/$i/ifindex))||die qq($i: $!\\n);"
            + "my $n=<F>;socket(S,17,3,0)||die qq(packet socket: $!\\n);"
            + "for(@f){send(S,pack(q(H*),$_),0,pack(q(SniSCCa8),17,$t,$n,0,0,6,qq(\\xff)x6))||die qq(send: $!\\n)}";
    private static final String PYTHON = "import socket,sys\n"
            + "s=socket.socket(socket.AF_PACKET,socket.SOCK_RAW)\n"
            + "s.bind((sys.argv[1],0))\n"
            + "for f in sys.argv[3:]: s.send(bytes.fromhex(f))";

    /** Sends frames and prints what is said on the wire for some milliseconds: interface, EtherType, time, frames. */
    private static final String PERL_ASK = "my($i,$t,$ms,@f)=@ARGV;open(F,q(<),qq(/sys/class/net/$i/ifindex))||die qq($i: $!\n);"
            + "my $n=<F>;socket(S,17,3,unpack(q(S),pack(q(n),$t)))||die qq(packet socket: $!\n);"
            + "bind(S,pack(q(SniSCCa8),17,$t,$n,0,0,0,q()))||die qq(bind: $!\n);"
            + "for(@f){send(S,pack(q(H*),$_),0,pack(q(SniSCCa8),17,$t,$n,0,0,6,qq(\\xff)x6))||die qq(send: $!\n)}"
            + "my $l=$ms/1000;my $k=0;while($l>0&&$k<64){my $r=q();vec($r,fileno(S),1)=1;"
            // Linux tells how much of the time is left, so no module is needed for a finer clock.
            + "(my $n,$l)=select($r,undef,undef,$l);last if $n<1;recv(S,my $b,256,0);"
            + "next unless $t==2054||ord(substr($b,54,1))==136;print unpack(q(H*),$b),qq(\\n);$k++}";
    private static final String PYTHON_ASK = "import select,socket,sys,time\n"
            + "t=int(sys.argv[2])\n"
            + "s=socket.socket(socket.AF_PACKET,socket.SOCK_RAW,socket.htons(t))\n"
            + "s.bind((sys.argv[1],t))\n"
            + "for f in sys.argv[4:]: s.send(bytes.fromhex(f))\n"
            + "e=time.monotonic()+int(sys.argv[3])/1000;k=0\n"
            + "while e>time.monotonic() and k<64:\n"
            + " if select.select([s],[],[],max(0,e-time.monotonic()))[0]:\n"
            + "  b=s.recv(256)\n"
            + "  if t==2054 or b[54:55]==bytes([136]): print(b.hex());k+=1";

    /** What a server can send frames with. */
    enum Sender {
        PERL, PYTHON3, ARPING, NOTHING
    }

    private final String sudo;

    LanScript(Login login) {
        this.sudo = login.sudo() ? "sudo -n " : "";
    }

    /** What a server has and may do: its interfaces, then what it can send frames with. No exit: the shell is kept. */
    String hello() {
        return sudo + "ip -j addr show && {\necho; echo " + NEXT + "\n"
                + "if " + sudo + "perl -e 1 2>/dev/null; then echo perl\n"
                + "elif " + sudo + "python3 -c 1 2>/dev/null; then echo python3\n"
                + "elif command -v arping >/dev/null; then echo arping\nelse echo nothing\nfi\n}";
    }

    String show() {
        return sudo + "ip -j addr show";
    }

    /** Returns what to type to have an address; {@code kept} are words that once stood there. */
    String add(Address address, String on, String kept) {
        if (!kept.isEmpty()) {
            return "ip addr add " + kept + (address.v6() ? " nodad" : "");
        }
        String label = on + LABEL;
        boolean labelled = !address.v6() && label.length() <= LONGEST_LABEL;
        return "ip addr add " + address + "/" + address.width() + " dev " + on + (labelled ? " label " + label : "")
                + (address.v6() ? " nodad" : "");
    }

    /** Types lines that begin with {@code ip}, each whether or not another fails, then shows what is there. */
    String addAndShow(List<String> lines) {
        return sudo + "ip -force -batch - <<'" + END + "' 2>&1\n"
                + String.join("\n", lines.stream().map(l -> l.replaceFirst("^ip ", "")).toList()) + "\n" + END
                + "\necho; echo " + NEXT + "\n" + show();
    }

    String delete(Interface.Entry entry, String on) {
        return "ip addr del " + entry.address() + "/" + entry.length() + " dev " + on;
    }

    String sudo(String line) {
        return sudo + line;
    }

    /** Sends frames once; says on standard error why not. */
    String send(Sender with, String on, List<byte[]> frames, Address address) {
        String type = Integer.toString(address.v6() ? Frames.IPV6 : Frames.ARP);
        String arguments = " " + on + " " + type + " " + String.join(" ", Frames.hex(frames));
        return switch (with) {
            case PERL -> sudo + "perl -e " + Shell.quote(PERL) + arguments;
            case PYTHON3 -> sudo + "python3 -c " + Shell.quote(PYTHON) + arguments;
            case ARPING -> arping(on, address);
            case NOTHING -> "echo 'has neither perl, python3 nor arping' >&2; false";
        };
    }

    /** Sends frames and prints, in hexadecimal, what is said within so many milliseconds. */
    Optional<String> ask(Sender with, String on, List<byte[]> frames, boolean v6, long millis) {
        String arguments = " " + on + " " + (v6 ? Frames.IPV6 : Frames.ARP) + " " + millis + " "
                + String.join(" ", Frames.hex(frames));
        return switch (with) {
            case PERL -> Optional.of(sudo + "perl -e " + Shell.quote(PERL_ASK) + arguments);
            case PYTHON3 -> Optional.of(sudo + "python3 -c " + Shell.quote(PYTHON_ASK) + arguments);
            case ARPING, NOTHING -> Optional.empty();
        };
    }

    /** It builds the same frames by itself, and only for IPv4; it stays a second, for which nobody waits. */
    private String arping(String on, Address address) {
        if (address.v6()) {
            return "echo 'arping knows no IPv6, and there is neither perl nor python3' >&2; false";
        }
        String one = sudo + "arping -q -c 1 -I " + on + " %s " + address + " >/dev/null 2>&1 &";
        return "{ " + one.formatted("-U") + " " + one.formatted("-A") + " }";
    }

    /** True where the address is. */
    static String isHeld(Address address, String on) {
        return "ip -o addr show dev " + on + " to " + address + " | grep -q .";
    }

    /** Runs a script only where the address still is; says so otherwise. */
    String ifHeld(Address address, String on, String script) {
        return "if " + isHeld(address, on) + "; then\n" + script + "\nelse echo "
                + "gone >&2; false\nfi";
    }

    /** An admin's command, word by word, never read by a shell. */
    String command(List<String> words) {
        return String.join(" ", words.stream().map(Shell::quote).toList());
    }

    /**
     * Sets an interface down and up again after a while, without one address, and with the routes and the IPv6 addresses
     * that go when it goes down. The answer comes before that, since the session may go with it.
     */
    String downFor(String on, Interface.Entry without, long seconds) {
        return "rr_routes=$(for f in 4 6; do ip -$f route show dev " + on
                + " | grep -v 'proto kernel' | sed 's/^/route add /;"
                + " s/$/ dev " + on + "/'; done)\n"
                + "rr_addresses=$(ip -6 -o addr show dev " + on + " scope global | awk '{print \"addr add \" $4 \" dev "
                + on
                + " nodad\"}' | grep -v ' " + without.address() + "/')\n"
                + "export rr_routes rr_addresses\n"
                + "setsid sh -c '" + "sleep 0.1; " + sudo + "ip link set " + on + " down; sleep " + seconds + "; "
                + sudo
                + delete(without, on) + "; " + sudo + "ip link set " + on + " up; { echo \"$rr_addresses\"; sleep 1;"
                + " echo \"$rr_routes\"; } | " + sudo + "ip -force -batch -' </dev/null >/dev/null 2>&1 &";
    }

    /** Whether the kernel keeps the secondaries of a primary address that goes. */
    String promotes(String on) {
        return "cat /proc/sys/net/ipv4/conf/all/promote_secondaries /proc/sys/net/ipv4/conf/" + on
                + "/promote_secondaries";
    }

    static Sender sender(String word) {
        return Sender.valueOf(word.strip().toUpperCase(Locale.ROOT));
    }
}
