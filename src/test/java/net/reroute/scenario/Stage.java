package net.reroute.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import net.reroute.control.Ask;
import net.reroute.control.AuditLog;
import net.reroute.control.Controller;
import net.reroute.control.May;
import net.reroute.control.OperatorCommands;
import net.reroute.control.Parts;
import net.reroute.control.Prober;
import net.reroute.control.RefreshScope;
import net.reroute.core.CheckResult;
import net.reroute.core.Event;
import net.reroute.core.Given;
import net.reroute.core.Inventory;
import net.reroute.core.MoveApproval;
import net.reroute.core.Outcome;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.health.HealthMonitor;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.lab.Lab;
import net.reroute.redirect.route.RouteBook;
import net.reroute.ssh.Fence;

/** The whole controller with fake checks, fake routers and time moved by hand. */
final class Stage implements AutoCloseable {

    static final By ANNA = new By();
    static final String[] ADDRESSES = {"192.168.1.2", "192.168.1.3", "192.168.1.4", "192.168.1.5"};

    /** How anna asks. */
    static final class By {
        Ask asks() {
            return new Ask(Given.ANNA, Optional.empty(), false, false);
        }

        Ask forces() {
            return new Ask(Given.ANNA, Optional.empty(), true, false);
        }
    }

    final Map<String, Device> routers;
    final Map<String, Boolean> alive = new ConcurrentHashMap<>();
    final Map<String, String> badThroughRouter = new ConcurrentHashMap<>();
    final List<Event> events = new CopyOnWriteArrayList<>();
    MoveApproval approval = MoveApproval.OPEN;
    May may = May.ACT;
    /** Nothing is done later, unless a story says so. */
    BiConsumer<Duration, Runnable> later = (delay, what) -> {
    };
    private final Path state;
    private Inventory inventory;
    private Instant now = Given.NOW;
    private Journal journal;
    HealthMonitor monitor;
    Controller controller;
    private RouteBook book;

    Stage(Path state, Given given, Map<String, Device> routers) {
        this.state = state;
        this.routers = routers;
        this.inventory = withRouters(given.inventory(), routers);
        Given.HOSTS.forEach(h -> alive.put(h, true));
        for (Service service : inventory.services().values()) {
            String hop = inventory.servers().get(service.home()).nextHop().toString();
            routers.values().forEach(r -> r.route(service.prefix().toString(), hop));
        }
    }

    private static Inventory withRouters(Inventory of, Map<String, Device> routers) {
        Map<String, RouterSpec> specs = new LinkedHashMap<>();
        routers.forEach((name, device) -> specs.put(name, device.spec(name)));
        List<String> names = List.copyOf(routers.keySet());
        Map<String, Service> services = new LinkedHashMap<>();
        of.services().values().forEach(s -> services.put(s.name(), new Service(s.name(), s.prefix(), s.address(),
                s.servers(), s.checks(), names, s.rules(), s.takeover())));
        return new Inventory(specs, of.servers(), of.checks(), services, of.settings(), of.response());
    }

    /** Starts, or starts again, with what the journal remembers. */
    Stage start() {
        try {
            journal = Journal.open(state);
            monitor = new HealthMonitor(inventory, name -> (server, service) -> {
                String host = Given.HOSTS.get((server.bytes()[3] & 255) - 2);
                return new CheckResult(alive.get(host), alive.get(host) ? "answered" : "no answer", now, Duration.ZERO);
            }, () -> now, journal.state().health());
            AuditLog audit = AuditLog.of(journal);
            audit.listen(monitor::inventory, record -> {
            }, events::add);
            book = new RouteBook(monitor::inventory, audit::state, audit::record);
            book.lookAnew();
            Parts parts = new Parts(monitor,
                    audit, this::probe, () -> now,
                    (spec, within) -> routers.get(spec.name()).open(spec.name(), book), later,
                    () -> may, approval, Fence.NONE, true);
            controller = new Controller(parts, inventory.services().keySet());
            monitor.listen((target, before, after) -> controller.cycle(Cause.of(target.toString()), RefreshScope.NONE));
            look();
            checks(1);
            return this;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Map<Service, Prober.ProbeFinding> probe(java.util.Collection<Service> services,
            java.util.Set<net.reroute.core.Address> router) {
        Map<Service, Prober.ProbeFinding> findings = new LinkedHashMap<>();
        services.forEach(s -> findings.put(s, probe(s)));
        return findings;
    }

    private Prober.ProbeFinding probe(Service service) {
        String host = controller.assignment(service.name()).get().servers().getFirst();
        String bad = badThroughRouter.get(host);
        return bad == null
                ? new Prober.ProbeFinding(Prober.ProbeResult.GOOD, "answers through the router")
                : new Prober.ProbeFinding(Prober.ProbeResult.BAD, bad);
    }

    /** The files were changed to this, and some routers taken out of them. Does not wait for what follows. */
    void reload(Given given, String... without) {
        Map<String, Device> left = new LinkedHashMap<>(routers);
        List.of(without).forEach(left::remove);
        inventory = withRouters(given.inventory(), left);
        book.own(controller.inventory());
        controller.adopt(inventory);
        book.lookAnew();
        controller.cycle(Cause.of("reload"), RefreshScope.ALL);
    }

    void stop() {
        controller.close();
        journal.close();
    }

    /** One cycle that reads every router. */
    void look() {
        try {
            controller.look(Cause.of("every 30s")).get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        settle();
    }

    /** Every check runs so many times, a second apart. */
    void checks(int times) {
        for (int i = 0; i < times; i++) {
            checksUnsettled(1);
            settle();
        }
    }

    /** The same without waiting for what follows. */
    void checksUnsettled(int times) {
        for (int i = 0; i < times; i++) {
            pass(Duration.ofSeconds(1));
            monitor.targets().forEach(monitor::check);
        }
    }

    Instant now() {
        return now;
    }

    Path state() {
        return state;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void dies(String... hosts) {
        for (String host : hosts) {
            alive.put(host, false);
        }
    }

    void recovers(String... hosts) {
        for (String host : hosts) {
            alive.put(host, true);
        }
    }

    /** Waits until nothing is under way. */
    void settle() {
        await("nothing is under way", () -> controller.isIdle());
    }

    static void await(String what, BooleanSupplier condition) {
        Lab.await(what, condition);
    }

    OperatorCommands byHand() {
        return new OperatorCommands(controller);
    }

    Service service(String name) {
        return inventory.services().get(name);
    }

    List<String> at(String service) {
        return controller.assignment(service).orElseThrow().servers();
    }

    Outcome moves(String service, String server) throws net.reroute.core.RequestRefusedException {
        return byHand().move(service(service), server, false, ANNA.asks()).getFirst();
    }

    /** Asks for a move and does not wait for it. */
    CompletableFuture<Outcome> moving(String service, String server) {
        CompletableFuture<Outcome> move = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                move.complete(moves(service, server));
            } catch (net.reroute.core.RequestRefusedException | RuntimeException e) {
                move.completeExceptionally(e);
            }
        });
        return move;
    }

    /** Waits until all rows so far can be read. */
    public void written() {
        journal.later(List.of()).join();
        journal.inTime(List.of()).join();
    }

    /** What the journal tells, without what nobody asks for. */
    List<String> history() {
        journal.close();
        List<String> texts = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(state)) {
            for (JournalRow entry : reader.since(Instant.EPOCH, 1000)) {
                if (!entry.kind().equals("begun")) {
                    texts.add(entry.kind() + " " + entry.text().replaceAll(" \\((detect|look)[^)]*ms\\)", ""));
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return texts;
    }

    @Override
    public void close() {
        stop();
        routers.values().forEach(Device::close);
    }
}
