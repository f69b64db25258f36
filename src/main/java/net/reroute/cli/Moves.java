package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.control.ByHand.Ask;
import net.reroute.control.Controller;
import net.reroute.control.LastWish;
import net.reroute.control.Maintenances;
import net.reroute.control.RouterStatus;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Outcome;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Wish;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that move services. */
final class Moves {

    private static final Duration FARTHEST = Duration.ofDays(5 * 365);
    private static final int UNREACHABLE = 3;
    private static final int PARTLY = 5;

    private Moves() {}

    /** What they have in common: an outcome to tell. */
    abstract static class Asking extends Work {

        @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
        String because;

        @Option(names = "--dry-run", description = "Tell what would be typed, and type nothing.")
        boolean dryRun;

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        Ask ask(String until, boolean force) throws RequestRefusedException {
            return new Ask(by(because), until(until), force, dryRun);
        }

        int tell(List<Outcome> outcomes, String nothing) throws IOException {
            if (json) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                outcomes.forEach(o -> array.add(OutcomeJson.of(o)));
                json(array);
            } else if (outcomes.isEmpty()) {
                say(nothing);
            } else {
                outcomes.forEach(this::tell);
            }
            List<Integer> codes = outcomes.stream().map(Outcome::exitCode).distinct().toList();
            if (codes.isEmpty()) {
                return ExitCodes.DONE;
            }
            return codes.size() == 1 ? codes.getFirst() : PARTLY;
        }

        private void tell(Outcome outcome) {
            boolean good = outcome.exitCode() == 0;
            String mark = good ? console().green("ok") : console().red("failed");
            boolean moved = outcome.decision().isMove();
            say(mark + "  " + (moved ? outcome.decision().arrow() : outcome.decision().service().name()) + ": "
                    + outcome.decision().reason().text());
            outcome.routers().forEach(r -> {
                String line = "    " + r;
                say(r.good() ? line : console().red(line));
            });
            if (!outcome.phases().isEmpty()) {
                say("    " + outcome.phases().entrySet().stream().map(e -> e.getKey() + " " + e.getValue() + " ms")
                        .collect(Collectors.joining(", ")));
            }
            if (dryRun && moved) {
                say("    established TCP connections would meet another server and break; new ones would not notice");
            }
        }
    }

    @Command(name = "move", hidden = true, description = "Moves a prefix or service to a server.")
    static final class Move extends Asking {

        @Parameters(index = "0", paramLabel = "PREFIX|SERVICE")
        String what;

        @Parameters(index = "1", paramLabel = "to")
        String to;

        @Parameters(index = "2", paramLabel = "SERVER")
        String server;

        @Option(names = "--for", paramLabel = "TIME", description = "How long, like 2h; then it is automatic again.")
        String until;

        @Option(names = "--stay", description = "Stay there even when the server is DOWN.")
        boolean stay;

        @Option(names = "--force", description = "Also to a server that is not UP, or over a foreign route.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            if (!to.equals("to")) {
                throw usage("write it as: reroute " + what + " to SERVER");
            }
            Inventory inventory = office().inventory();
            Service service = service(inventory, what);
            String target = server(inventory, server);
            try (Office.Session session = office().open(new Office.Need(Set.of(service.name()), !dryRun))) {
                return tell(session.byHand().move(service, target, stay, ask(until, force)), "nothing to do");
            }
        }
    }

    @Command(name = "release", description = "Gives a prefix or service back to automatic.")
    static final class Release extends Asking {

        @Parameters(paramLabel = "PREFIX|SERVICE")
        String what;

        @Override
        public Integer call() throws Exception {
            Service service = service(office().inventory(), what);
            try (Office.Session session = office().open(new Office.Need(Set.of(service.name()), !dryRun))) {
                return tell(session.byHand().release(service, ask(null, false)), "nothing to do");
            }
        }
    }

    @Command(name = "drain", description = "Takes all services off a server and keeps them off.")
    static final class Drain extends Asking {

        @Parameters(paramLabel = "SERVER")
        String name;

        @Option(names = "--from", paramLabel = "MOMENT", description = "When it begins, like \"2026-12-01 02:00\"; needs --for.")
        String from;

        @Option(names = "--for", paramLabel = "TIME", description = "How long, like 2h; then it is undrained.")
        String until;

        @Option(names = "--force", description = "Even where a service has nowhere else to go.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            Inventory inventory = office().inventory();
            String server = server(inventory, name);
            Optional<Instant> begins = begins();
            try (Office.Session session = office().open(new Office.Need(carriers(inventory, server), !dryRun))) {
                if (begins.isPresent()) {
                    return planned(
                            new Maintenances(session.controller()).plan(server, begins.get(), later(begins.get())));
                }
                List<Outcome> outcomes = session.byHand().drain(server, ask(until, force));
                List<String> unread = dryRun ? List.of() : unread(session.controller());
                String now = (unread.isEmpty() ? " carries nothing; it" : "") + " is in maintenance now";
                int code = tell(outcomes,
                        server + (dryRun ? " carries nothing; it would only be in maintenance" : now));
                if (!unread.isEmpty()) {
                    console().err().println("reroute: " + String.join(", ", unread) + " cannot be read, so nobody knows"
                            + " what it still sends to " + server + "; 'reroute status' tells why");
                }
                return code == ExitCodes.DONE && !unread.isEmpty() ? UNREACHABLE : code;
            }
        }

        private static List<String> unread(Controller controller) {
            return controller.routers().entrySet().stream()
                    .filter(r -> r.getValue().state() != RouterStatus.State.REACHABLE).map(Map.Entry::getKey).toList();
        }

        private Optional<Instant> begins() throws RequestRefusedException {
            if (from == null) {
                return Optional.empty();
            }
            if (!office().isDaemon()) {
                throw new RequestRefusedException(
                        "--from needs the daemon, which begins and ends it; start it with 'reroute daemon'");
            }
            if (until == null) {
                throw usage("--from needs --for: how long the maintenance lasts, like --for 2h");
            }
            try {
                Instant begins = Moment.parse(from, ZoneId.systemDefault());
                if (!begins.isAfter(Instant.now())) {
                    throw usage("--from: " + Moment.text(begins) + " is over; without --from it begins now");
                }
                if (begins.isAfter(Instant.now().plus(FARTHEST))) {
                    throw usage("--from: " + Moment.text(begins) + " is more than five years away");
                }
                return Optional.of(begins);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
            }
        }

        private Ask later(Instant begins) throws RequestRefusedException {
            return new Ask(by(because), Optional.of(begins.plus(lasting(until))), force, dryRun);
        }

        private int planned(Wish window) throws IOException {
            if (json) {
                json(WindowJson.of(window));
                return ExitCodes.DONE;
            }
            say((dryRun ? "would be planned" : "planned") + ": " + window.server() + " carries nothing from "
                    + Moment.text(window.from().orElseThrow()) + " until " + Moment.text(window.until().orElseThrow())
                    + "; 'reroute undrain " + window.server() + "' cancels it");
            return ExitCodes.DONE;
        }
    }

    @Command(name = "undrain", description = "Ends a maintenance, or cancels planned ones; services return home after their soak.")
    static final class Undrain extends Asking {

        @Parameters(paramLabel = "SERVER")
        String name;

        private void tellCancelled(List<Wish> windows) throws IOException {
            if (json && !windows.isEmpty()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                windows.forEach(w -> array.add(WindowJson.of(w)));
                json(array);
                return;
            }
            windows.forEach(w -> say((dryRun ? "would be cancelled" : "cancelled") + ": maintenance of " + w.server()
                    + " from " + Moment.text(w.from().orElseThrow())));
        }

        @Override
        public Integer call() throws Exception {
            Inventory inventory = office().inventory();
            String server = server(inventory, name);
            try (Office.Session session = office().open(new Office.Need(carriers(inventory, server), !dryRun))) {
                Controller controller = session.controller();
                if (controller.wishes().maintenance(server, controller.clock().instant()).isEmpty()) {
                    List<Wish> cancelled = new Maintenances(controller).cancel(server, ask(null, false));
                    tellCancelled(cancelled);
                    if (!cancelled.isEmpty()) {
                        return ExitCodes.DONE;
                    }
                }
                return tell(session.byHand().undrain(server, ask(null, false)),
                        server + " may carry services again");
            }
        }
    }

    /** A planned maintenance in its documented shape. */
    static final class WindowJson {

        private WindowJson() {}

        static ObjectNode of(Wish window) {
            return JsonNodeFactory.instance.objectNode().put("server", window.server())
                    .put("from", window.from().orElseThrow().toString())
                    .put("until", window.until().orElseThrow().toString()).put("by", window.by().who())
                    .put("why", window.by().why());
        }
    }

    @Command(name = "undo", description = "Withdraws the last wish made by hand.")
    static final class Undo extends Asking {

        @Option(names = "--force", description = "From the account that the daemon runs as: another's wish, too.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            LastWish last = last();
            try (Office.Session session = office().open(
                    new Office.Need(last.concerned(office().inventory()), !dryRun))) {
                session.byHand().mayUndo(last);
                aside((dryRun ? "would undo: " : "undoing: ") + last.said(Instant.now()));
                int code = tell(session.byHand().undo(last, ask(null, false)), "nothing had to be moved");
                aside((dryRun ? "then: " : "now: ") + LastWish.holds(last.id(), dryRun
                        ? last.before()
                        : session.controller().wishes().find(last.id())));
                return code;
            }
        }

        /** Before it is done, and not with the rest of the answer. */
        private void aside(String line) {
            PrintStream to = json ? console().err() : console().out();
            to.println(line);
            to.flush();
        }

        /** A script of the daemon's own account has wishes of its own, and knows nothing of other people's. */
        private LastWish last() throws Exception {
            Actor caller = console().actor();
            LastWish last;
            try (var journal = office().journal()) {
                last = LastWish.find(journal, caller);
            }
            if (!force && !last.actor().isSame(caller) && office().runsAs(caller)) {
                throw new RequestRefusedException(
                        "the last wish is another's (" + last.said(Instant.now()) + "), and " + caller
                                + " is the account that the daemon runs as; --force takes it back all the same");
            }
            return last;
        }
    }

    private static Set<String> carriers(Inventory inventory, String server) {
        return inventory.services().values().stream().filter(s -> s.servers().contains(server)).map(Service::name)
                .collect(Collectors.toSet());
    }

    /** An outcome in its documented shape. */
    static final class OutcomeJson {

        private OutcomeJson() {}

        static ObjectNode of(Outcome outcome) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("service", outcome.decision().service().name());
            node.put("prefix", outcome.decision().service().prefix().toString());
            outcome.decision().from().forEach(node.putArray("from")::add);
            outcome.decision().to().forEach(node.putArray("to")::add);
            node.put("reason", outcome.decision().reason().text()).put("exit", outcome.exitCode());
            ArrayNode routers = node.putArray("routers");
            outcome.routers().forEach(r -> {
                ObjectNode router = routers.addObject().put("router", r.router())
                        .put("outcome", r.kind().name().toLowerCase(java.util.Locale.ROOT)).put("text", r.text());
                r.typed().forEach(router.putArray("typed")::add);
            });
            ObjectNode phases = node.putObject("milliseconds");
            outcome.phases().forEach(phases::put);
            return node;
        }
    }
}
