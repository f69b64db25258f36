package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.cluster.Leadership;
import net.reroute.control.AuditLog;
import net.reroute.control.Controller;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.RecordedState;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;
import net.reroute.operations.ClusterOperations;
import net.reroute.operations.ControllerAccess;
import net.reroute.operations.RefusedReload;
import net.reroute.playbook.PlaybookRunner;
import net.reroute.redirect.tcp.SwitchReport;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Sessions;
import org.slf4j.LoggerFactory;

/**
 * Access without a daemon: opens what one command needs, runs the checks concerned until they have a verdict, and reads
 * the routers once.
 */
final class AdHocAccess implements ControllerAccess {

    private static final int RECENT = 100;
    private static final Duration SAVING = Duration.ofSeconds(30);
    private static final Duration FOR_OTHERS = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMinutes(10);
    /** Counted from the start of the program: loading and printing also have to fit into the 3 s of a brief answer. */
    private static final Duration GLANCE = Duration.ofMillis(2600);

    private final Paths paths;

    AdHocAccess(Paths paths) {
        this.paths = paths;
    }

    @Override
    public boolean isDaemon() {
        return false;
    }

    @Override
    public boolean runsAs(Actor caller) {
        return false;
    }

    @Override
    public ClusterOperations cluster() {
        return new ClusterControl(paths, this::inventory, Optional.empty());
    }

    @Override
    public Path home() {
        return paths.home();
    }

    @Override
    public Inventory inventory() throws BadInventoryException {
        return InventoryReader.read(paths.home());
    }

    @Override
    public ControllerSession open(Need need) throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = inventory();
        if (need.act() && inventory.settings().cluster().isCluster()) {
            throw new RequestRefusedException("no daemon is running here, and of several controllers only the one that"
                    + " was elected acts: start it, or type this at the one that leads");
        }
        StateLock lock = need.act() ? StateLock.take(paths.state(), "a command", FOR_OTHERS) : null;
        Journal journal = null;
        BackgroundServices background = new BackgroundServices(paths, Fence.NONE);
        try {
            journal = need.act() ? Journal.open(paths.state()) : null;
            Set<String> all = inventory.scope();
            Set<String> scope = need.services().isEmpty() && !need.act() ? all : need.services();
            ControllerRuntime runtime = ControllerRuntime.of(Environment.REAL, inventory,
                    new ControllerRuntime.Beginning(
                            journal == null ? AuditLog.reading(remembered()) : AuditLog.of(journal), scope,
                            background, Optional.empty(), new Leadership()));
            FirstLook.take(runtime, services(inventory, scope), need.brief() ? ProgramStart.left(GLANCE) : LOOK);
            return new AdHoc(runtime, background, journal, lock);
        } catch (IOException | RuntimeException e) {
            background.close();
            if (journal != null) {
                journal.close();
            }
            if (lock != null) {
                lock.close();
            }
            throw e;
        }
    }

    @Override
    public Map<String, SwitchReport> switches() {
        return Map.of();
    }

    private static List<Service> services(Inventory inventory, Set<String> names) {
        return names.stream().sorted().map(inventory::service).flatMap(Optional::stream)
                .flatMap(s -> s.dnsName().isPresent() ? inventory.listedBy(s) : Stream.of(s)).distinct()
                .collect(Collectors.toList());
    }

    private RecordedState remembered() throws IOException {
        if (!Files.exists(paths.state().resolve("journal.db"))) {
            return RecordedState.NOTHING;
        }
        try (JournalReader reader = JournalReader.open(paths.state())) {
            return reader.state();
        } catch (JournalException e) {
            LoggerFactory.getLogger("reroute").warn("{}; nothing is remembered", e.getMessage());
            return RecordedState.NOTHING;
        }
    }

    private record AdHoc(ControllerRuntime runtime, BackgroundServices background, Journal journal,
            StateLock lock) implements ControllerSession {

        @Override
        public Controller controller() {
            return runtime.controller;
        }

        @Override
        public PlaybookRunner playbooks() {
            return background.playbooks();
        }

        @Override
        public void close() {
            if (journal != null) {
                runtime.controller.pool().save(RouterSpec.Save.AFTER_MOVE); // no daemon saves it later
                runtime.awaitIdle(SAVING);
            }
            background.close();
            runtime.close();
            if (journal != null) {
                journal.close();
            }
            try {
                if (lock != null) {
                    lock.close();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Override
    public JournalReader journal() throws IOException {
        return JournalReader.open(paths.state());
    }

    @Override
    public List<JournalRow> recent() {
        try (JournalReader reader = journal()) {
            return reader.newest(RECENT).reversed();
        } catch (IOException e) {
            return List.of(); // there is none yet, or it cannot be read; status is about the routers
        }
    }

    @Override
    public Optional<String> pageTrouble() {
        return Optional.empty();
    }

    @Override
    public Optional<String> unwritten() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> next(Playbook playbook) {
        return playbook.when().orElse(null) instanceof Playbook.When.At at
                ? MissedRuns.next(at, Instant.now())
                : Optional.empty();
    }

    @Override
    public Optional<String> peerObjection(boolean force) throws BadInventoryException {
        try (Sessions sessions = new Sessions()) {
            return inventory().settings().peer()
                    .flatMap(p -> new PeerController(p, sessions, event -> {
                    }).objection(force));
        }
    }

    @Override
    public Path drills() {
        return paths.state().resolve("drills");
    }

    @Override
    public List<String> underWay() {
        return List.of();
    }

    @Override
    public List<Outbox.ChannelReport> outbox() {
        return List.of();
    }

    @Override
    public Instant now() {
        return ControllerRuntime.CLOCK.instant();
    }

    @Override
    public Optional<String> logTrouble() {
        return Optional.empty();
    }

    @Override
    public Optional<RefusedReload> refusedReload() {
        return Optional.empty();
    }

    @Override
    public List<String> reload(boolean force, boolean dryRun) throws RequestRefusedException {
        throw new RequestRefusedException("no daemon is running");
    }
}
