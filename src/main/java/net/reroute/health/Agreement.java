package net.reroute.health;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.reroute.core.CheckResult;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Service.Agree;
import net.reroute.core.Target;

/** Makes one health of what several controllers see of a target. */
record Agreement(Vantages vantages, Instant now) {

    /**
     * The health that they agree on. A server is DOWN if as many see it DOWN as the service wants, UP if the rest is
     * enough to keep it UP, and UNKNOWN if they are at odds: then nothing moves to it and nothing leaves it.
     */
    Health of(Target target, Health own, Agree agree) {
        Map<String, Settled> seen = new LinkedHashMap<>(vantages.others(target));
        if (seen.isEmpty()) {
            return own;
        }
        if (vantages.counts() && own.state() != State.UNKNOWN) {
            seen.put(vantages.self(), new Settled(own.state(), own.since()));
        }
        State state = state(seen, agree);
        Instant since = since(seen, state, agree);
        if (state == own.state() && vantages.counts() && (state != State.DOWN || !since.isAfter(own.since()))) {
            return own;
        }
        CheckResult last = state == own.state() && own.last() != null
                ? own.last()
                : new CheckResult(state == State.UP, text(seen, own), now, Duration.ZERO);
        return new Health(state, since, 0, since, last);
    }

    /** When as many saw it so as are needed. */
    private static Instant since(Map<String, Settled> seen, State state, Agree agree) {
        List<Instant> times = seen.values().stream().filter(s -> s.state() == state).map(Settled::since).sorted()
                .toList();
        int needed = switch (agree) {
            case ANY -> state == State.DOWN ? 1 : seen.size();
            case MAJORITY -> seen.size() / 2 + 1;
            case ALL -> state == State.DOWN ? seen.size() : 1;
        };
        return times.size() >= needed
                ? times.get(needed - 1)
                : seen.values().stream().map(Settled::since).max(Instant::compareTo).orElseThrow();
    }

    private static State state(Map<String, Settled> seen, Agree agree) {
        long down = seen.values().stream().filter(s -> s.state() == State.DOWN).count();
        long up = seen.values().stream().filter(s -> s.state() == State.UP).count();
        boolean isDown = switch (agree) {
            case ANY -> down > 0;
            case MAJORITY -> down * 2 > seen.size();
            case ALL -> down == seen.size();
        };
        boolean isUp = switch (agree) {
            case ANY -> up == seen.size();
            case MAJORITY -> up * 2 > seen.size();
            case ALL -> up > 0;
        };
        if (isDown) {
            return State.DOWN;
        }
        return isUp ? State.UP : State.UNKNOWN;
    }

    private String text(Map<String, Settled> seen, Health own) {
        String who = seen.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + " sees it " + e.getValue().state()).collect(Collectors.joining(", "));
        String said = own.last() == null || own.state() == State.UP ? "" : " (here: " + own.last().said() + ")";
        return who + said;
    }
}
