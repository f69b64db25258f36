package net.reroute.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.ssh.Shell;

/** Facts that a machine printed as lines of {@code key=value}. A missing key has an empty value. */
final class HostFacts {

    private static final String COMMON = """
                                         echo "clock=$(date +%s)"
                                         echo "controller=${SSH_CONNECTION%% *}"
                                         conf() { echo "$1=$(cat /proc/sys/net/ipv4/conf/$2/$3 2>/dev/null)"; }
                                         dev() { ip route get "$1" 2>/dev/null | sed -n '1s/.* dev \\([^ ]*\\).*/\\1/p'; }
                                         """;

    private static final Pattern DEVICE = Pattern.compile(" dev (\\S+)");

    private final Map<String, String> facts = new HashMap<>();

    HostFacts(String printed) {
        printed.lines().filter(l -> l.indexOf('=') > 0)
                .forEach(l -> facts.put(l.substring(0, l.indexOf('=')), l.substring(l.indexOf('=') + 1).strip()));
    }

    String text(String key) {
        return facts.getOrDefault(key, "");
    }

    boolean is(String key) {
        return text(key).equals("1");
    }

    /** The larger of two sysctl values: the kernel combines "all" and the interface in this way for most of them. */
    int most(String key, String other) {
        return Math.max(number(key), number(other));
    }

    int number(String key) {
        return text(key).matches("-?\\d{1,18}") ? (int) Long.parseLong(text(key)) : 0;
    }

    long seconds(String key) {
        return text(key).matches("\\d{1,18}") ? Long.parseLong(text(key)) : 0;
    }

    /** The script for a server that carries these addresses. It holds no other input. */
    static String serverScript(List<Address> services) {
        return COMMON + """
                        d=$(dev "${SSH_CONNECTION%% *}")
                        echo "dev=$d"
                        for k in arp_ignore arp_announce rp_filter; do conf $k.all all $k; conf $k.dev "$d" $k; done
                        """
                + services.stream().map(a -> "{ ip -o addr show to " + a + " | grep -q . || ip route get " + a
                        + " 2>/dev/null | grep -q '^local '; } && echo held." + a + "=1\n")
                        .collect(Collectors.joining())
                + ":";
    }

    /** The sysctl that makes an interface ignore unsolicited announcements. */
    static String drops(Address hop) {
        return hop.v6() ? "drop_unsolicited_na" : "drop_gratuitous_arp";
    }

    /** The interface that {@code ip route get} named for a destination; empty if it named none. */
    String device(Object to) {
        Matcher device = DEVICE.matcher(text("get." + to));
        return device.find() ? device.group(1) : "";
    }

    /**
     * The script for a router that forwards to these next hops. It uses words that every shell knows, one question a
     * line: if a line fails, its fact is missing and the others are there.
     */
    static String routerScript(String ip, List<Address> hops) {
        return """
               echo "clock=$(date +%s)"
               echo "forward4=$(cat /proc/sys/net/ipv4/ip_forward 2>/dev/null)"
               echo "forward6=$(cat /proc/sys/net/ipv6/conf/all/forwarding 2>/dev/null)"
               echo "get.controller=$(ip route get ${SSH_CONNECTION%% *} 2>/dev/null)"
               echo "redirects.all=$(cat /proc/sys/net/ipv4/conf/all/send_redirects 2>/dev/null)"
               echo "rp_filter.all=$(cat /proc/sys/net/ipv4/conf/all/rp_filter 2>/dev/null)"
               pidof zebra >/dev/null 2>&1 && echo zebra=1
               pidof systemd-networkd >/dev/null 2>&1 && echo networkd=1
               grep -qsi '^ManageForeignRoutes=\\(no\\|false\\|0\\)' /etc/systemd/networkd.conf \
               /etc/systemd/networkd.conf.d/*.conf /usr/lib/systemd/networkd.conf.d/*.conf && echo foreignleft=1
               """ + "echo \"privilege=$(" + ip + " -j route show table main >/dev/null 2>&1 && echo 1)\"\n"
                + hops.stream().map(h -> "echo \"get." + h + "=$(ip route get " + place(h) + " 2>/dev/null)\"\n"
                        + "echo \"neigh." + h + "=$(ip neigh show to " + place(h) + " 2>/dev/null)\"\n")
                        .collect(Collectors.joining())
                + ":";
    }

    /** A link-local address is looked up on its interface. */
    private static String place(Address hop) {
        return hop.bare() + (hop.zone().isEmpty() ? "" : " dev " + hop.zone());
    }

    /** A second script, for the interfaces that these facts name. */
    String interfaceScript(List<Address> hops) {
        StringBuilder script = new StringBuilder();
        read(script, "redirects.dev", "ipv4", device("controller"), "send_redirects");
        read(script, "rp_filter.dev", "ipv4", device("controller"), "rp_filter");
        hops.forEach(h -> read(script, "drops." + h, h.v6() ? "ipv6" : "ipv4", device(h), drops(h)));
        return script.append(':').toString();
    }

    private static void read(StringBuilder script, String key, String family, String device, String name) {
        if (!device.isEmpty()) {
            script.append("echo \"").append(key).append("=$(cat ")
                    .append(Shell.quote("/proc/sys/net/" + family + "/conf/" + device + "/" + name))
                    .append(" 2>/dev/null)\"\n");
        }
    }

    HostFacts and(String printed) {
        HostFacts both = new HostFacts(printed);
        facts.forEach(both.facts::putIfAbsent);
        return both;
    }
}
