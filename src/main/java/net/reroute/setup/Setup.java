package net.reroute.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Names;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.setup.Proposal.RouterEntry;
import net.reroute.setup.Proposal.ServiceEntry;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** A set-up, step by step. Each step looks first at what is there, so that all of it can be repeated. */
public final class Setup {

    /**
     * @param routers as USER@ADDRESS
     * @param servers as [USER@]ADDRESS
     * @param dialect of routers that do not tell by themselves what they are
     * @param fingerprints of host keys that the admin has compared
     */
    public record Request(List<String> routers, List<String> servers, Optional<String> dialect,
            List<String> fingerprints) {}

    /**
     * @param inventory the file with the proposal
     * @param isRead false if there was another inventory, so that the proposal lies beside it
     * @param isNew true if it, or a key, was made now
     */
    public record Made(Path inventory, boolean isRead, boolean isNew, List<String> services) {}

    private final Path home;
    private final HomeFiles files;
    private final Questions questions;
    private final PrintStream out;
    private final Access access;
    private final Request request;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<RouterEntry, Map<Prefix, Route>> routes = new LinkedHashMap<>();

    /** @param home exists */
    public Setup(Path home, Request request, Questions questions, PrintStream out) {
        this.home = home;
        this.files = new HomeFiles(home);
        this.questions = questions;
        this.out = out;
        this.request = request;
        this.access = new Access(files, request.fingerprints(), questions, out);
    }

    /** Why root must not set up a home; empty if there is no objection. */
    public static Optional<String> objection(Path home) throws IOException {
        return new HomeFiles(home).objection();
    }

    /**
     * Runs all steps up to the written inventory.
     *
     * @throws Incomplete if an admin has to do something first
     */
    public Made run() throws Incomplete, IOException {
        Optional<String> unknown = request.dialect().flatMap(d -> InventoryReader.unknownDialect(home, d));
        if (unknown.isPresent()) {
            throw new Incomplete(unknown.get());
        }
        List<Machine> routers = machines(request.routers(), "Router, as USER@ADDRESS: ");
        List<Machine> servers = machines(request.servers(), "Servers, as ADDRESS or USER@ADDRESS, with spaces: ");
        Machine.different(Stream.concat(routers.stream(), servers.stream()).toList());
        if (servers.size() < 2) {
            throw new Incomplete("one server cannot stand in for another; name two or more: reroute init USER@ROUTER"
                    + " SERVER SERVER");
        }
        out.println("key");
        out.println("  " + files.at(KeyLines.ED25519) + (files.makeKey(KeyLines.ED25519) ? " made" : " is there"));
        out.println("routers");
        List<RouterEntry> entries = new ArrayList<>();
        for (Machine machine : routers) {
            entries.add(router(machine, "gw" + (entries.size() + 1)));
        }
        out.println("servers");
        List<Holder> holders = new ArrayList<>();
        for (Machine machine : servers) {
            holders.add(server(machine, entries, "host" + (holders.size() + 1)));
        }
        out.println("routes");
        survey(entries, holders);
        return new ProposedFile(home, files, out).write(entries, holders, routes);
    }

    private List<Machine> machines(List<String> named, String question) throws Incomplete {
        List<String> words = named.isEmpty()
                ? List.of(questions.line(question).orElse("").strip().split("\\s+"))
                : named;
        try {
            List<Machine> all = words.stream().filter(w -> !w.isEmpty()).map(Machine::of).toList();
            if (all.isEmpty()) {
                throw new Incomplete("there is nothing to set up; write: reroute init USER@ROUTER SERVER SERVER");
            }
            return all;
        } catch (IllegalArgumentException e) {
            throw new Incomplete(e.getMessage(), e);
        }
    }

    /** Its own label, unless another machine has it. */
    private String name(Machine machine, String number) {
        String name = machine.label().filter(l -> !Names.RESERVED.contains(l) && !names.contains(l)).orElse(number);
        names.add(name);
        return name;
    }

    private RouterEntry router(Machine named, String number) throws Incomplete, IOException {
        Machine machine = named.user().isPresent() ? named : named.as("root");
        String kind = kind(access.trust(machine, Access.scan(machine)));
        if (KeyLines.key(kind).equals(KeyLines.RSA) && files.makeKey(KeyLines.RSA)) {
            out.println("  " + files.at(KeyLines.RSA) + " made: such devices take no Ed25519 key");
        }
        access.enter(machine, kind, true);
        String login = "user: " + machine.user().orElseThrow() + ", key: " + KeyLines.key(kind);
        String name = name(named, number);
        return new RouterEntry(name, machine, kind, kind.equals(KeyLines.LINUX)
                ? login + sudo(machine)
                : login + enable(machine, kind));
    }

    private String kind(String software) {
        if (software.contains("Cisco")) {
            return request.dialect().orElse("cisco-ios");
        }
        return software.contains("ROSSSH") ? "mikrotik" : request.dialect().orElse(KeyLines.LINUX);
    }

    private String sudo(Machine machine) throws Incomplete {
        try (Shell shell = Shell.open(access.login(machine, KeyLines.ED25519), Access.STEP)) {
            return ServerSurvey.isRoot(shell) ? "" : ", become: sudo";
        } catch (SshException e) {
            throw new Incomplete(e.getMessage() + "; if it is no Linux machine, name its --dialect", e);
        }
    }

    /** IOS and EOS may ask for a second password. */
    private String enable(Machine machine, String kind) throws IOException {
        String file = "keys/" + machine.address().toString().replace(':', '-') + ".enable";
        if (Files.exists(files.at(file))) {
            out.println("  its enable password is in " + files.at(file) + "; delete that to be asked again");
            return ", enable: {file: " + file + "}";
        }
        if (!kind.equals("cisco-ios") && !kind.equals("arista-eos")) {
            return "";
        }
        String secret = questions.secret("  Its enable password (Enter: none): ").orElse("");
        if (secret.isEmpty()) {
            return "";
        }
        files.keep(file, secret);
        return ", enable: {file: " + file + "}";
    }

    private Holder server(Machine named, List<RouterEntry> routers, String number) throws Incomplete, IOException {
        String name = name(named, number);
        Machine machine = named.user().isPresent() ? named : named.as(userOf(routers));
        if (!access.enterServer(machine)) {
            return new Holder(name, machine, false, Set.of());
        }
        try (Shell shell = Shell.open(access.login(machine, KeyLines.ED25519), Access.STEP)) {
            Holder holder = new Holder(name, machine, true, ServerSurvey.held(shell));
            out.println("  " + machine + ": " + holder.held());
            return holder;
        } catch (SshException e) {
            throw new Incomplete(e.getMessage(), e);
        }
    }

    private static String userOf(List<RouterEntry> routers) {
        return routers.stream().filter(r -> r.dialect().equals(KeyLines.LINUX)).findFirst()
                .flatMap(r -> r.machine().user())
                .orElse("root");
    }

    private void survey(List<RouterEntry> entries, List<Holder> holders) throws Incomplete, IOException {
        Set<Address> hops = holders.stream().map(h -> h.machine().address()).collect(Collectors.toSet());
        Set<Address> held = holders.stream().flatMap(h -> h.addresses().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (RouterEntry entry : entries) {
            try {
                Map<Prefix, Route> found = RouterSurvey.routes(spec(entry, holders), held, hops);
                routes.put(entry, found);
                found.forEach((prefix, route) -> out.println("  " + entry.name() + " routes " + prefix + " to "
                        + text(route.hops())));
            } catch (RouterException | SshException e) {
                throw new Incomplete(e.getMessage(), e);
            }
        }
        if (routes.values().stream().allMatch(Map::isEmpty)) {
            throw new Incomplete(
                    "no router has a static route to one of these servers yet; on a router type for instance:"
                            + " ip route add 192.0.2.32/27 via " + holders.getFirst().machine().address()
                            + ", and give each server an address of it on its loopback. Then type this again");
        }
    }

    /** The router as an inventory of its own has it, so that its login and dialect are read by the same rules. */
    private RouterSpec spec(RouterEntry entry, List<Holder> holders) throws Incomplete, IOException {
        boolean v6 = holders.getFirst().machine().address().v6();
        List<String> family = holders.stream().filter(h -> h.machine().address().v6() == v6).map(Holder::name).toList();
        ServiceEntry service = new ServiceEntry("x", Prefix.parse(v6 ? "2001:db8:ffff:ffff::/128" : "192.0.2.0/32"),
                family, 1,
                List.of(entry.name()), "");
        Answering.Proposed check = new Answering.Proposed("x", "{icmp: \"{server}\"}", "");
        try {
            return Trial
                    .read(home, new Proposal(List.of(entry), holders, List.of(service), List.of(check), true).text())
                    .routers().get(entry.name());
        } catch (BadInventoryException e) {
            throw new Incomplete(e.getMessage(), e);
        }
    }

    private static String text(Collection<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }
}
