package net.reroute.playbook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import net.reroute.control.ByHand;
import net.reroute.control.Controller;
import net.reroute.control.Prober;
import net.reroute.control.Refusal;
import net.reroute.core.By;
import net.reroute.core.CheckSpec;
import net.reroute.core.Durations;
import net.reroute.core.Event;
import net.reroute.core.Outcome;
import net.reroute.core.Placement;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Service;

/**
 * Takes everything off a healthy server and brings it back, while it is watched through the router. Whatever goes wrong,
 * everything is brought back at once, and what is left of the maintenance ends by itself.
 */
final class Drill {

    /** Who drills the one that was not drilled for longest. */
    static final String NEXT = "next";
    private static final Duration WATCHED = Duration.ofSeconds(2);
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final int MOST_WATCHED = 10;

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Site site;

    Drill(Site site) {
        this.site = site;
    }

    /** Holds one; the step is bad if it failed, or was not held. */
    Did act(Action.Drill drill, Facts facts, By by) {
        if (!oneAtATime.tryLock()) {
            return Did.bad("another drill is under way");
        }
        Runnable over = site.hold();
        try {
            DrillFiles files = new DrillFiles(site.drills());
            String server = facts.word(drill.server()).equals(NEXT) ? next(files) : facts.word(drill.server());
            Instant now = Instant.now();
            DrillRules rules = new DrillRules(site.controller(), server);
            Optional<String> complaint = drill.window().filter(w -> !w.contain(now))
                    .map(w -> "it is not held outside of " + w)
                    .or(() -> drill.shadow() ? Optional.empty() : rules.complaint());
            if (complaint.isPresent()) {
                tell(server, "refused", "drill of " + server + " was not held: " + complaint.get());
                return Did.bad("refused: " + complaint.get());
            }
            DrillReport report = drill.shadow()
                    ? shadow(server, now, by)
                    : new Held(site, server, rules.carried(), by).run(now);
            String text = String.join("\n", files.keep(report));
            boolean good = report.result() != DrillReport.Result.FAIL;
            tell(server, good ? "pass" : "fail", "drill of " + server + ": " + report.result() + ", " + report.why());
            return new Did(good ? Did.Kind.GOOD : Did.Kind.BAD, report.result() + ", " + report.why(), text);
        } catch (IOException e) {
            return Did.bad("the report cannot be kept: " + e.getMessage());
        } finally {
            over.run();
            oneAtATime.unlock();
        }
    }

    private void tell(String server, String result, String text) {
        site.controller().recorder().tell(Event.Kind.DRILLED, Map.of("server", server, "result", result, "text", text));
    }

    /** Of those that carry something the one whose last drill is longest ago. */
    private String next(DrillFiles files) throws IOException {
        Map<String, Instant> last = files.all().stream()
                .collect(Collectors.toMap(DrillReport::server, DrillReport::at, (a, b) -> a.isAfter(b) ? a : b));
        return site.controller().inventory().servers().keySet().stream()
                .filter(s -> !new DrillRules(site.controller(), s).carried().isEmpty())
                .min(Comparator.comparing(s -> last.getOrDefault(s, Instant.EPOCH)))
                .orElseThrow(() -> new IllegalArgumentException("no server carries anything"));
    }

    /** Decides as if the server had failed, and types nothing. */
    private DrillReport shadow(String server, Instant at, By by) {
        Controller controller = site.controller();
        if (!controller.inventory().servers().containsKey(server)) {
            throw new IllegalArgumentException("no server '" + server + "' in the inventory");
        }
        List<Outcome> outcomes = new ByHand(controller).ifDown(server);
        List<String> moves = new ArrayList<>();
        outcomes.forEach(o -> {
            moves.add(o.sentence());
            o.routers().forEach(r -> r.typed().forEach(line -> moves.add(r.router() + " would be typed: " + line)));
        });
        Map<String, String> probes = new LinkedHashMap<>();
        controller.inventory().services().values().stream().filter(s -> s.servers().contains(server))
                .flatMap(s -> s.checks().stream()).distinct().map(controller.inventory().checks()::get)
                .forEach(c -> probes.put("check " + c.name(),
                        "a dead server is noticed within " + Durations.text(c.timers().worstDetection())));
        String why = "if " + server + " failed now, " + (outcomes.isEmpty()
                ? "nothing would move"
                : outcomes.size() + " service" + (outcomes.size() == 1 ? "" : "s")
                        + " would move; nothing was typed");
        return new DrillReport(server, at, by.toString(), DrillReport.Result.SHADOW, why, Map.of(), moves, probes);
    }

    /** One that is held. */
    private static final class Held {

        private final Site site;
        private final Controller controller;
        private final ByHand hand;
        private final String server;
        private final List<Service> services;
        private final By by;
        private final Map<String, Double> phases = new LinkedHashMap<>();
        private final List<String> moves = new ArrayList<>();
        private final Map<Service, Probe> probes = new LinkedHashMap<>();
        private final Map<String, String> probed = new LinkedHashMap<>();
        private String wrong = "";

        Held(Site site, String server, List<Service> services, By by) {
            this.site = site;
            this.controller = site.controller();
            this.hand = new ByHand(controller);
            this.server = server;
            this.services = services;
            this.by = new By(by.who(), "drill" + (by.why().isEmpty() ? "" : ", " + by.why()), by.at());
        }

        DrillReport run(Instant at) {
            Map<Service, List<String>> homes = services.stream().collect(Collectors.toMap(s -> s, this::at));
            watch();
            rest(BEFORE);
            phase("away", () -> hand.drain(server, ask(Optional.of(Instant.now().plus(AT_MOST)))));
            if (wrong.isEmpty()) {
                long began = System.nanoTime();
                guard();
                phases.put("there", millis(began));
            }
            phase("back", this::back);
            rest(BEFORE);
            count();
            homes.forEach((service, home) -> {
                if (!at(service).equals(home)) {
                    fail(service.name() + " did not come back to " + String.join("+", home));
                }
            });
            String why = wrong.isEmpty()
                    ? names() + " went away and came back" + (probed.isEmpty() ? "" : ", " + lossless())
                    : wrong;
            return new DrillReport(server, at, by.toString(),
                    wrong.isEmpty() ? DrillReport.Result.PASS : DrillReport.Result.FAIL, why, phases, moves, probed);
        }

        private List<String> at(Service service) {
            return controller.placement(service.name()).map(Placement::servers).orElse(List.of());
        }

        private String names() {
            return services.size() <= 3
                    ? services.stream().map(Service::name).collect(Collectors.joining(", "))
                    : services.size() + " services";
        }

        private ByHand.Ask ask(Optional<Instant> until) {
            return new ByHand.Ask(by, until, false, false);
        }

        private interface Act {
            List<Outcome> run() throws Refusal;
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
            } catch (Refusal e) {
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

        /** Also when taking it off was refused: then there is nothing to end, and nothing to bring back. */
        private List<Outcome> back() throws Refusal {
            List<Outcome> outcomes = new ArrayList<>(hand.undrain(server, ask(Optional.empty())));
            Set<String> names = services.stream().map(Service::name).collect(Collectors.toSet());
            outcomes.addAll(hand.comeBack(names, ask(Optional.empty())));
            return outcomes.stream().filter(o -> o.decision().isMove()).toList();
        }

        // ---- watching --------------------------------------------------------------------------------------------

        private void watch() {
            Map<Service, Prober.Finding> ways = controller.probe(services);
            for (Service service : services.stream().limit(MOST_WATCHED).toList()) {
                Prober.Finding way = ways.get(service);
                if (way == null || way.kind() == Prober.Kind.NOT_TAKEN) {
                    probed.put(service.name(), "not watched: " + (way == null ? "nobody knows how" : way.text()));
                    continue;
                }
                List<CheckSpec> own = service.checks().stream().map(controller.inventory().checks()::get).toList();
                Probe.of(service.address(), own, controller.clock()).ifPresentOrElse(p -> probes.put(service, p),
                        () -> probed.put(service.name(), "not watched: " + service.address() + " does not answer"));
            }
        }

        /** As long as it is away: what makes an end of it at once. */
        private void guard() {
            long until = System.nanoTime() + WATCHED.toNanos();
            while (wrong.isEmpty() && System.nanoTime() - until < 0 && rest(LOOK)) {
                services.stream().filter(s -> at(s).stream()
                        .anyMatch(o -> !controller.monitor().verdict(o, s.name()).candidate()))
                        .findFirst().ifPresent(s -> fail("broken off: " + s.name() + " at " + String.join("+", at(s))
                                + " failed a check"));
                controller.wishes().pause().ifPresent(p -> fail("broken off: paused " + p.by()));
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
                probed.put(service.name(), service.address() + " through the router, " + count.how() + ": "
                        + count.sent() + " sent, " + count.lost() + " lost, longest gap "
                        + Durations.text(count.gap()));
                if (count.gap().compareTo(LONGEST_GAP) > 0) {
                    fail(service.name() + " did not answer for " + Durations.text(count.gap()));
                }
            });
        }

        private String lossless() {
            long lost = probed.values().stream().filter(p -> p.contains(" lost, ") && !p.contains(" 0 lost, ")).count();
            boolean watched = probed.values().stream().anyMatch(p -> p.contains(" lost, "));
            return !watched ? "not watched" : lost == 0 ? "no packet lost" : "packets lost";
        }

        private static boolean rest(Duration time) {
            try {
                Thread.sleep(time);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
