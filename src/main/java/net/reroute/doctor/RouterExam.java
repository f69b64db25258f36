package net.reroute.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.redirect.route.router.Route;

/** Turns the facts and routes of a Linux router into findings. */
final class RouterExam {

    private final RouterSpec router;
    private final HostFacts facts;
    private final boolean fallsBack;
    private final List<Finding> findings = new ArrayList<>();

    /** @param fallsBack whether next hops on its LAN may be taken over */
    RouterExam(RouterSpec router, HostFacts facts, boolean fallsBack) {
        this.router = router;
        this.facts = facts;
        this.fallsBack = fallsBack;
    }

    List<Finding> findings(Collection<Server> servers, Collection<Route> routes, Instant now) {
        findings.add(Finding.good(router.name(), "login works"));
        privilege(router.login());
        forwarding(servers);
        servers.forEach(this::neighbour);
        if (fallsBack) {
            servers.forEach(this::heeds);
        }
        redirects(servers);
        if (facts.most("rp_filter.all", "rp_filter.dev") == 1) {
            findings.add(Finding.note(router.name(), "rp_filter is strict: it drops what comes in another way than its"
                    + " routes lead back", "sysctl -w net.ipv4.conf.all.rp_filter=2, if ways are not symmetric"));
        }
        routes.forEach(this::owner);
        programs();
        ServerExam.clock(router.name(), facts, now, findings);
        return findings;
    }

    private void privilege(Login login) {
        if (facts.is("privilege")) {
            findings.add(Finding.good(router.name(), login.user() + " may use ip" + (login.sudo() ? " by sudo" : "")));
        } else {
            findings.add(Finding.bad(router.name(), login.user() + " may not use ip", login.sudo()
                    ? "in /etc/sudoers.d/reroute: " + login.user() + " ALL=(root) NOPASSWD: /usr/sbin/ip"
                    : "log in as root, or add become: sudo"));
        }
        if (!login.sudo() && !login.user().equals("root")) {
            findings.add(Finding.note(router.name(), login.user() + " is not root, and changing routes takes that",
                    "add become: sudo and allow it ip in /etc/sudoers.d"));
        }
    }

    private void forwarding(Collection<Server> servers) {
        boolean v6 = servers.stream().anyMatch(s -> s.nextHop().v6());
        boolean v4 = servers.stream().anyMatch(s -> !s.nextHop().v6());
        if (v4) {
            forwards("forward4", "IPv4", "net.ipv4.ip_forward");
        }
        if (v6) {
            forwards("forward6", "IPv6", "net.ipv6.conf.all.forwarding");
        }
    }

    /** An unknown value is a note, not a fault. */
    private void forwards(String fact, String family, String key) {
        if (facts.text(fact).isEmpty()) {
            findings.add(Finding.note(router.name(), "does not tell whether it forwards " + family,
                    "sysctl " + key + " there; it should be 1"));
        } else if (!facts.is(fact)) {
            findings.add(Finding.bad(router.name(), "does not forward " + family, "sysctl -w " + key + "=1"));
        }
    }

    private void neighbour(Server server) {
        String entry = facts.text("neigh." + server.nextHop());
        if (entry.isEmpty() || entry.contains("FAILED") || entry.contains("INCOMPLETE")) {
            findings.add(Finding.note(router.name(), "does not know the hardware address of " + server.name() + " ("
                    + server.nextHop() + "): the first packets after a move wait for ARP, or it is not on its LAN",
                    "ping " + server.nextHop() + " from there"));
        }
    }

    private void heeds(Server server) {
        Address hop = server.nextHop();
        if (facts.is("drops." + hop)) {
            String on = facts.device(hop);
            findings.add(Finding.bad(router.name(),
                    "is deaf to announcements on " + on + ", so it would not notice that"
                            + " the next hop of " + server.name() + " was taken over",
                    "sysctl -w net." + (hop.v6() ? "ipv6" : "ipv4") + ".conf." + on + "." + HostFacts.drops(hop)
                            + "=0"));
        }
    }

    /** An ICMP redirect shows a host on the same LAN the shorter path. Its probes then prove nothing for 300 s. */
    private void redirects(Collection<Server> servers) {
        String ours = facts.device("controller");
        boolean sameLan = servers.stream().anyMatch(s -> !ours.isEmpty()
                && ours.equals(facts.device(s.nextHop())));
        if (sameLan && facts.most("redirects.all", "redirects.dev") > 0) {
            findings.add(Finding.note(router.name(),
                    "sends ICMP redirects to this machine, which then goes past it: moves"
                            + " are read back and not probed",
                    "sysctl -w net.ipv4.conf.all.send_redirects=0 net.ipv4.conf." + ours
                            + ".send_redirects=0"));
        }
    }

    private void owner(Route route) {
        route.owner().ifPresent(owner -> findings.add(Finding.bad(router.name(), "its route for " + route.prefix() + " "
                + owner, "make it a plain static route: ip route add " + route.prefix() + " via NEXTHOP")));
    }

    private void programs() {
        if (facts.is("networkd") && !facts.is("foreignleft")) {
            findings.add(Finding.bad(router.name(), "systemd-networkd may remove routes that it did not make",
                    "ManageForeignRoutes=no under [Network] in /etc/systemd/networkd.conf"));
        }
        if (facts.is("zebra")) {
            findings.add(Finding.note(router.name(), "FRR runs there; its own routes are left alone",
                    "keep the service prefixes out of FRR"));
        }
    }
}
