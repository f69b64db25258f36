package net.reroute.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Durations;
import net.reroute.core.Outcome;
import net.reroute.operations.DrainReport;
import net.reroute.operations.MaintenanceReport;
import net.reroute.operations.MoveReport;
import net.reroute.operations.OperatorRequest;
import net.reroute.operations.UndoReport;
import net.reroute.operations.UndrainReport;
import net.reroute.view.MaintenanceText;
import net.reroute.view.MomentText;
import net.reroute.view.MoveText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that move services. */
final class MoveCommands {

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration FARTHEST = Duration.ofDays(5 * 365);

    private MoveCommands() {}

    /** The options of commands that move services, and the report of their outcomes. */
    abstract static class Moving extends BaseCommand {

        @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
        String because = "";

        @Option(names = "--dry-run", description = "Tell what would be typed, and type nothing.")
        boolean dryRun;

        /** @param lasting as typed, like 2h; null = no end */
        OperatorRequest request(String lasting, boolean force) {
            return new OperatorRequest(console().actor(), because,
                    Optional.ofNullable(lasting).map(l -> duration("--for", l)), force, dryRun);
        }

        /** Prints a line at once; to standard error, if the answer is JSON. Returns false if nobody reads it. */
        boolean aside(String line) {
            PrintStream to = isJson() ? console().err() : console().out();
            to.println(line);
            to.flush();
            return !to.checkError();
        }

        Duration duration(String option, String lasting) {
            Duration duration;
            try {
                duration = Durations.parse(lasting);
            } catch (IllegalArgumentException e) {
                throw usage(option, e);
            }
            if (duration.isZero()) {
                throw usage(option + ": '" + lasting + "' would be over at once; write it like 2h, or leave " + option
                        + " out");
            }
            if (duration.compareTo(LONGEST) > 0) {
                throw usage(option + ": " + LONGEST.toDays() + " days at most, not '" + lasting + "'");
            }
            return duration;
        }

        int tell(MoveReport report, String nothing) throws IOException {
            tell(() -> MoveText.json(report), () -> MoveText.lines(report, nothing, style()));
            List<Integer> codes = Stream.concat(report.outcomes().stream().map(Outcome::exitCode),
                    report.refused().keySet().stream().map(r -> ExitCodes.REFUSED)).distinct().toList();
            if (codes.isEmpty()) {
                return ExitCodes.DONE;
            }
            return codes.size() == 1 ? codes.getFirst() : ExitCodes.PARTLY;
        }
    }

    @Command(name = "move", hidden = true, description = "Moves a prefix or service to a server.")
    static final class Move extends Moving {

        @Parameters(arity = "1..*", paramLabel = "PREFIX|SERVICE... to SERVER", description = "Names, prefixes, patterns like 'www-*'; then to, and the server.")
        List<String> words;

        @Option(names = "--for", paramLabel = "TIME", description = "How long, like 2h; then it is automatic again.")
        String lasting;

        @Option(names = "--stay", description = "Stay there even when the server is DOWN.")
        boolean stay;

        @Option(names = "--force", description = "Also to a server that is not UP, or over a foreign route.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            int to = words.size() - 2;
            if (to < 1 || !words.get(to).equals("to") || words.subList(0, to).contains("to")) {
                throw usage("write it as: reroute SERVICE... to SERVER");
            }
            return tell(operations().move(words.subList(0, to), words.getLast(), stay, request(lasting, force)),
                    "nothing to do");
        }
    }

    @Command(name = "release", description = "Gives a prefix or service back to automatic.")
    static final class Release extends Moving {

        @Parameters(paramLabel = "PREFIX|SERVICE")
        String what;

        @Override
        public Integer call() throws Exception {
            return tell(operations().release(what, request(null, false)), "nothing to do");
        }
    }

    @Command(name = "drain", description = "Takes all services off a server and keeps them off.")
    static final class Drain extends Moving {

        @Parameters(paramLabel = "SERVER")
        String name;

        @Option(names = "--from", paramLabel = "MOMENT", description = "When it begins, like \"2026-12-01 02:00\"; needs --for.")
        String from;

        @Option(names = "--for", paramLabel = "TIME", description = "How long, like 2h; then it is undrained.")
        String lasting;

        @Option(names = "--force", description = "Even where a service has nowhere else to go.")
        boolean force;

        @Option(names = "--wait", arity = "0..1", fallbackValue = "1h", paramLabel = "TIME", description = "Wait until its last connection has ended; at most this long (1h).")
        String wait;

        @Override
        public Integer call() throws Exception {
            if (from != null && wait != null) {
                throw usage("--wait is for a drain that begins now; take --from or --wait away");
            }
            if (from != null) {
                return later();
            }
            if (wait == null || dryRun) {
                return told(operations().drain(name, request(lasting, force), Optional.empty()));
            }
            ConnectionWait waiting = new ConnectionWait(duration("--wait", wait), this::told, this::aside);
            DrainReport report = operations().drain(name, request(lasting, force), Optional.of(waiting));
            return report.left().map(left -> waiting.end(left)).orElse(waiting.code());
        }

        private int told(DrainReport report) throws IOException {
            List<String> unread = report.unread();
            String now = (unread.isEmpty() ? " carries nothing; it" : "") + " is in maintenance now";
            int code = tell(report.moves(),
                    report.server() + (dryRun ? " carries nothing; it would only be in maintenance" : now));
            if (!unread.isEmpty()) {
                complain(String.join(", ", unread) + " cannot be read, so nobody knows"
                        + " what it still sends to " + report.server() + "; 'reroute status' tells why");
            }
            return code == ExitCodes.DONE && !unread.isEmpty() ? ExitCodes.UNREACHABLE : code;
        }

        private int later() throws Exception {
            if (lasting == null) {
                throw usage("--from needs --for: how long the maintenance lasts, like --for 2h");
            }
            MaintenanceReport report = operations().planMaintenance(name, begins(), request(lasting, force));
            tell(() -> MaintenanceText.json(report.window()), () -> MaintenanceText.lines(report));
            return ExitCodes.DONE;
        }

        private Instant begins() {
            Instant begins;
            try {
                begins = MomentText.parse(from, ZoneId.systemDefault());
            } catch (IllegalArgumentException e) {
                throw usage("--from", e);
            }
            if (!begins.isAfter(Instant.now())) {
                throw usage("--from: " + MomentText.text(begins) + " is over; without --from it begins now");
            }
            if (begins.isAfter(Instant.now().plus(FARTHEST))) {
                throw usage("--from: " + MomentText.text(begins) + " is more than five years away");
            }
            return begins;
        }
    }

    @Command(name = "undrain", description = "Ends a maintenance, or cancels planned ones; services return home after their soak.")
    static final class Undrain extends Moving {

        @Parameters(paramLabel = "SERVER")
        String name;

        @Override
        public Integer call() throws Exception {
            UndrainReport report = operations().undrain(name, request(null, false));
            if (report.cancelled().isEmpty()) {
                return tell(report.moves(), report.server() + (report.was()
                        ? " may carry services again"
                        : " is in no maintenance; there is nothing to end"));
            }
            tell(() -> MaintenanceText.json(report.cancelled()), () -> MaintenanceText.cancelled(report));
            return ExitCodes.DONE;
        }
    }

    @Command(name = "undo", description = "Withdraws the last wish made by hand.")
    static final class Undo extends Moving {

        @Option(names = "--force", description = "From the account that the daemon runs as: another's wish, too.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            UndoReport report = operations().undo(request(null, force),
                    about -> aside((about.dryRun() ? "would undo: " : "undoing: ") + about.intent()));
            int code = tell(report.moves(), "nothing had to be moved");
            aside((dryRun ? "then: " : "now: ") + report.holds());
            return code;
        }
    }
}
