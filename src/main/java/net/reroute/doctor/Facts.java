package net.reroute.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.reroute.core.Address;

/** What a machine printed as lines of {@code key=value}; a key that is missing is empty. */
final class Facts {

    private static final String COMMON = """
                                         echo "clock=$(date +%s)"
                                         echo "controller=${SSH_CONNECTION%% *}"
                                         conf() { echo "$1=$(cat /proc/sys/net/ipv4/conf/$2/$3 2>/dev/null)"; }
                                         dev() { ip route get "$1" 2>/dev/null | sed -n '1s/.* dev \\([^ ]*\\).*/\\1/p'; }
                                         """;

    private final Map<String, String> facts = new HashMap<>();

    Facts(String printed) {
        printed.lines().filter(l -> l.indexOf('=') > 0)
                .forEach(l -> facts.put(l.substring(0, l.indexOf('=')), l.substring(l.indexOf('=') + 1).strip()));
    }

    String text(String key) {
        return facts.getOrDefault(key, "");
    }

    boolean is(String key) {
        return text(key).equals("1");
    }

    /** The larger of two sysctl values, which is how the kernel joins "all" and the interface for most of them. */
    int most(String key, String other) {
        return Math.max(number(key), number(other));
    }

    int number(String key) {
        return text(key).matches("-?\\d{1,18}") ? (int) Long.parseLong(text(key)) : 0;
    }

    long seconds(String key) {
        return text(key).matches("\\d{1,18}") ? Long.parseLong(text(key)) : 0;
    }

    /** Asks a server that carries these addresses. Only addresses are put into the script. */
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

    /** The sysctl by which an interface is deaf to what is announced without having been asked for. */
    static String drops(Address hop) {
        return hop.v6() ? "drop_unsolicited_na" : "drop_gratuitous_arp";
    }

    /** Asks a router that forwards to these next hops. */
    static String routerScript(String ip, List<Address> hops) {
        return COMMON
                + """
                  echo "forward4=$(cat /proc/sys/net/ipv4/ip_forward)"
                  echo "forward6=$(cat /proc/sys/net/ipv6/conf/all/forwarding 2>/dev/null)"
                  c=$(dev "${SSH_CONNECTION%% *}")
                  echo "controllerdev=$c"
                  conf redirects.all all send_redirects; conf redirects.dev "$c" send_redirects
                  conf rp_filter.all all rp_filter; conf rp_filter.dev "$c" rp_filter
                  pidof zebra >/dev/null 2>&1 && echo zebra=1
                  pidof systemd-networkd >/dev/null 2>&1 && echo networkd=1
                  grep -qsi '^ManageForeignRoutes=\\(no\\|false\\|0\\)' /etc/systemd/networkd.conf \
                  /etc/systemd/networkd.conf.d/*.conf /usr/lib/systemd/networkd.conf.d/*.conf && echo foreignleft=1
                  """ + "echo \"privilege=$(" + ip + " -j route show table main >/dev/null 2>&1 && echo 1)\"\n"
                + hops.stream().map(Facts::ofHop).collect(Collectors.joining()) + ":";
    }

    private static String ofHop(Address hop) {
        String device = hop.zone().isEmpty() ? "$(dev " + hop + ")" : hop.zone();
        String on = hop.zone().isEmpty() ? "" : " dev " + hop.zone();
        return "echo \"dev." + hop + "=" + device + "\"\n"
                + "echo \"neigh." + hop + "=$(ip neigh show to " + hop.bare() + on + " 2>/dev/null)\"\n"
                + "echo \"drops." + hop + "=$(cat /proc/sys/net/" + (hop.v6() ? "ipv6" : "ipv4") + "/conf/" + device
                + "/" + drops(hop) + " 2>/dev/null)\"\n";
    }
}
