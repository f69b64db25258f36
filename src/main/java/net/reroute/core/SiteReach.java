package net.reroute.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.Health.State;

/** Whether a site can serve: one of its servers is UP and not in maintenance. */
final class SiteReach {

    private SiteReach() {}

    static Verdict of(Snapshot now, Service service, List<String> servers) {
        List<Verdict> able = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (String server : servers) {
            Verdict verdict = now.checked(service, server);
            Optional<Intent> maintenance = now.intents().maintenance(server, now.times().now());
            maintenance.ifPresentOrElse(m -> why.add(server + " is in maintenance " + m.by()), () -> {
                able.add(verdict);
                if (!verdict.why().isEmpty()) {
                    why.add(server + " is " + verdict.state() + " (" + verdict.why() + ")");
                }
            });
        }
        return of(able, why.stream().collect(Collectors.joining(", ")), now.times().now());
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
