package net.reroute.redirect.arp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.ssh.Shell;

/**
 * The shell scripts for a server. They contain no free text except the admin's own commands, quoted word by word. The
 * rest is addresses, checked interface names, hexadecimal frames, and words that were checked when read.
 */
final class LanScript {

    /** The form of {@link Interface.AssignedAddress#words}. */
    private static final Pattern KEPT = Pattern.compile("[0-9a-f.:]+/\\d{1,3}( brd [0-9.]+)? dev " + Interface.NAME
            + "( scope ([a-z]+|\\d+))?( label [A-Za-z0-9._:-]+)?( noprefixroute)?"
            + "( metric \\d+)?( preferred_lft 0)?");

    /** Separates the parts of the output. */
    static final String NEXT = "=-=next=-=";
    private static final String END = "=-=end=-=";
    /** The longest interface name or label in Linux (IFNAMSIZ), without the final zero byte. */
    private static final int LONGEST_LABEL = 15;
    private static final String LABEL = ":rr";

    /** The programs that can send frames on a server. */
    enum SendTool {
        PERL, PYTHON3, ARPING, NOTHING
    }

    private final String sudo;

    LanScript(Login login) {
        this.sudo = login.sudo() ? "sudo -n " : "";
    }

    /** Shows the interfaces, then the program that can send frames. It never exits the shell, which stays open. */
    String hello() {
        return sudo + "ip -j addr show && {\necho; echo " + NEXT + "\n"
                + "if " + sudo + "perl -e 1 2>/dev/null; then echo perl\n"
                + "elif " + sudo + "python3 -c 1 2>/dev/null; then echo python3\n"
                + "elif command -v arping >/dev/null; then echo arping\nelse echo nothing\nfi\n}";
    }

    String show() {
        return sudo + "ip -j addr show";
    }

    /**
     * Returns the line that adds an address.
     *
     * @param kept words of an earlier entry, from the journal; ignored unless they have the form of words that were
     *     read from a server for this address
     */
    String add(Address address, String on, String kept) {
        if (KEPT.matcher(kept).matches() && kept.startsWith(address + "/")) {
            return "ip addr add " + kept + (address.v6() ? " nodad" : "");
        }
        String label = on + LABEL;
        boolean labelled = !address.v6() && label.length() <= LONGEST_LABEL;
        return "ip addr add " + address + "/" + address.width() + " dev " + on + (labelled ? " label " + label : "")
                + (address.v6() ? " nodad" : "");
    }

    /** Runs {@code ip} lines, all of them even if some fail, then shows the interfaces. */
    String addAndShow(List<String> lines) {
        return sudo + "ip -force -batch - <<'" + END + "' 2>&1\n"
                + String.join("\n", lines.stream().map(l -> l.replaceFirst("^ip ", "")).toList()) + "\n" + END
                + "\necho; echo " + NEXT + "\n" + show();
    }

    String delete(Interface.AssignedAddress entry, String on) {
        return "ip addr del " + entry.address() + "/" + entry.length() + " dev " + on;
    }

    String sudo(String line) {
        return sudo + line;
    }

    /** Replaces the shell by the program that sends and hears frames. */
    String wire(SendTool with, String program) {
        return "LC_ALL=C exec " + sudo + (with == SendTool.PERL ? "perl -e " : "python3 -c ") + Shell.quote(program);
    }

    /**
     * Announces an address with arping, on servers without perl and python3. It sends the same frames, but for IPv4
     * only. It runs in the background for a second.
     */
    String arping(SendTool with, String on, Address address) {
        if (with == SendTool.NOTHING) {
            return "{ echo 'has neither perl, python3 nor arping' >&2; false; }";
        }
        if (address.v6()) {
            return "{ echo 'arping knows no IPv6, and there is neither perl nor python3' >&2; false; }";
        }
        String one = sudo + "arping -q -c 1 -I " + on + " %s " + address + " >/dev/null 2>&1 &";
        return "{ " + one.formatted("-U") + " " + one.formatted("-A") + " }";
    }

    /** Succeeds if the interface has the address. */
    String isHeld(Address address, String on) {
        return "ip -o addr show dev " + on + " to " + address + " | grep -q .";
    }

    /** An admin's command, quoted word by word. */
    String command(List<String> words) {
        return String.join(" ", words.stream().map(Shell::quote).toList());
    }

    /**
     * Sets an interface down, and up again after a delay: without one address, but with the routes and IPv6 addresses
     * that were lost. The command returns before that, since the session may end with the interface.
     */
    String downFor(String on, Interface.AssignedAddress without, long seconds) {
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

    /** Shows whether the kernel keeps the secondaries of a deleted primary address. */
    String promotes(String on) {
        return "cat /proc/sys/net/ipv4/conf/all/promote_secondaries /proc/sys/net/ipv4/conf/" + on
                + "/promote_secondaries";
    }

    static SendTool tool(String word) {
        return SendTool.valueOf(word.strip().toUpperCase(Locale.ROOT));
    }
}
