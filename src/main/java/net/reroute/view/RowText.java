package net.reroute.view;

import java.time.Instant;
import java.time.ZoneId;
import net.reroute.core.Decision;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Outcome;
import net.reroute.journal.JournalRow;
import net.reroute.journal.RecordJson;

/** A row of the journal in brief. */
public final class RowText {

    /** In seconds: what a failure causes comes within it. */
    private static final long MOMENT = 10;

    private RowText() {}

    /** What happened, without what every row of its kind has: answers of routers, phases. */
    public static String brief(JournalRow row) {
        return move(row.detail().contains("\"MoveEnded\"") ? read(row) : null, sentence(row));
    }

    private static Object read(JournalRow row) {
        try {
            return RecordJson.read(row);
        } catch (IllegalArgumentException e) {
            return null; // of a later version, or damaged; its text stands for it
        }
    }

    private static String move(Object record, String otherwise) {
        if (!(record instanceof MoveEnded move)) {
            return otherwise;
        }
        String text = String.join("+", move.from()).isEmpty() ? "nowhere" : String.join("+", move.from());
        String arrow = move.service() + " " + text + " -> " + String.join("+", move.to());
        if (move.isShown()) {
            return "would move " + arrow + ": " + move.reason();
        }
        return move.made() == Outcome.Made.ALL ? arrow + in(move) + ": " + move.reason() : otherwise;
    }

    private static String in(MoveEnded move) {
        double all = move.phases().values().stream().mapToDouble(Double::doubleValue).sum();
        String planned = move.decision() == Decision.Kind.PLANNED ? ", planned" : "";
        return move.phases().isEmpty() ? planned : planned + ", " + Math.round(all) + " ms";
    }

    /** The same for rows that say the same of different services or servers within a moment. */
    static String alike(JournalRow row) {
        String text = row.detail().contains("\"MoveEnded\"") && read(row) instanceof MoveEnded move
                ? move.from() + ">" + move.to() + move.reason()
                : row.text();
        String steady = row.subject().isEmpty() ? text : text.replace(row.subject(), "");
        return row.kind() + row.at().getEpochSecond() / MOMENT + steady;
    }

    /** What a row says, with its subject. */
    static String sentence(JournalRow row) {
        boolean named = !row.kind().equals("play") && row.text().contains(row.subject());
        return row.subject().isEmpty() || named ? row.text() : row.subject() + ": " + row.text();
    }

    /** Today's time, or day and time. */
    static String when(Instant at, Instant now) {
        ZoneId zone = ZoneId.systemDefault();
        String exact = MomentText.exact(at);
        boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return today ? exact.substring(exact.indexOf(' ') + 1) : exact;
    }
}
