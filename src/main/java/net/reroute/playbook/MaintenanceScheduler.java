package net.reroute.playbook;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import net.reroute.control.Controller;
import net.reroute.control.Maintenances;
import net.reroute.control.RefreshScope;
import net.reroute.core.Event;
import net.reroute.core.Intent;
import net.reroute.core.Outcome;
import net.reroute.core.ProgramRemarks.MaintenanceTold;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Snapshot.Cause;

/** Announces planned maintenances and begins them. It goes by the wall clock, as the plans do. */
public final class MaintenanceScheduler {

    private final PlaybookContext context;
    private final Set<Intent.Id> announced = ConcurrentHashMap.newKeySet();
    private final Set<Intent.Id> held = ConcurrentHashMap.newKeySet();
    private final ReentrantLock looking = new ReentrantLock();

    public MaintenanceScheduler(PlaybookContext context) {
        this.context = context;
    }

    /**
     * Announces, begins or gives up what is due. To be called every second; a call during another one returns at once.
     */
    public void look(Instant now) {
        if (!looking.tryLock()) {
            return; // the last call still begins something
        }
        try {
            lookNow(now);
        } finally {
            looking.unlock();
        }
    }

    private void lookNow(Instant now) {
        Controller controller = context.controller();
        if (!controller.acts()) {
            return;
        }
        if (!controller.intents().over(controller.clock().instant()).isEmpty()) {
            controller.cycle(Cause.of("a wish has ended"), RefreshScope.NONE);
        }
        Duration before = controller.inventory().settings().announce();
        for (Intent window : controller.intents().windows()) {
            Instant from = window.from().orElseThrow();
            if (!window.until().orElseThrow().isAfter(now)) {
                act(window, planned -> {
                    boolean paused = controller.intents().pause().isPresent();
                    boolean covered = controller.intents().maintenance(window.server(), controller.clock().instant())
                            .isPresent();
                    String uncovered = paused ? "while paused" : "while nobody ran";
                    String why = "its time went by " + (covered ? "in a maintenance begun by hand" : uncovered);
                    planned.missed(window, why);
                    return covered ? "" : why;
                });
            } else if (!from.isAfter(now)) {
                if (isHeld(controller, window)) {
                    continue;
                }
                act(window, planned -> {
                    String failed = planned.begin(window, Duration.between(now, window.until().get())).stream()
                            .filter(o -> o.exitCode() != 0).map(Outcome::sentence)
                            .collect(Collectors.joining("; "));
                    return failed.isEmpty() ? "" : "it began, but " + failed;
                });
            } else if (!from.minus(before).isAfter(now) && announced.add(window.id())) {
                tell(Event.Kind.MAINTENANCE_SOON, window, "maintenance of " + window.server() + " from " + from
                        + " until " + window.until().get() + " " + window.by());
            }
        }
    }

    /**
     * True while a maintenance has to wait: for the end of a pause (this controller may have given way to its peer), of
     * a drill, or of a longer maintenance.
     */
    private boolean isHeld(Controller controller, Intent window) {
        if (controller.intents().pause().isPresent()) {
            if (held.add(window.id())) {
                tell(Event.Kind.TROUBLE, window, "planned maintenance of " + window.server() + " " + window.by()
                        + " does not begin: paused " + controller.intents().pause().get().by());
            }
            return true;
        }
        Instant steady = controller.clock().instant();
        boolean drill = controller.inventory().servers().keySet().stream()
                .anyMatch(s -> controller.intents().maintenance(s, steady).filter(DrillRun::isDrill).isPresent());
        // A maintenance that was begun by hand and lasts longer goes first; should it end early, this one begins.
        boolean longer = controller.intents().maintenance(window.server(), steady)
                .filter(m -> m.until().map(u -> u.isAfter(window.until().orElseThrow())).orElse(true)).isPresent();
        return drill || longer;
    }

    private interface Act {
        /** Returns what went wrong; empty if nothing did. */
        String with(Maintenances planned) throws RequestRefusedException;
    }

    private void act(Intent window, Act act) {
        Runnable over = context.hold();
        String wrong;
        try {
            wrong = act.with(new Maintenances(context.controller()));
        } catch (RequestRefusedException e) {
            wrong = e.getMessage();
        } finally {
            over.run();
        }
        if (!wrong.isEmpty()) {
            tell(Event.Kind.TROUBLE, window, "planned maintenance of " + window.server() + " " + window.by() + ": "
                    + wrong);
        }
    }

    private void tell(Event.Kind kind, Intent window, String text) {
        context.controller().audit().record(
                new MaintenanceTold(window.server(), text, kind == Event.Kind.TROUBLE));
    }
}
