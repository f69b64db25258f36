package net.reroute.control;

import java.time.Instant;
import java.util.Map;
import net.reroute.core.Inventory;
import net.reroute.core.MoveApproval;
import net.reroute.core.RecordedState;
import net.reroute.health.HealthMonitor;
import net.reroute.redirect.Redirector;
import net.reroute.ssh.Fence;

/** The LAN's part of a controller, for a test that needs nothing else of it. */
public final class LanAccess implements AutoCloseable {

    private final ArpController arp;

    /** @param onLan true if this machine may send and hear frames itself */
    public LanAccess(Inventory inventory, boolean onLan) {
        HealthMonitor monitor = new HealthMonitor(inventory, name -> (server, service) -> {
            throw new IllegalStateException("nobody checks here");
        }, Instant::now, Map.of());
        AuditLog audit = AuditLog.reading(RecordedState.NOTHING);
        arp = new ArpController(new Parts(monitor, audit, (services, router) -> Map.of(), Instant::now,
                (spec, within) -> {
                    throw new IllegalStateException("there is no router here");
                }, (delay, what) -> {
                }, () -> May.ACT, MoveApproval.OPEN, Fence.NONE, onLan), new ControllerState(audit), cause -> {
                });
    }

    public Redirector redirector() {
        return new LanRedirector(arp);
    }

    @Override
    public void close() {
        arp.close();
    }
}
