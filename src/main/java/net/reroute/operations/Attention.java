package net.reroute.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Health.State;
import net.reroute.core.Text;
import net.reroute.operations.Standing.Action;
import net.reroute.operations.StatusReport.OfRouter;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;

/**
 * Something that needs an admin.
 *
 * @param about names of the services, servers or routers concerned
 * @param kind service, server, router or program
 * @param since when it began; empty if that is not known
 * @param action the best thing to do about it; empty if reroute cannot do anything
 */
public record Attention(List<String> about, String kind, Headline.Level level, Optional<Instant> since, Sentence says,
        Optional<Action> action) {

    private static final int NAMED = 3;
    /** Servers that failed within this time failed together. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    /** Everything that needs an admin, the worst first. Equal troubles are told once. */
    public static List<Attention> of(StatusReport report) {
        List<Attention> all = new ArrayList<>(services(report));
        report.mode().paused().filter(p -> report.mode().daemon()).ifPresent(p -> all.add(program(
                Sentence.of("paused " + p + ", for ").age(p.at()).then("; nothing moves by itself"),
                Action.of("ends that", "resume"))));
        all.addAll(ClusterAttention.of(report));
        all.addAll(program(report));
        all.addAll(routers(report));
        all.addAll(servers(report));
        return List.copyOf(all);
    }

    private static List<Attention> services(StatusReport report) {
        Map<List<Object>, List<OfService>> alike = new LinkedHashMap<>();
        report.services().stream().filter(s -> s.standing().state().isTrouble())
                .sorted((a, b) -> a.standing().state().compareTo(b.standing().state()))
                .forEach(s -> alike.computeIfAbsent(key(s), k -> new ArrayList<>()).add(s));
        return alike.values().stream().map(Attention::alike).toList();
    }

    /** Services that fail for the same reason; the time at which each began may differ by a moment. */
    private static List<Object> key(OfService service) {
        Set<String> drift = service.drift().values().stream().map(t -> t.replace(service.service().clientsUse(), "")
                .replace(service.service().name(), "")).collect(Collectors.toSet());
        return List.of(service.standing().state(), Set.copyOf(service.where().servers()), service.where().state(),
                service.decision().reason().getClass(), Set.copyOf(service.decision().to()),
                Set.copyOf(service.service().servers()), drift);
    }

    private static Attention alike(List<OfService> services) {
        OfService first = services.getFirst();
        Standing standing = first.standing();
        List<String> names = services.stream().map(s -> s.service().name()).toList();
        String who = names.size() == 1
                ? names.getFirst() + " (" + first.service().clientsUse() + ") is "
                : named(names) + " are ";
        Optional<Instant> since = services.stream().flatMap(s -> s.standing().since().stream()).min(Instant::compareTo);
        Sentence lasting = since.map(s -> Sentence.of(" for ").age(s)).orElse(Sentence.NOTHING);
        return new Attention(names, "service",
                standing.state() == ServiceState.OUT ? Headline.Level.CRITICAL : Headline.Level.WARNING, since,
                Sentence.of(who + standing.state().shown()).then(lasting).then(": ").then(standing.says()),
                standing.action());
    }

    private static String named(List<String> names) {
        int more = names.size() - NAMED;
        return more <= 1
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + Text.number(more) + " more";
    }

    private static List<Attention> program(StatusReport report) {
        List<Attention> all = new ArrayList<>();
        StatusReport.Troubles troubles = report.troubles();
        troubles.journal().ifPresent(t -> all.add(program(Sentence.of("the journal cannot be written: " + t),
                Optional.empty())));
        troubles.findings().forEach(f -> all.add(program(Sentence.of(f), Action.of("looks through it", "history",
                "--verify"))));
        troubles.log().ifPresent(t -> all.add(program(Sentence.of("the log does not flow: " + t), Optional.empty())));
        troubles.page().ifPresent(t -> all.add(program(Sentence.of("the page is not served: " + t),
                Optional.empty())));
        troubles.reload().ifPresent(r -> all.add(program(Sentence.of("the reload ").ago(r.at())
                .then(" was refused, the inventory before it is in force: " + r.why()),
                Action.of("tells what it would do, or every mistake", "reload", "--dry-run"))));
        troubles.channels().stream().filter(r -> !r.trouble().isEmpty())
                .forEach(r -> all.add(program(Sentence.of("channel " + r.channel() + " does not deliver: "
                        + r.trouble() + " (" + r.waiting() + " waiting)"), Optional.empty())));
        return all;
    }

    private static Attention program(Sentence says, Optional<Action> action) {
        return new Attention(List.of(), "program", Headline.Level.WARNING, Optional.empty(), says, action);
    }

    private static List<Attention> routers(StatusReport report) {
        return report.routers().stream().filter(OfRouter::isTrouble)
                .map(r -> new Attention(List.of(r.name()), "router", Headline.Level.WARNING,
                        Optional.of(r.status().since()), StandingClauses.routerTrouble(r.name(), r.status())
                                .then(": " + r.status().why()),
                        Action.of("tells what is wrong", "doctor")))
                .toList();
    }

    private static List<Attention> servers(StatusReport report) {
        List<Attention> all = new ArrayList<>();
        Map<String, List<OfServer>> down = new LinkedHashMap<>();
        report.servers().stream().filter(s -> s.maintenance().isEmpty() && s.worst().state() == State.DOWN)
                .forEach(s -> down.computeIfAbsent(s.worst().why(), w -> new ArrayList<>()).add(s));
        down.forEach((why, servers) -> all.add(down(why, servers)));
        report.servers().stream().filter(s -> s.worst().state() != State.DOWN && !s.warnings().isEmpty())
                .forEach(s -> all.add(new Attention(List.of(s.name()), "server", Headline.Level.WARNING,
                        Optional.empty(), Sentence.of(s.name() + ": " + String.join("; ", s.warnings())),
                        Action.of("tells more", "explain", s.name()))));
        return all;
    }

    private static Attention down(String why, List<OfServer> servers) {
        List<String> names = servers.stream().map(OfServer::name).toList();
        List<Instant> since = servers.stream().map(s -> s.worst().since()).sorted().toList();
        long carried = servers.stream().mapToLong(s -> s.carries().size()).sum();
        boolean many = servers.size() > 1;
        String nothing = many ? "; they carry nothing" : "; it carries nothing";
        String still = carried == 0 ? nothing : "; still routed there: " + Text.number(carried);
        Sentence lasting = many && Duration.between(since.getFirst(), since.getLast()).compareTo(TOGETHER) > 0
                ? Sentence.of(named(names) + " DOWN, the first for ").age(since.getFirst()).then(", the last for ")
                        .age(since.getLast())
                : Sentence.of(named(names) + " DOWN for ").age(since.getFirst());
        String about = servers.stream().filter(s -> !s.carries().isEmpty()).map(OfServer::name).findFirst()
                .orElse(names.getFirst());
        return new Attention(names, "server", Headline.Level.WARNING, Optional.of(since.getFirst()),
                lasting.then((why.isEmpty() ? "" : ": " + why) + still), Action.of("tells more", "explain", about));
    }
}
