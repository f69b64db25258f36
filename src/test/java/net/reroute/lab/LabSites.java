package net.reroute.lab;

/** Two sites that may announce one prefix to a provider; the provider's kernel says who has it. Speakers are real FRR. */
public final class LabSites {

    public static final String PREFIX = "203.0.113.0/24";

    private final Lab lab;
    final LabBgp provider;
    final LabBgp one;

    public LabSites(Lab lab) {
        this.lab = lab;
        lab.plugClient("edge2", 28);
        lab.plugClient("isp", 27);
        link("gw1", "172.16.1.2", "172.16.1.1", "one");
        link("edge2", "172.16.2.2", "172.16.2.1", "two");
        lab.in("isp", "ip route del default");
        lab.in("edge2", "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1;"
                + " ip route add 203.0.113.0/24 via 192.168.1.4");
        lab.in("gw1", "ip route add 172.16.2.0/30 via 172.16.1.1; ip route add 203.0.113.0/24 via 192.168.1.2");
        Lab.HOSTS.forEach(h -> lab.in(h, "ip addr add 203.0.113.1/32 dev lo"));
        provider = new LabBgp(lab, "isp", 65000, "neighbor 172.16.1.2 remote-as 65001",
                "neighbor 172.16.2.2 remote-as 65002",
                "neighbor 172.16.1.2 advertisement-interval 0", "neighbor 172.16.2.2 advertisement-interval 0",
                "address-family ipv6 unicast", " neighbor 172.16.1.2 activate", " neighbor 172.16.2.2 activate");
        one = new LabBgp(lab, "gw1", 65001, "neighbor 172.16.1.1 remote-as 65000",
                "neighbor 172.16.1.1 advertisement-interval 0", "address-family ipv4 unicast",
                " network 198.51.100.0/24", "exit-address-family", "address-family ipv6 unicast",
                " neighbor 172.16.1.1 activate");
        lab.serve();
        lab.routesAtHome();
        lab.sshd().startWithPrograms("gw1", one.programs(), "192.168.1.1");
    }

    private void link(String edge, String its, String providers, String name) {
        Shellout.run("ip", "link", "add", name, "netns", lab.space("isp"), "type", "veth", "peer", "name", "wan",
                "netns", lab.space(edge));
        lab.in("isp", "ip addr add " + providers + "/30 dev " + name + "; ip link set " + name + " up");
        lab.in(edge, "ip addr add " + its + "/30 dev wan; ip link set dev wan up");
    }

    /** FRR at the second site, with a login. */
    public LabBgp two() {
        LabBgp two = new LabBgp(lab, "edge2", 65002, "bgp graceful-restart", "neighbor 172.16.2.1 remote-as 65000",
                "neighbor 172.16.2.1 advertisement-interval 0", "neighbor 172.16.2.1 timers connect 1",
                "address-family ipv6 unicast", " neighbor 172.16.2.1 activate");
        lab.sshd().startWithPrograms("edge2", two.programs(), "192.168.1.28");
        return two;
    }

    /** A login of the inventory, with another name, address and dialect. */
    public static String login(Reroute reroute, String name, String address, String dialect) {
        return reroute.routers().lines().skip(1).findFirst().orElseThrow().replace("gw1", name)
                .replace("192.168.1.1,", address + ",").replace("linux", dialect) + "\n";
    }

    /**
     * @param routers entries of routers, and what else the file begins with
     * @param service what the service says besides prefix, checks and the like
     */
    public static void inventory(Reroute reroute, String routers, String prefix, String service) {
        reroute.write("lab.yaml", routers + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                + "services:\n  www: {prefix: \"" + prefix
                + "\", redirect: bgp, checks: [port], soak: 1s, settle: 1s, " + service + "}\n");
    }

    /** How the provider's kernel reaches the prefix. */
    public String way() {
        return lab.attempt("isp", "ip route show exact " + PREFIX).text().replaceAll("(?s).*? via (\\S+).*", "$1")
                .strip();
    }
}
