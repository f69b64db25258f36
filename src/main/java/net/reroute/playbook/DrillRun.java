package net.reroute.playbook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.control.Ask;
import net.reroute.control.Controller;
import net.reroute.control.OperatorCommands;
import net.reroute.control.Prober;
import net.reroute.core.Actor;
import net.reroute.core.Assignment;
import net.reroute.core.Attribution;
import net.reroute.core.CheckSpec;
import net.reroute.core.Durations;
import net.reroute.core.Intent;
import net.reroute.core.Outcome;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;

/** The run of a drill: services go away, are watched, and come back. */
final class DrillRun {

    private static final Duration WATCHED = Duration.ofSeconds(2);
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final int MOST_WATCHED = 10;

    private final PlaybookContext context;
    private final Controller controller;
    private final OperatorCommands hand;
    private final String server;
    private final List<Service> services;
    private final Attribution asked;
    private final Attribution by;
    private final Map<String, Double> phases = new LinkedHashMap<>();
    private final List<String> moves = new ArrayList<>();
    private final Map<Service, Probe> probes = new LinkedHashMap<>();
    private final Map<String, String> probed = new LinkedHashMap<>();
    private int lost;
    private String wrong = "";

    DrillRun(PlaybookContext context, String server, List<Service> services, Attribution by) {
        this.context = context;
        this.controller = context.controller();
        this.hand = new OperatorCommands(controller);
        this.server = server;
        this.services = services;
        this.by = new Attribution(new Actor.Drill(by.who()), by.why(), by.at());
        this.asked = by;
    }

    DrillReport run(Instant at) {
        Map<Service, List<String>> homes = services.stream().collect(Collectors.toMap(s -> s, this::at));
        try {
            watch();
            away();
        } catch (RuntimeException e) {
            fail("internal error: " + e);
        } finally {
            // Whatever happened, and even if this thread was interrupted: first everything comes back.
            boolean interrupted = Thread.interrupted();
            phase("back", this::back);
            Sleeps.of(BEFORE);
            count();
            if (interrupted) {
                fail("broken off before its end");
                Thread.currentThread().interrupt();
            }
        }
        homes.forEach((service, home) -> {
            if (!at(service).equals(home)) {
                fail(service.name() + " did not come back to " + String.join("+", home));
            }
        });
        String done = names() + " went away and came back" + (probed.isEmpty() ? "" : ", " + lossless());
        String why = wrong.isEmpty() ? done : wrong;
        return new DrillReport(server, at, asked.toString(),
                wrong.isEmpty() ? DrillReport.Grade.PASS : DrillReport.Grade.FAIL, why, phases, moves, probed);
    }

    private void away() {
        Sleeps.of(BEFORE);
        phase("away", () -> hand.drain(server, ask(Optional.of(controller.clock().instant().plus(AT_MOST)))));
        services.stream().filter(s -> at(s).stream().anyMatch(controller.inventory().members(s, server)::contains))
                .findFirst()
                .ifPresent(s -> fail(s.name() + " did not leave " + server));
        if (wrong.isEmpty()) {
            long began = System.nanoTime();
            guard();
            phases.put("there", millis(began));
        }
    }

    /** True if a drill began this maintenance. */
    static boolean isDrill(Intent maintenance) {
        return maintenance.by().actor() instanceof Actor.Drill;
    }

    private List<String> at(Service service) {
        return controller.assignment(service.name()).map(Assignment::servers).orElse(List.of());
    }

    private String names() {
        return services.size() <= 3
                ? services.stream().map(Service::name).collect(Collectors.joining(", "))
                : services.size() + " services";
    }

    private Ask ask(Optional<Instant> until) {
        return new Ask(by, until, false, false);
    }

    private interface Act {
        List<Outcome> run() throws RequestRefusedException;
    }

    private void phase(String name, Act act) {
        long began = System.nanoTime();
        try {
            List<Outcome> outcomes = act.run();
            outcomes.forEach(o -> {
                moves.add(o.sentence());
                if (o.exitCode() != 0) {
                    fail(o.sentence());
                }
            });
        } catch (RequestRefusedException e) {
            fail(e.getMessage());
        }
        phases.put(name, millis(began));
    }

    private static double millis(long began) {
        return Durations.millis(Duration.ofNanos(System.nanoTime() - began));
    }

    private void fail(String why) {
        wrong = wrong.isEmpty() ? why : wrong;
    }

    /** Brings the services back. A maintenance that another request has begun meanwhile is not ended. */
    private List<Outcome> back() throws RequestRefusedException {
        List<Outcome> outcomes = new ArrayList<>();
        Optional<Intent> now = controller.intents().maintenance(server, controller.clock().instant());
        if (now.isPresent() && !now.get().by().equals(by)) {
            throw new RequestRefusedException(
                    server + " is in maintenance " + now.get().by() + ", so nothing was brought back to it");
        }
        RequestRefusedException notEnded = null;
        try {
            outcomes.addAll(hand.undrain(server, ask(Optional.empty())));
        } catch (RequestRefusedException e) {
            notEnded = e;
        }
        Set<String> names = services.stream().map(Service::name).collect(Collectors.toSet());
        outcomes.addAll(hand.comeBack(names, ask(Optional.empty())));
        if (notEnded != null) {
            throw notEnded;
        }
        return outcomes.stream().filter(o -> o.decision().isMove()).toList();
    }

    // ---- watching --------------------------------------------------------------------------------------------

    private void watch() {
        Map<Service, Prober.ProbeFinding> ways = controller.pool().probe(services);
        for (Service service : services.stream().limit(MOST_WATCHED).toList()) {
            Prober.ProbeFinding way = ways.get(service);
            if (way == null || way.kind() == Prober.ProbeResult.NOT_TAKEN) {
                probed.put(service.name(), "not watched: " + (way == null ? "only routes are" : way.text()));
                continue;
            }
            List<CheckSpec> own = service.checks().stream().map(controller.inventory().checks()::get).toList();
            Probe.of(service.address(), own, controller.clock()).ifPresentOrElse(p -> probes.put(service, p),
                    () -> probed.put(service.name(), "not watched: " + service.address() + " does not answer"));
        }
    }

    /** Watches the services while they are away. The first failure ends the drill. */
    private void guard() {
        long until = System.nanoTime() + WATCHED.toNanos();
        while (wrong.isEmpty() && System.nanoTime() - until < 0 && Sleeps.of(LOOK)) {
            Snapshot now = controller.snapshot(Cause.of("drill"));
            services.stream().filter(s -> at(s).stream().anyMatch(o -> !now.verdict(s, o).candidate()))
                    .findFirst().ifPresent(s -> fail("broken off: " + s.name() + " at " + String.join("+", at(s))
                            + " failed a check"));
            controller.intents().pause().ifPresent(p -> fail("broken off: paused " + p.by()));
            silent().ifPresent(s -> fail("broken off: " + s + " did not answer through the router for "
                    + Durations.text(LONGEST_GAP)));
        }
    }

    private Optional<String> silent() {
        return probes.entrySet().stream().filter(e -> e.getValue().silence().compareTo(LONGEST_GAP) > 0)
                .map(e -> e.getKey().name()).findFirst();
    }

    private void count() {
        probes.forEach((service, probe) -> {
            Probe.Count count = probe.end();
            probe.close();
            lost += count.lost();
            probed.put(service.name(), service.address() + " through the router, " + count.how() + ": "
                    + count.sent() + " sent, " + count.lost() + " lost, longest gap "
                    + Durations.text(count.gap()));
            if (count.gap().compareTo(LONGEST_GAP) > 0) {
                fail(service.name() + " did not answer for " + Durations.text(count.gap()));
            }
        });
    }

    private String lossless() {
        String watched = lost == 0 ? "no packet lost" : "packets lost";
        return probes.isEmpty() ? "not watched" : watched;
    }

}
