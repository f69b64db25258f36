package net.reroute.control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.reroute.core.Inventory;
import net.reroute.core.MoveApproval;
import net.reroute.health.HealthMonitor;
import net.reroute.redirect.RedirectorFactory;

/**
 * What a controller works with. The inventory in force is the monitor's.
 *
 * @param later runs something after a while
 * @param mayNow whether it types what it decides, or tells the lines
 * @param approval who may object to a move
 */
public record Parts(HealthMonitor monitor, AuditLog audit, Prober prober, InstantSource clock,
        RedirectorFactory factory,
        BiConsumer<Duration, Runnable> later, Supplier<May> mayNow, MoveApproval approval) {

    /** The inventory in force. */
    public Inventory inventory() {
        return monitor.inventory();
    }

    May may() {
        return mayNow.get();
    }
}
