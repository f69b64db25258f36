package net.reroute.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover.Announce;
import net.reroute.redirect.arp.LanFacts;
import net.reroute.redirect.arp.LanSegment;
import net.reroute.ssh.SshException;

/** Examines whether takeovers would work, before one is needed. */
final class LanExam {

    private final Inventory inventory;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<HardwareAddress> known = new HashSet<>();

    LanExam(Inventory inventory) {
        this.inventory = inventory;
    }

    /** The addresses of a service that may come up on a server. */
    private List<Address> addresses(Service service) {
        return service.livesOnLan() ? List.of(service.address()) : inventory.nextHops(service.servers());
    }

    /**
     * Findings for the servers. All are asked at once: only all answers together show which machine answers for an
     * address.
     */
    List<Finding> servers() {
        Map<Server, Map<String, LanFacts>> facts = new ConcurrentHashMap<>();
        Map<Server, String> silent = new ConcurrentHashMap<>();
        List<Server> all = inventory.servers().values().stream()
                .filter(s -> s.login().isPresent() && !interfaces(s).isEmpty()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(server -> threads.submit(() -> {
                try {
                    facts.put(server, ask(server));
                } catch (SshException e) {
                    silent.put(server, e.getMessage());
                }
            }));
        }
        facts.values().forEach(by -> by.values().forEach(f -> f.hardware().ifPresent(known::add)));
        for (Server server : all) {
            Optional.ofNullable(silent.get(server)).ifPresent(why -> findings.add(Finding.bad(server.name(), why
                    + ", so it cannot take addresses over", "")));
            facts.getOrDefault(server, Map.of()).forEach((on, of) -> one(server, on, services(server, on), of));
        }
        return findings;
    }

    private Set<String> interfaces(Server server) {
        return inventory.services().values().stream()
                .filter(s -> s.takeover().isPresent() && s.servers().contains(server.name()))
                .map(s -> s.takeover().get().interfaces().get(server.name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Service> services(Server server, String on) {
        return inventory.services().values().stream()
                .filter(s -> s.takeover().isPresent() && s.servers().contains(server.name())
                        && s.takeover().get().interfaces().get(server.name()).equals(on))
                .toList();
    }

    private Map<String, LanFacts> ask(Server server) throws SshException {
        Map<String, LanFacts> facts = new LinkedHashMap<>();
        for (String on : interfaces(server)) {
            Set<Address> asked = new LinkedHashSet<>();
            services(server, on).forEach(s -> asked.addAll(addresses(s)));
            facts.put(on, LanFacts.of(server, on, asked));
        }
        return facts;
    }

    private void one(Server server, String on, List<Service> services, LanFacts facts) {
        String name = server.name();
        if (!facts.there()) {
            findings.add(Finding.bad(name, "has no interface " + on + ", where addresses would come up",
                    "correct 'interface:' in the inventory"));
            return;
        }
        if (!facts.up()) {
            findings.add(Finding.bad(name, on + " is down", "ip link set " + on + " up"));
        }
        sender(name, services, facts);
        facts.outside()
                .forEach(address -> findings.add(Finding.note(name, address + " is in none of the networks of " + on
                        + ", so nobody on that LAN asks for it",
                        "correct the address or 'interface:', unless a router has a route"
                                + " onto that LAN for it")));
        boolean fallsBack = services.stream().anyMatch(Service::fallsBack);
        if (fallsBack && !facts.holds().contains(server.nextHop())) {
            findings.add(Finding.bad(name, "does not hold its next hop " + server.nextHop() + " on " + on,
                    "ip addr add " + server.nextHop() + "/LENGTH dev " + on + ", unless another has taken it over"));
        }
        facts.hanging()
                .forEach((address, others) -> findings.add(Finding.note(name, address + " is the primary address of "
                        + others.getFirst() + " on " + on + ", which would go with it, so it is never taken off there",
                        "sysctl -w net.ipv4.conf." + on + ".promote_secondaries=1")));
        facts.answers()
                .forEach((address, hardware) -> answered(name, address, hardware, facts.holds().contains(address)));
    }

    private void sender(String name, List<Service> services, LanFacts facts) {
        boolean asked = services.stream().anyMatch(s -> s.takeover().get().announce() == Announce.SERVER);
        boolean v6 = services.stream().anyMatch(s -> addresses(s).getFirst().v6());
        if (!asked || facts.sends().equals("perl") || facts.sends().equals("python3")) {
            findings.add(
                    Finding.good(name, "can take addresses over" + (asked ? ", announces with " + facts.sends() : "")));
        } else if (facts.sends().equals("nothing")) {
            findings.add(Finding.bad(name, "has neither perl, python3 nor arping, so it cannot announce a takeover",
                    "install one of them there (iputils-arping), or announce: controller"));
        } else {
            findings.add(Finding.note(name,
                    "announces with arping: nobody there asks for duplicates before, or hears who else claims them"
                            + (v6 ? ", and IPv6 is not announced" : ""),
                    "install perl or python3 there"));
        }
    }

    /** A machine does not answer its own question: the holder hears only other machines. */
    private void answered(String name, Address address, Set<HardwareAddress> by, boolean holds) {
        Set<HardwareAddress> strangers = new LinkedHashSet<>(by);
        strangers.removeAll(known);
        if (by.size() + (holds ? 1 : 0) > 1) {
            findings.add(Finding.bad(name, "hears " + address + " answered for "
                    + (holds ? "by " + texts(by) + " though it holds it itself" : "twice: by " + texts(by)),
                    "take it off all but one"));
        } else if (!strangers.isEmpty()) {
            findings.add(Finding.bad(name, "hears " + address + " answered for by " + texts(strangers)
                    + ", which is none of the servers", "find that machine and take the address off it"));
        }
    }

    private static String texts(Set<HardwareAddress> all) {
        return all.stream().map(HardwareAddress::toString).collect(Collectors.joining(" and "));
    }

    /** Findings for this machine. */
    List<Finding> controller() {
        Set<Address> all = new LinkedHashSet<>();
        Set<Address> announced = new LinkedHashSet<>();
        inventory.services().values().stream().filter(s -> s.takeover().isPresent()).forEach(s -> {
            all.addAll(addresses(s));
            if (s.takeover().get().announce() == Announce.CONTROLLER) {
                announced.addAll(addresses(s));
            }
        });
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> missing = LanSegment.lacks(all, announced);
        missing.forEach(text -> findings.add(announced.isEmpty()
                ? Finding.note("controller", text, "docs/takeover.md tells what it takes")
                : Finding.bad("controller", text, "announce: server, or what docs/takeover.md tells it takes")));
        if (missing.isEmpty()) {
            findings.add(Finding.good("controller", "has what takeovers need of it"));
        }
        return findings;
    }
}
