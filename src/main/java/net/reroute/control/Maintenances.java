package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;
import net.reroute.core.Outcome;
import net.reroute.core.RequestRefusedException;

/** Planned maintenances. */
public final class Maintenances {

    private final Controller controller;
    private final OperatorCommands hand;
    private final IntentWriter intents;

    public Maintenances(Controller controller) {
        this.controller = controller;
        this.hand = new OperatorCommands(controller);
        this.intents = new IntentWriter(controller);
    }

    /**
     * Plans a maintenance.
     *
     * @param from when it begins; it ends at {@code ask.until()}, which must be present
     * @throws RequestRefusedException if another planned maintenance of this server overlaps, or the journal cannot be
     *     written
     */
    public Intent plan(String server, Instant from, Ask ask) throws RequestRefusedException {
        Instant until = ask.until().orElseThrow();
        Intent intent = Intent.window(server, ask.by(), from, until, ask.force());
        Optional<Intent> other = controller.intents().windows().stream().filter(w -> w.server().equals(server)
                && w.from().orElseThrow().isBefore(until) && w.until().orElseThrow().isAfter(from)).findFirst();
        if (other.isPresent()) {
            throw new RequestRefusedException("another maintenance of " + server + " is planned from "
                    + other.get().from().get()
                    + " until " + other.get().until().get() + " " + other.get().by() + "; 'reroute undrain " + server
                    + "' cancels it");
        }
        if (!ask.dryRun()) {
            intents.record(intent.id(), Optional.of(intent), ask.by(), Optional.empty());
        }
        return intent;
    }

    /**
     * Cancels all planned maintenances of a server, and returns them.
     *
     * @throws RequestRefusedException if the journal cannot be written
     */
    public List<Intent> cancel(String server, Ask ask) throws RequestRefusedException {
        List<Intent> planned = controller.intents().windows().stream().filter(w -> w.server().equals(server)).toList();
        for (Intent intent : planned) {
            if (!ask.dryRun()) {
                intents.record(intent.id(), Optional.empty(), ask.by(), Optional.empty());
            }
        }
        return planned;
    }

    /**
     * Begins a planned maintenance, and waits for the moves. The plan is withdrawn in any case.
     *
     * @param lasting the time left until its end, by the wall clock
     * @throws RequestRefusedException if a service would have no server left
     */
    public List<Outcome> begin(Intent window, Duration lasting) throws RequestRefusedException {
        Attribution by = Attribution.program("planned maintenance", controller.clock().instant());
        try {
            return hand.drain(window.server(), new Ask(window.by(),
                    Optional.of(controller.clock().instant().plus(lasting)), window.stay(), false));
        } finally {
            intents.record(window.id(), Optional.empty(), by, Optional.empty());
        }
    }

    /** Withdraws a planned maintenance that did not begin in time. */
    public void missed(Intent window, String why) throws RequestRefusedException {
        intents.record(window.id(), Optional.empty(), Attribution.program(why, controller.clock().instant()),
                Optional.empty());
    }
}
