package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.simulation.Link;

/**
 * A network interface that is up.
 *
 * @param index its number, from 1
 * @param name such as eth0
 * @param nets its addresses, IPv4 first
 */
record LinuxLink(int index, String name, List<IpNet> nets) {

    private static final IpNet LO4 = new IpNet(Address.parse("127.0.0.1"), 8);
    private static final IpNet LO6 = new IpNet(Address.parse("::1"), 128);

    /** The loopback, and all interfaces in the order in which they are named first. Each gets a link-local address. */
    static List<LinuxLink> of(List<Link> wanted) {
        Map<String, List<IpNet>> byName = new LinkedHashMap<>();
        wanted.forEach(l -> byName.computeIfAbsent(l.name(), n -> new ArrayList<>())
                .add(new IpNet(l.address(), l.network().length())));
        List<LinuxLink> links = new ArrayList<>(List.of(new LinuxLink(1, "lo", List.of(LO4, LO6))));
        byName.forEach((name, nets) -> {
            int index = links.size() + 1;
            nets.add(new IpNet(Address.parse("fe80::ff:fe00:" + Integer.toHexString(index - 1)), 64));
            nets.sort((a, b) -> Boolean.compare(a.address().v6(), b.address().v6()));
            links.add(new LinuxLink(index, name, List.copyOf(nets)));
        });
        return List.copyOf(links);
    }

    boolean loopback() {
        return index == 1;
    }

    int mtu() {
        return loopback() ? 65536 : 1500;
    }

    String mac() {
        return loopback() ? "00:00:00:00:00:00" : "02:00:00:00:%02x:%02x".formatted(index - 1 >> 8, index - 1 & 255);
    }

    String broadcast() {
        return loopback() ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
    }

    List<String> flags() {
        return loopback() ? List.of("LOOPBACK", "UP", "LOWER_UP") : List.of("BROADCAST", "MULTICAST", "UP", "LOWER_UP");
    }

    String qdisc() {
        return loopback() ? "noqueue" : "pfifo_fast";
    }

    String state() {
        return loopback() ? "UNKNOWN" : "UP";
    }

    static String scope(IpNet net) {
        String text = net.address().toString();
        if (text.startsWith("127.") || text.equals("::1")) {
            return "host";
        }
        return text.startsWith("fe80:") ? "link" : "global";
    }
}
