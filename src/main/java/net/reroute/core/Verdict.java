package net.reroute.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import net.reroute.core.Health.State;

/**
 * The combined result of all checks of a service for one server.
 *
 * @param state DOWN if any check is DOWN, else UNKNOWN if any is, else UP
 * @param doubt true if the state is UP but a check has begun to fail
 * @param since when this state began
 * @param doubtSince when its first sign was seen; for a server that is DOWN, the start of the first failed run
 * @param why one clause that names the checks against the server; empty if there are none
 * @param load how busy the server says it is, in a unit of its own; empty if no check asks
 */
public record Verdict(State state, boolean doubt, Instant since, Instant doubtSince, String why, OptionalDouble load) {

    /** A verdict about a server whose load is not asked. */
    public Verdict(State state, boolean doubt, Instant since, Instant doubtSince, String why) {
        this(state, doubt, since, doubtSince, why, OptionalDouble.empty());
    }

    /**
     * Nothing is known.
     *
     * @param why the reason, one clause
     */
    public static Verdict unknown(Instant at, String why) {
        return new Verdict(State.UNKNOWN, false, at, at, why);
    }

    /** UP and not in doubt. Only such a server is given traffic. */
    public boolean candidate() {
        return state == State.UP && !doubt;
    }

    /** Combines the healths of one server, by name of the check. */
    public static Verdict of(Map<String, Health> healths) {
        State all = worst(healths.values().stream().map(Health::state).toList());
        var decisive = healths.values().stream().filter(h -> h.state() == all).toList();
        boolean up = all == State.UP;
        Instant since = decisive.stream().map(Health::since).reduce((a, b) -> up == a.isAfter(b) ? a : b)
                .orElse(Instant.EPOCH);
        Instant doubtSince = decisive.stream().map(Health::doubtSince).min(Instant::compareTo).orElse(since);
        boolean doubt = up && decisive.stream().anyMatch(Health::inDoubt);
        return new Verdict(all, doubt, since, doubtSince, why(healths), load(healths));
    }

    private static OptionalDouble load(Map<String, Health> healths) {
        return healths.values().stream().map(Health::last).filter(Objects::nonNull)
                .flatMapToDouble(r -> r.load().stream()).max();
    }

    private static State worst(List<State> states) {
        if (states.contains(State.DOWN)) {
            return State.DOWN;
        }
        return states.contains(State.UNKNOWN) ? State.UNKNOWN : State.UP;
    }

    private static String why(Map<String, Health> healths) {
        return healths.entrySet().stream().filter(e -> e.getValue().state() != State.UP || e.getValue().inDoubt())
                .map(e -> e.getKey() + ": " + said(e.getValue())).collect(Collectors.joining("; "));
    }

    private static String said(Health health) {
        if (health.last() == null) {
            return "not checked yet";
        }
        boolean returning = health.state() == State.DOWN && health.last().ok();
        return health.last().said() + (returning ? ", not yet often enough in a row" : "");
    }
}
