package net.reroute.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.reroute.core.Inventory;
import net.reroute.core.MoveApproval;
import net.reroute.health.HealthMonitor;
import net.reroute.redirect.RedirectorFactory;
import net.reroute.ssh.Fence;

/**
 * What a controller is built from. The monitor holds the inventory in force.
 *
 * @param later runs something after a delay, on a thread of its own
 * @param mayNow supplies what the controller may do
 * @param approval objections to moves
 * @param fence that every change has to pass
 * @param onLan true if this machine may send and hear frames itself, on the interfaces it has in the servers' LAN
 */
public record Parts(HealthMonitor monitor, AuditLog audit, Prober prober, InstantSource clock,
        RedirectorFactory factory,
        BiConsumer<Duration, Runnable> later, Supplier<May> mayNow, MoveApproval approval, Fence fence,
        boolean onLan) {

    /** The inventory in force. */
    public Inventory inventory() {
        return monitor.inventory();
    }

    May may() {
        return mayNow.get();
    }
}
