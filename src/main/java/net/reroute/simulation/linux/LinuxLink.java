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
 * @param station number of its machine on the LAN, below 256; it makes the hardware address one of its own
 * @param addresses IPv4 first
 */
record LinuxLink(int index, String name, int station, List<LinkAddress> addresses) {

    private static final IpNet LO4 = new IpNet(Address.parse("127.0.0.1"), 8);
    private static final IpNet LO6 = new IpNet(Address.parse("::1"), 128);

    /** The loopback, and all interfaces in the order in which they are named first. Each gets a link-local address. */
    static List<LinuxLink> of(List<Link> wanted, int station) {
        Map<String, List<IpNet>> byName = new LinkedHashMap<>();
        wanted.forEach(l -> byName.computeIfAbsent(l.name(), n -> new ArrayList<>())
                .add(new IpNet(l.address(), l.network().length())));
        List<LinuxLink> links = new ArrayList<>(List.of(link(1, "lo", station, List.of(LO4, LO6))));
        byName.forEach((name, nets) -> {
            int index = links.size() + 1;
            nets.add(new IpNet(Address.parse("fe80::ff:fe00:" + Integer.toHexString(index - 1)), 64));
            nets.sort((a, b) -> Boolean.compare(a.address().v6(), b.address().v6()));
            links.add(link(index, name, station, nets));
        });
        return List.copyOf(links);
    }

    private static LinuxLink link(int index, String name, int station, List<IpNet> nets) {
        return new LinuxLink(index, name, station, nets.stream().map(n -> LinkAddress.of(n, name)).toList());
    }

    List<IpNet> nets() {
        return addresses.stream().map(LinkAddress::net).toList();
    }

    /** The same with one address more, in the kernel's order: secondaries behind, the newest of IPv6 before. */
    LinuxLink with(LinkAddress more) {
        boolean behind = nets().stream().anyMatch(n -> n.prefix().equals(more.net().prefix()));
        List<LinkAddress> all = new ArrayList<>(addresses);
        all.add((int) addresses.stream().filter(a -> !a.net().address().v6())
                .filter(a -> behind || more.net().address().v6() || !isSecondary(a.net())).count(), more);
        return new LinuxLink(index, name, station, List.copyOf(all));
    }

    /** The same without an address, and without its secondaries if it is a primary one. */
    LinuxLink without(IpNet net) {
        boolean primary = !isSecondary(net) && !net.address().v6();
        return new LinuxLink(index, name, station, addresses.stream().filter(a -> !a.net().equals(net))
                .filter(a -> !(primary && a.net().prefix().equals(net.prefix()))).toList());
    }

    /** True if another address of the same IPv4 subnet stands before it. */
    boolean isSecondary(IpNet net) {
        return !net.address().v6() && nets().stream().filter(n -> n.prefix().equals(net.prefix())).findFirst()
                .filter(first -> !first.equals(net)).isPresent();
    }

    boolean loopback() {
        return index == 1;
    }

    int mtu() {
        return loopback() ? 65536 : 1500;
    }

    String mac() {
        return loopback()
                ? "00:00:00:00:00:00"
                : "02:00:00:%02x:%02x:%02x".formatted(station, index - 1 >> 8, index - 1 & 255);
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
