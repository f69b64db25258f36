package net.reroute.rehearsal;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.reroute.core.Assignments.Adopted;
import net.reroute.core.ClusterRemarks.MembershipChanged;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Moves.Aligned;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Outcome;
import net.reroute.core.Record;
import net.reroute.core.Text;

/** Prints what happens, as it happens, with the seconds since the start. Safe for many threads. */
public final class Narrator {

    private static final int INDENT = 9;
    private static final long BURST = 1_000_000_000L;
    /** How many lines of a kind are printed in a burst. */
    private static final int EACH = 3;

    private final PrintStream out;
    private final int width;
    private final boolean colour;
    private final long began = System.nanoTime();
    /** How many lines of a kind were left out since the last that was printed. */
    private final Map<String, Integer> more = new LinkedHashMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    private long burst = System.nanoTime();
    private boolean brief;

    public Narrator(PrintStream out, int width, boolean colour) {
        this.out = out;
        this.width = width;
        this.colour = colour;
    }

    /** Counts what happens many times within a second, as in an inventory of a thousand services. */
    synchronized void beBrief() {
        brief = true;
    }

    /** Prints a record of the controller. */
    public void event(Record record) {
        switch (record) {
            case HealthChanged health -> tell("check", health.text());
            case MoveBegun move -> tell("decided", move.text());
            case MoveEnded move when move.made() == Outcome.Made.ALL && !move.isShown() -> tell("moved", move.text());
            case MembershipChanged change -> tell("cluster", change.text());
            case Aligned aligned -> tell("note", aligned.subject() + ": " + aligned.text());
            case Adopted found when !found.isQuiet() && !found.isWarning() ->
                tell("note", found.subject() + ": " + found.text());
            default -> {
                if (!record.isQuiet()) {
                    tell("note", record.kind() + " " + record.subject() + ": " + record.text());
                }
            }
        }
    }

    /** Prints a line that a router took. */
    void typed(String router, String line) {
        tell("typed", router + " <- " + line);
    }

    /** Prints what the rehearsal does. */
    void act(String text) {
        tell("*", text);
    }

    /** Prints a text before or after the steps, wrapped to the width. */
    public synchronized void plain(String text) {
        tellMore();
        Text.wrap(text, width).forEach(out::println);
        out.flush();
    }

    /** Prints a line to be copied, never wrapped. */
    synchronized void raw(String line) {
        tellMore();
        out.println(line);
        out.flush();
    }

    synchronized void tell(String what, String text) {
        boolean over = System.nanoTime() - burst > BURST || what.equals("*") || what.equals("answers");
        if (over) {
            tellMore();
        }
        if (brief && told.merge(what, 1, Integer::sum) > EACH) {
            more.merge(what, 1, Integer::sum);
            return;
        }
        print(what, text);
    }

    private void tellMore() {
        Map<String, Integer> counts = new LinkedHashMap<>(more);
        more.clear();
        told.clear();
        burst = System.nanoTime();
        counts.forEach((what, count) -> print(what, "and " + count + " more"));
    }

    private void print(String what, String text) {
        String time = String.format(Locale.ROOT, "%6.1fs", (System.nanoTime() - began) / 1e9);
        String head = what.equals("*") ? "" : what + ": ";
        List<String> lines = Text.wrap(head + text, Math.max(20, width - INDENT));
        for (int i = 0; i < lines.size(); i++) {
            String line = (i == 0 ? time + "  " : " ".repeat(INDENT)) + lines.get(i);
            out.println(paint(what, line));
        }
        out.flush();
    }

    private String paint(String what, String line) {
        if (!colour) {
            return line;
        }
        String code = switch (what) {
            case "*" -> "1";
            case "typed" -> "36";
            case "moved", "answers" -> "32";
            case "check" -> "33";
            default -> "0";
        };
        return "\u001b[" + code + "m" + line + "\u001b[0m";
    }
}
