package net.reroute.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.reroute.core.Health.State;

/** Whether a site can serve: one of its servers is UP and not in maintenance. */
final class SiteReach {

    private SiteReach() {}

    /**
     * The verdict about a site.
     *
     * @param verdicts of its servers
     * @param maintenances of servers
     */
    static Verdict of(Map<String, Verdict> verdicts, Function<String, Optional<Intent>> maintenances, Instant now) {
        List<Verdict> able = new ArrayList<>();
        List<String> why = new ArrayList<>();
        verdicts.forEach((server, verdict) -> {
            maintenances.apply(server).ifPresentOrElse(m -> why.add(server + " is in maintenance " + m.by()), () -> {
                able.add(verdict);
                if (!verdict.why().isEmpty()) {
                    why.add(server + " is " + verdict.state() + " (" + verdict.why() + ")");
                }
            });
        });
        return of(able, String.join(", ", why), now);
    }

    private static Verdict of(List<Verdict> able, String why, Instant now) {
        Optional<Verdict> best = able.stream().filter(v -> v.state() == State.UP)
                .min((a, b) -> a.since().compareTo(b.since()));
        if (best.isPresent()) {
            boolean doubt = able.stream().filter(v -> v.state() == State.UP).allMatch(Verdict::doubt);
            return new Verdict(State.UP, doubt, best.get().since(), best.get().doubtSince(), why);
        }
        if (able.stream().anyMatch(v -> v.state() == State.UNKNOWN)) {
            return Verdict.unknown(now, why);
        }
        Instant since = able.stream().map(Verdict::since).max(Instant::compareTo).orElse(Instant.EPOCH);
        Instant first = able.stream().map(Verdict::doubtSince).min(Instant::compareTo).orElse(since);
        return new Verdict(State.DOWN, false, since, first, why);
    }
}
