package net.reroute.lab;

import java.util.List;

/**
 * The flat LAN on the lab's network: service addresses 192.168.1.20 and 2001:db8:1::20 on host1's interface, a client in
 * the LAN and one behind the router, sshd on every host.
 */
public final class Flat {

    public static final String V4 = "192.168.1.20";
    public static final String V6 = "2001:db8:1::20";
    public static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3, rise: 3}";

    /** For tests in which nobody else may fail, however busy the machine is. */
    static final String STEADY = "up: {icmp: \"{server}\", every: 250ms, timeout: 250ms, fall: 4, rise: 2}";

    private final Lab lab;

    public Flat(Lab lab) {
        this.lab = lab;
        lab.plugClient("neighbour", 25);
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            lab.sshd().start(Lab.HOSTS.get(i), "192.168.1." + (i + 2));
            lab.in(Lab.HOSTS.get(i), "sysctl -qw net.ipv4.ip_nonlocal_bind=1 net.ipv6.ip_nonlocal_bind=1");
        }
        lab.serveAlso(V4);
        lab.serveAlso(V6);
        atHome();
    }

    /** The addresses where an admin has configured them. */
    public void atHome() {
        for (String host : Lab.HOSTS) {
            lab.attempt(host, "for a in " + V4 + "/32 " + V4 + "/27 " + V6 + "/128 " + V6
                    + "/64; do ip addr del $a dev eth0; done");
        }
        lab.in("host1", "ip addr add " + V4 + "/27 dev eth0; ip -6 addr add " + V6 + "/64 dev eth0 nodad");
    }

    /** An inventory with both, and {@code more} beside them. */
    public void inventory(Reroute reroute, String checks, String more) {
        StringBuilder servers = new StringBuilder("servers:\n");
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            servers.append("  " + Lab.HOSTS.get(i) + ": {address: 192.168.1." + (i + 2) + ", user: root, key: "
                    + lab.sshd().key() + ", known-hosts: " + lab.sshd().knownHosts() + ", interface: eth0}\n");
        }
        String common = "redirect: arp, servers: [host1, host2, host3], checks: [up]" + more;
        reroute.write("lab.yaml", servers + "checks:\n" + checks.indent(2) + "services:\n"
                + "  mail: {prefix: " + V4 + "/32, " + common + "}\n"
                + "  mail6: {prefix: \"" + V6 + "/128\", " + common + "}\n");
    }

    /** Every host has a next hop of its own beside its address, 192.168.1.12 to .15, and the router points at those. */
    public void withNextHops() {
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            lab.attempt(Lab.HOSTS.get(i), "for a in 12 13 14 15; do ip addr del 192.168.1.$a/32 dev eth0; done;"
                    + " ip addr add 192.168.1." + (i + 12) + "/27 dev eth0");
            lab.in("gw1", "ip route replace 192.168.1." + (i + 1) * 32 + "/27 via 192.168.1." + (i + 12));
        }
    }

    /** The reference network with those next hops, and a fallback. */
    public void fallbackInventory(Reroute reroute, String checks, String more) {
        StringBuilder text = new StringBuilder(reroute.routers() + "servers:\n");
        StringBuilder services = new StringBuilder("services:\n");
        List<String> order = new java.util.ArrayList<>(Lab.HOSTS);
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            text.append("  " + Lab.HOSTS.get(i) + ": {address: 192.168.1." + (i + 2) + ", next-hop: 192.168.1."
                    + (i + 12) + ", user: root, key: " + lab.sshd().key() + ", known-hosts: " + lab.sshd().knownHosts()
                    + ", interface: eth0}\n");
            services.append(
                    "  www-" + (i + 1) + ": {prefix: 192.168.1." + (i + 1) * 32 + "/27, fallback: arp, servers: "
                            + order + ", checks: [up]" + more + "}\n");
            order.add(order.removeFirst());
        }
        reroute.write("lab.yaml", text + "checks:\n" + checks.indent(2) + services);
    }

    /** Hosts that have the address. */
    public List<String> holders(String address) {
        return Lab.HOSTS.stream()
                .filter(h -> !lab.attempt(h, "ip -o addr show dev eth0 to " + address).text().isBlank())
                .toList();
    }

    /** The hardware address that a machine believes to be behind an address. */
    public String believed(String machine, String address) {
        return lab.attempt(machine, "ip neigh show " + address).text().replaceAll("(?s).*lladdr (\\S+).*", "$1")
                .strip();
    }

    public String hardware(String host) {
        return lab.in(host, "cat /sys/class/net/eth0/address").strip();
    }
}
