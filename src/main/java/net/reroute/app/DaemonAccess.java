package net.reroute.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.Controller;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.notify.Outbox;
import net.reroute.operations.ClusterOperations;
import net.reroute.operations.ClusterStatus;
import net.reroute.operations.ControllerAccess;
import net.reroute.operations.RefusedReload;
import net.reroute.playbook.PlaybookRunner;
import net.reroute.redirect.tcp.SwitchReport;

/**
 * Access from inside the daemon.
 *
 * @param who the caller, as the kernel reports it
 */
record DaemonAccess(Daemon daemonProcess, String who) implements ControllerAccess {

    @Override
    public boolean isDaemon() {
        return true;
    }

    @Override
    public boolean runsAs(Actor caller) {
        String account = System.getProperty("user.name");
        return !account.equals("root") && caller.isSame(new Actor.Human(account, ""));
    }

    @Override
    public Path home() {
        return daemonProcess.paths().home();
    }

    @Override
    public Inventory inventory() {
        return daemonProcess.runtime().inventory();
    }

    @Override
    public ControllerSession open(Need need) throws RequestRefusedException {
        if (need.act()) {
            daemonProcess.member().mayAct();
        }
        Runnable over = need.hold() ? daemonProcess.reloads().hold() : () -> {
        };
        Controller controller = daemonProcess.runtime().controller;
        return new ControllerSession() {
            @Override
            public Controller controller() {
                return controller;
            }

            @Override
            public PlaybookRunner playbooks() {
                return daemonProcess.background().playbooks();
            }

            @Override
            public void close() {
                over.run();
            }
        };
    }

    @Override
    public JournalReader journal() throws IOException {
        return daemonProcess.readers().open(daemonProcess.paths().state(), who);
    }

    @Override
    public List<JournalRow> recent() {
        return daemonProcess.feed().recent();
    }

    @Override
    public Optional<String> pageTrouble() {
        return daemonProcess.page().trouble();
    }

    @Override
    public Map<String, Instant> scheduled() {
        Map<String, Instant> all = new LinkedHashMap<>();
        inventory().response().playbooks().values().stream().filter(Playbook::enabled)
                .forEach(p -> next(p).ifPresent(at -> all.put(p.name(), at)));
        return all;
    }

    @Override
    public Optional<String> unwritten() {
        return daemonProcess.runtime().controller.audit().trouble();
    }

    @Override
    public Optional<Instant> next(Playbook playbook) {
        return daemonProcess.next(playbook);
    }

    @Override
    public Optional<String> peerObjection(boolean force) {
        return daemonProcess.background().other().flatMap(o -> o.objection(force));
    }

    @Override
    public Map<String, SwitchReport> switches() {
        return daemonProcess.runtime().switches();
    }

    @Override
    public Path drills() {
        return daemonProcess.paths().state().resolve("drills");
    }

    @Override
    public List<String> underWay() {
        return daemonProcess.background().playbooks().underWay();
    }

    @Override
    public List<Outbox.ChannelReport> outbox() {
        return daemonProcess.background().outbox().map(Outbox::reports).orElse(List.of());
    }

    @Override
    public Optional<ClusterStatus> clusterStatus() {
        return daemonProcess.member().status();
    }

    @Override
    public ClusterOperations cluster() {
        return new ClusterControl(daemonProcess.paths(), this::inventory, Optional.of(daemonProcess.member()));
    }

    @Override
    public Instant now() {
        return ControllerRuntime.CLOCK.instant();
    }

    @Override
    public Optional<String> logTrouble() {
        return LogLines.trouble();
    }

    @Override
    public Optional<RefusedReload> refusedReload() {
        return daemonProcess.reloads().refused();
    }

    @Override
    public List<String> reload(boolean force, boolean dryRun)
            throws RequestRefusedException, BadInventoryException, IOException {
        return daemonProcess.reload(force, dryRun);
    }
}
