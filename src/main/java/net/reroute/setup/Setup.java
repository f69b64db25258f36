package net.reroute.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.reroute.core.Address;
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
     */
    public record Made(Path inventory, boolean isRead, List<String> services) {}

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final String LINUX = "linux";

    private final Path home;
    private final HomeFiles files;
    private final Questions questions;
    private final PrintStream out;
    private final Access access;
    private final Optional<String> dialect;
    private final Map<RouterEntry, Map<Prefix, Route>> routes = new LinkedHashMap<>();

    /** @param home exists */
    public Setup(Path home, Request request, Questions questions, PrintStream out) {
        this.home = home;
        this.files = new HomeFiles(home);
        this.questions = questions;
        this.out = out;
        this.dialect = request.dialect();
        this.access = new Access(files, request.fingerprints(), questions, out);
    }

    /**
     * Runs all steps up to the written inventory.
     *
     * @throws Incomplete if an admin has to do something first
     */
    public Made run(Request request) throws Incomplete, IOException {
        List<Machine> routers = machines(request.routers(), "Router, as USER@ADDRESS: ");
        List<Machine> servers = machines(request.servers(), "Servers, as ADDRESS or USER@ADDRESS, with spaces: ");
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
        return write(entries, holders);
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

    private RouterEntry router(Machine named, String number) throws Incomplete, IOException {
        Machine machine = named.user().isPresent() ? named : named.as("root");
        String kind = kind(access.trust(machine));
        if (KeyLines.key(kind).equals(KeyLines.RSA) && files.makeKey(KeyLines.RSA)) {
            out.println("  " + files.at(KeyLines.RSA) + " made: such devices take no Ed25519 key");
        }
        access.enter(machine, kind, true);
        String login = "user: " + machine.user().orElseThrow() + ", key: " + KeyLines.key(kind);
        String name = named.label().orElse(number);
        return new RouterEntry(name, machine, kind, kind.equals(LINUX)
                ? login + sudo(machine)
                : login + enable(name, kind));
    }

    private String kind(String software) {
        if (software.contains("Cisco")) {
            return dialect.orElse("cisco-ios");
        }
        return software.contains("ROSSSH") ? "mikrotik" : dialect.orElse(LINUX);
    }

    private String sudo(Machine machine) throws Incomplete {
        try (Shell shell = Shell.open(access.login(machine, KeyLines.ED25519), STEP)) {
            return ServerSurvey.isRoot(shell) ? "" : ", become: sudo";
        } catch (SshException e) {
            throw new Incomplete(e.getMessage() + "; if it is no Linux machine, name its --dialect", e);
        }
    }

    /** IOS and EOS may ask for a second password. */
    private String enable(String name, String kind) throws IOException {
        String file = "keys/" + name + ".enable";
        if (Files.exists(files.at(file))) {
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
        String name = named.label().orElse(number);
        Machine machine = named.user().isPresent() ? named : named.as(userOf(routers));
        access.trust(machine);
        if (!access.enter(machine, LINUX, false)) {
            return new Holder(name, machine, false, Set.of());
        }
        try (Shell shell = Shell.open(access.login(machine, KeyLines.ED25519), STEP)) {
            Holder holder = new Holder(name, machine, true, ServerSurvey.held(shell));
            out.println("  " + machine + ": " + holder.held());
            return holder;
        } catch (SshException e) {
            throw new Incomplete(e.getMessage(), e);
        }
    }

    private static String userOf(List<RouterEntry> routers) {
        return routers.stream().filter(r -> r.dialect().equals(LINUX)).findFirst().flatMap(r -> r.machine().user())
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
        Path file = Files.createTempFile("reroute-init", ".yaml");
        try {
            Files.writeString(file, new Proposal(List.of(entry), holders, List.of(new ServiceEntry("x",
                    Prefix.parse("192.0.2.0/32"), holders.stream().map(Holder::name).toList(),
                    List.of(entry.name()), "")), List.of(), true).text().replace("checks: []", "checks: [x]")
                    .replace("checks:\n", "checks:\n  x: {icmp: \"{server}\"}\n"));
            return InventoryReader.read(home, List.of(file)).routers().get(entry.name());
        } catch (BadInventoryException e) {
            throw new Incomplete(e.getMessage(), e);
        } finally {
            Files.delete(file);
        }
    }

    private Made write(List<RouterEntry> entries, List<Holder> holders) throws IOException {
        List<ServiceEntry> services = new Found(routes, holders).services();
        List<Answering.Proposed> checks = Answering.checks(holders.stream().map(h -> h.machine().address()).toList());
        out.println("checks");
        checks.forEach(c -> out.println("  " + c.name() + ": " + c.text()));
        Existing existing = Existing.of(home, files.inventory());
        Proposal proposal = new Proposal(entries, holders, services, checks, !existing.settings());
        unrouted(holders, services).forEach(proposal::unrouted);
        String text = proposal.text();
        out.println("inventory");
        Path file = existing.others() || Files.exists(files.inventory())
                && !Files.readString(files.inventory()).equals(text) ? files.proposal(text) : files.inventory();
        boolean there = Files.exists(file);
        if (!there) {
            files.write(file, text);
        }
        out.println("  " + file + (there ? " is there, and as it would be written" : " written"));
        return new Made(file, file.equals(files.inventory()), services.stream().map(ServiceEntry::name).toList());
    }

    private static Map<Address, String> unrouted(List<Holder> holders, List<ServiceEntry> services) {
        Map<Address, String> all = new TreeMap<>();
        holders.forEach(h -> h.addresses().stream()
                .filter(a -> services.stream().noneMatch(s -> s.prefix().contains(a)))
                .forEach(a -> all.merge(a, h.name(), (x, y) -> x + ", " + y)));
        return all;
    }

    private static String text(Collection<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }
}
