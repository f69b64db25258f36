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
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import net.reroute.control.Controller;
import net.reroute.control.OperatorCommands;
import net.reroute.core.Attribution;
import net.reroute.core.Durations;
import net.reroute.core.Event;
import net.reroute.core.Outcome;
import net.reroute.core.Playbook.Action;

/**
 * Takes all services off a healthy server and brings them back, while they are watched through the router. After any
 * failure everything is brought back at once; should that fail too, the maintenance ends by itself.
 */
final class Drill {

    /** In place of a server's name: the server whose last drill is longest ago. */
    static final String NEXT = "next";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final PlaybookContext context;

    Drill(PlaybookContext context) {
        this.context = context;
    }

    /** Holds a drill, one at a time. The result is BAD if the drill failed or was refused. */
    StepResult act(Action.Drill drill, Placeholders facts, Attribution by) {
        if (!oneAtATime.tryLock()) {
            return StepResult.bad("another drill is under way");
        }
        Runnable over = context.hold();
        String server = drill.server();
        try {
            awaitIdle();
            DrillFiles files = new DrillFiles(context.drills());
            server = facts.word(drill.server());
            server = server.equals(NEXT) ? next(files) : server;
            Instant now = Instant.now();
            DrillRules rules = new DrillRules(context.controller(), server);
            Optional<String> complaint = drill.window().filter(w -> !w.contain(now))
                    .map(w -> "it is not held outside of " + w)
                    .or(() -> drill.shadow() ? Optional.empty() : rules.complaint());
            if (complaint.isPresent()) {
                tell(server, "refused", "drill of " + server + " was not held: " + complaint.get());
                return StepResult.bad("refused: " + complaint.get());
            }
            DrillReport report = drill.shadow()
                    ? shadow(server, now, by)
                    : new DrillRun(context, server, rules.carried(), by).run(now);
            String text = String.join("\n", files.keep(report));
            boolean good = report.result() != DrillReport.Grade.FAIL;
            tell(server, good ? "pass" : "fail", "drill of " + server + ": " + report.result() + ", " + report.why());
            return new StepResult(good ? StepResult.Status.GOOD : StepResult.Status.BAD,
                    report.result() + ", " + report.why(), text);
        } catch (IllegalArgumentException e) {
            tell(server, "refused", "drill of " + server + " was not held: " + e.getMessage());
            return StepResult.bad("refused: " + e.getMessage());
        } catch (IOException e) {
            return StepResult.bad("the report cannot be kept: " + e.getMessage());
        } finally {
            over.run();
            oneAtATime.unlock();
        }
    }

    /** Waits a little for a move that has just been made to be recorded. */
    private void awaitIdle() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!context.controller().isIdle() && System.nanoTime() - until < 0) {
            if (!Sleeps.of(LOOK)) {
                return;
            }
        }
    }

    private void tell(String server, String result, String text) {
        context.controller().audit().tell(Event.Kind.DRILLED, Map.of("server", server, "result", result, "text", text));
    }

    /** The server with services whose last drill is longest ago; one that may be drilled now goes first. */
    private String next(DrillFiles files) throws IOException {
        Map<String, Instant> last = files.all().stream().filter(r -> r.result() != DrillReport.Grade.SHADOW)
                .collect(Collectors.toMap(DrillReport::server, DrillReport::at, (a, b) -> a.isAfter(b) ? a : b));
        List<String> oldest = context.controller().inventory().servers().keySet().stream()
                .filter(s -> !new DrillRules(context.controller(), s).carried().isEmpty())
                .sorted(Comparator.comparing(s -> last.getOrDefault(s, Instant.EPOCH))).toList();
        // A server that can never be drilled must not keep the others from it.
        return oldest.stream().filter(s -> new DrillRules(context.controller(), s).complaint().isEmpty()).findFirst()
                .or(() -> oldest.stream().findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no server carries anything"));
    }

    /** Decides as if the server had failed, and changes nothing. */
    private DrillReport shadow(String server, Instant at, Attribution by) {
        Controller controller = context.controller();
        if (!controller.inventory().servers().containsKey(server)) {
            throw new IllegalArgumentException("no server '" + server + "' in the inventory");
        }
        List<Outcome> outcomes = new OperatorCommands(controller).ifDown(server);
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
        String why = "if " + server + " failed now, " + wouldMove(outcomes.size());
        return new DrillReport(server, at, by.toString(), DrillReport.Grade.SHADOW, why, Map.of(), moves, probes);
    }

    private static String wouldMove(int services) {
        if (services == 0) {
            return "nothing would move";
        }
        return services + (services == 1 ? " service" : " services") + " would move; nothing was typed";
    }
}
