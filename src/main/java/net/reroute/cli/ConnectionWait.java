package net.reroute.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.reroute.core.Durations;
import net.reroute.operations.ConnectionReport;
import net.reroute.operations.DrainReport;
import net.reroute.operations.DrainWait;

/** The lines of a wait for connections to end: one when the number changes, and one now and then. */
final class ConnectionWait implements DrainWait {

    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Prints what was moved, and returns the exit code. */
    interface Told {
        int tell(DrainReport report) throws IOException;
    }

    private final Duration longest;
    private final Told told;
    private final Predicate<String> lines;
    private int code;
    private String last = "";
    private long at;

    /** @param lines receives each line; returns false if nobody reads it */
    ConnectionWait(Duration longest, Told told, Predicate<String> lines) {
        this.longest = longest;
        this.told = told;
        this.lines = lines;
    }

    @Override
    public Duration longest() {
        return longest;
    }

    @Override
    public boolean drained(DrainReport report) throws IOException {
        code = told.tell(report);
        return code == ExitCodes.DONE;
    }

    /** The exit code of what was moved. */
    int code() {
        return code;
    }

    @Override
    public boolean left(ConnectionReport report) {
        String line = text(report);
        boolean due = !line.equals(last) || System.nanoTime() - at > SILENCE_NANOS;
        if (report.isOver() || report.isUnknown() || !due) {
            return true;
        }
        last = line;
        at = System.nanoTime();
        return lines.test(line);
    }

    private static String text(ConnectionReport report) {
        if (report.live().isEmpty()) {
            return report.server() + ": connections are being counted";
        }
        int all = report.live().values().stream().mapToInt(Integer::intValue).sum();
        return report.server() + ": " + ConnectionReport.goOn(all) + " ("
                + report.live().entrySet().stream().map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Prints the end, and returns the exit code of all. */
    int end(ConnectionReport report) {
        if (report.isUnknown()) {
            lines.test("nobody knows how many connections of " + report.server() + " go on"
                    + (report.troubles().isEmpty() ? "" : "; none are kept by " + all(report.troubles()))
                    + (report.uncounted().isEmpty() ? "" : "; none are counted by " + all(report.uncounted())));
            return ExitCodes.PARTLY;
        }
        if (!report.isOver()) {
            lines.test(text(report) + " after " + Durations.text(longest) + "; it is in maintenance all the same");
            return ExitCodes.PARTLY;
        }
        lines.test(report.server() + " has no kept connections any more");
        return ExitCodes.DONE;
    }

    private static String all(Map<String, String> reasons) {
        return reasons.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
