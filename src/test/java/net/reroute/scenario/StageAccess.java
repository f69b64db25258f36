package net.reroute.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.Controller;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;
import net.reroute.operations.ClusterOperations;
import net.reroute.operations.ControllerAccess;
import net.reroute.operations.RefusedReload;
import net.reroute.playbook.PlaybookRunner;
import net.reroute.redirect.tcp.SwitchReport;

/** What operations find on a stage. */
final class StageAccess implements ControllerAccess {

    private final Stage stage;
    boolean daemon = true;
    Optional<String> logTrouble = Optional.empty();
    Optional<RefusedReload> refusedReload = Optional.empty();
    List<Outbox.ChannelReport> outbox = List.of();

    StageAccess(Stage stage) {
        this.stage = stage;
    }

    @Override
    public boolean isDaemon() {
        return daemon;
    }

    @Override
    public boolean runsAs(Actor caller) {
        return false;
    }

    @Override
    public Path home() {
        return stage.state();
    }

    @Override
    public Inventory inventory() {
        return stage.controller.inventory();
    }

    @Override
    public ControllerSession open(Need need) {
        return new ControllerSession() {
            @Override
            public Controller controller() {
                return stage.controller;
            }

            @Override
            public PlaybookRunner playbooks() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public JournalReader journal() throws IOException {
        return JournalReader.open(stage.state());
    }

    @Override
    public List<JournalRow> recent() {
        stage.written();
        try (JournalReader reader = journal()) {
            return reader.newest(100).reversed();
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
        return Optional.empty();
    }

    @Override
    public Optional<String> peerObjection(boolean force) {
        return Optional.empty();
    }

    @Override
    public ClusterOperations cluster() {
        throw new UnsupportedOperationException("this controller is alone");
    }

    @Override
    public Map<String, SwitchReport> switches() {
        return Map.of();
    }

    @Override
    public Path drills() {
        return stage.state().resolve("drills");
    }

    @Override
    public List<String> underWay() {
        return List.of();
    }

    @Override
    public List<Outbox.ChannelReport> outbox() {
        return outbox;
    }

    @Override
    public Optional<RefusedReload> refusedReload() {
        return refusedReload;
    }

    @Override
    public Optional<String> logTrouble() {
        return logTrouble;
    }

    @Override
    public Instant now() {
        return stage.now();
    }

    @Override
    public List<String> reload(boolean force, boolean dryRun) {
        return List.of();
    }
}
