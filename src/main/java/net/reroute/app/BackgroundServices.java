package net.reroute.app;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.reroute.control.Controller;
import net.reroute.core.Event;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Instants;
import net.reroute.core.Inventory;
import net.reroute.core.RecordedState;
import net.reroute.notify.Outbox;
import net.reroute.playbook.MaintenanceScheduler;
import net.reroute.playbook.PlaybookContext;
import net.reroute.playbook.PlaybookRunner;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs beside the cycle and outlives a reload: sessions on servers, playbooks, maintenances, notifications. */
final class BackgroundServices implements PlaybookContext, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final Sessions sessions = new Sessions();
    /** Empty for a command without a daemon, which would end before an alert arrives. */
    private volatile Optional<Outbox> outbox = Optional.empty();
    private final Paths paths;
    private final Fence fence;
    private final PlaybookRunner playbooks = new PlaybookRunner(this);
    private final MaintenanceScheduler windows = new MaintenanceScheduler(this);
    private final Map<String, Instant> certificates = new ConcurrentHashMap<>();
    private volatile Controller controller;
    private volatile Optional<PeerController> other = Optional.empty();
    private volatile Supplier<Runnable> holding = () -> () -> {
    };

    BackgroundServices(Paths paths, Fence fence) {
        this.fence = fence;
        this.paths = paths;
    }

    /** Works with this controller and its inventory from now on. Called at the start and after each reload. */
    void work(Controller with) {
        this.controller = with;
        Inventory inventory = with.inventory();
        other = inventory.settings().peer().map(p -> other.filter(o -> o.is(p)).orElseGet(
                () -> new PeerController(p, sessions, event -> outbox.ifPresent(o -> o.tell(event)))));
        outbox.ifPresent(o -> o.use(inventory.response(), (server, services) -> services.stream()
                .map(inventory.services()::get).anyMatch(s -> s != null && s.checkedMembers().contains(server))));
    }

    /** This controller sends notifications from now on. */
    void send(Outbox from) {
        outbox = Optional.of(from);
        if (controller != null) {
            work(controller);
        }
    }

    /** Another controller acts from now on: playbooks end, and it sends the notifications. */
    void layDown() {
        playbooks.stop();
        outbox.ifPresent(Outbox::close);
        outbox = Optional.empty();
    }

    /** The other controller of the same network; empty if the inventory names none. */
    Optional<PeerController> other() {
        return other;
    }

    /** Checks whether the other controller acts too. If this one gives way to it, its playbooks end. */
    void lookAtOther() {
        if (other.isPresent() && other.get().look(controller)) {
            playbooks.stop();
        }
    }

    /** Sends the resolved message of problems that ended without an event: by a reload, or while no daemon ran. */
    void lookAtProblems() {
        outbox.ifPresent(o -> new AlertUpkeep(controller).over(o));
    }

    /** When the last alert about each expiring certificate was sent, by target. Safe for many threads. */
    Map<String, Instant> certificates() {
        return certificates;
    }

    /** Takes over what an earlier process told about certificates. */
    void remember(RecordedState before) {
        before.notes(Shelf.CERTIFICATE).forEach((target, at) -> Instants.read(at)
                .ifPresent(i -> certificates.put(target, i)));
    }

    Optional<Outbox> outbox() {
        return outbox;
    }

    /** @param inventory keeps the inventory in force until the returned action runs */
    void holdBy(Supplier<Runnable> inventory) {
        this.holding = inventory;
    }

    MaintenanceScheduler windows() {
        return windows;
    }

    PlaybookRunner playbooks() {
        return playbooks;
    }

    /** Passes an event to the outbox and the playbooks. Returns at once; an internal error must not reach the cycle. */
    void happened(Event event) {
        if (controller == null || outbox.isEmpty()) {
            return; // not started yet, or a command without a daemon, which ends before any playbook would
        }
        try {
            boolean gaveWay = other.isPresent() && controller.intents().pause().isPresent();
            if (controller.acts() && !gaveWay) {
                outbox.ifPresent(o -> o.tell(event)); // an observing controller leaves alerts to the acting one
            }
            playbooks.happened(event);
        } catch (RuntimeException e) {
            LOG.error("{}: internal error; nothing follows from it", event, e);
        }
    }

    @Override
    public Controller controller() {
        return controller;
    }

    @Override
    public Runnable hold() {
        return holding.get();
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Fence fence() {
        return fence;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(
                Map.of("REROUTE_HOME", paths.home().toString(), "REROUTE_STATE", paths.state().toString()));
        String command = System.getenv("REROUTE_COMMAND");
        if (command != null && command.contains("/")) {
            environment.put("PATH", Path.of(command).toAbsolutePath().getParent() + ":"
                    + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        }
        return environment;
    }

    @Override
    public Path drills() {
        return paths.state().resolve("drills");
    }

    @Override
    public void notify(String channel, String subject, String text) {
        outbox.orElseThrow(() -> new IllegalArgumentException("nobody is told anything without the daemon"))
                .tell(channel, subject, text);
    }

    @Override
    public void close() {
        playbooks.close();
        outbox.ifPresent(Outbox::close);
        sessions.close();
    }
}
