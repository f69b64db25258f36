package net.reroute.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Snapshot.Times;

/** Predicts the decisions that the passing of time alone will cause, if nothing else happens. */
public final class Forecast {

    /**
     * A decision in the future.
     *
     * @param what the event of that moment
     * @param decision a move, or HOLD if a planned maintenance will not begin
     */
    public record Coming(Instant at, String what, Decision decision) {}

    /** A moment at which something has to be decided. */
    private record Moment(Instant at, String what) {}

    /** A bound, since every moment costs a decision for every service. No reader needs more. */
    private static final int MOST = 200;

    private final List<Coming> coming = new ArrayList<>();
    private Snapshot then;

    private Forecast(Snapshot now) {
        this.then = now;
    }

    /** Returns decisions in order of time. What would be decided now is assumed to be done, and is not included. */
    public static List<Coming> of(Snapshot now) {
        Forecast forecast = new Forecast(now);
        forecast.decide("");
        forecast.coming.clear();
        for (int i = 0; i < MOST && forecast.step(); i++) {
            continue;
        }
        return List.copyOf(forecast.coming);
    }

    /** Advances to the next moment. Returns false if there is none. */
    private boolean step() {
        Instant now = then.times().now();
        List<Moment> ahead = moments().filter(m -> m.at.isAfter(now)).toList();
        Optional<Instant> next = ahead.stream().map(Moment::at).min(Comparator.naturalOrder());
        if (next.isEmpty()) {
            return false;
        }
        String what = ahead.stream().filter(m -> m.at.equals(next.get())).map(Moment::what).distinct()
                .collect(Collectors.joining(", "));
        then = with(new Times(then.times().started(), then.times().sightedAt(), next.get()), ended(next.get()));
        then.intents().windows().forEach(w -> begin(w, what));
        decide(what);
        return true;
    }

    private Stream<Moment> moments() {
        Stream<Moment> intents = then.intents().all().values().stream().flatMap(w -> Stream.concat(
                w.from().map(f -> new Moment(f, "the maintenance of " + w.server() + " begins")).stream(),
                w.until().map(u -> new Moment(u, w.id() + " ends")).stream()));
        Stream<Moment> aside = then.setAside().entrySet().stream()
                .map(e -> new Moment(e.getValue(), e.getKey().server() + " is tried again"));
        Stream<Moment> soaks = then.inventory().services().values().stream().flatMap(this::soaks);
        Stream<Moment> sight = Stream.of(new Moment(then.times().sightedAt(), "who comes back has come back"));
        return Stream.of(intents, aside, soaks, sight).flatMap(m -> m);
    }

    private Stream<Moment> soaks(Service service) {
        List<String> there = servers(service.name());
        return service.servers().stream().filter(s -> !there.contains(s) && then.verdict(service, s).candidate())
                .map(s -> new Moment(then.fitSince(service, s).plus(service.rules().soak()),
                        "the soak of " + s + " ends"));
    }

    private List<String> servers(String service) {
        return Optional.ofNullable(then.assignments().get(service)).map(Assignment::servers).orElse(List.of());
    }

    private ActiveIntents ended(Instant at) {
        ActiveIntents intents = then.intents();
        for (Intent intent : intents.over(at)) {
            intents = intents.over(intent, at);
        }
        return intents;
    }

    /**
     * Begins a planned maintenance by the daemon's rules: not while paused, not during a longer one, and not if a
     * service would have no server left.
     */
    private void begin(Intent window, String what) {
        Instant now = then.times().now();
        Instant until = window.until().orElseThrow();
        boolean longer = then.intents().maintenance(window.server(), now)
                .filter(m -> m.until().map(u -> u.isAfter(until)).orElse(true)).isPresent();
        if (window.from().orElseThrow().isAfter(now) || longer || then.intents().pause().isPresent()) {
            return;
        }
        Snapshot without = with(then.times(), then.intents().without(window.id()));
        Snapshot drained = with(then.times(),
                without.intents().with(Intent.maintenance(window.server(), window.by(), Optional.of(until))));
        List<Decision> stuck = Planner.decide(drained).stream().filter(d -> d.kind() == Kind.HOLD
                && servers(d.service().name()).contains(window.server())).toList();
        boolean begins = until.isAfter(now) && (stuck.isEmpty() || window.stay());
        then = begins ? drained : without;
        if (!begins && until.isAfter(now)) {
            stuck.forEach(d -> coming.add(new Coming(now, what + ", or would", d)));
        }
    }

    private void decide(String what) {
        Map<String, Assignment> assignments = new HashMap<>(then.assignments());
        Planner.decide(then).stream().filter(Decision::isMove).forEach(d -> {
            coming.add(new Coming(then.times().now(), what, d));
            assignments.put(d.service().name(),
                    new Assignment(d.to(), Origin.MOVED, then.times().now(), d.reason().text()));
        });
        then = new Snapshot(then.inventory(), then.verdicts(), then.intents(), assignments, then.setAside(),
                then.cause(), then.times());
    }

    private Snapshot with(Times times, ActiveIntents intents) {
        return new Snapshot(then.inventory(), then.verdicts(), intents, then.assignments(), then.setAside(),
                then.cause(), times);
    }
}
