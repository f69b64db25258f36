package net.reroute.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of several controllers in a scenario.
 *
 * @param cast with the controllers
 */
record Elections(Rehearsal rehearsal, Scenario.Cast cast) {

    private static final Duration SLACK = Duration.ofSeconds(20);

    /** Waits until one leads and all others follow it, if there are several. */
    void begin() {
        if (!rehearsal.controllers().isEmpty()) {
            Scenario.await(SLACK, () -> cast.leader().isPresent()
                    && rehearsal.controllers().stream().allMatch(m -> cast.isBack(m.name())));
            tell(cast.leader().map(l -> l + " leads, the others follow").orElse("no controller leads"));
        }
    }

    private void tell(String text) {
        rehearsal.narrator().tell("cluster", text);
    }

    /** Kills one. Returns true if another leads then. */
    boolean kill(String name) {
        Optional<String> before = cast.leader();
        boolean led = before.equals(Optional.of(name));
        boolean last = rehearsal.controllers().stream().filter(m -> cast.isBack(m.name())).count() == 1;
        if (last) {
            rehearsal.narrator().tell("note", name + " is the last controller that runs, so it stays");
            return false;
        }
        rehearsal.narrator().act(name + (led ? ", which leads," : "") + " is killed: the others hear nothing of it");
        long began = System.nanoTime();
        cast.kill(name);
        Scenario.await(SLACK, () -> cast.leader().filter(l -> !l.equals(name)).isPresent());
        Optional<String> now = cast.leader().filter(l -> !l.equals(name));
        String after = String.format(Locale.ROOT, "after %.1f s", (System.nanoTime() - began) / 1e9);
        tell(now.map(l -> l + " leads " + (led ? after : "as before")).orElse("no controller leads"));
        return now.isPresent();
    }

    /** Starts one again. Returns true if it follows. */
    boolean recover(String name) throws IOException {
        rehearsal.narrator().act(name + " is back");
        cast.recover(name);
        boolean follows = Scenario.await(SLACK, () -> cast.isBack(name) && cast.leader().isPresent());
        tell(follows
                ? cast.leader().filter(l -> !l.equals(name)).map(l -> name + " follows " + l).orElse(name + " leads")
                : name + " hears of no leader");
        return follows;
    }
}
