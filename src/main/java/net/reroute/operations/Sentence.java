package net.reroute.operations;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.reroute.core.Durations;

/**
 * A sentence with points in time in it. It stays true while time passes: a reader that shows it for long shows new ages
 * without asking again.
 */
public record Sentence(List<Part> parts) {

    public static final Sentence NOTHING = new Sentence(List.of());

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    public sealed interface Part {

        /** For people, at a point in time. */
        String text(Instant now);
    }

    /** Text that does not change. */
    public record Words(String words) implements Part {
        @Override
        public String text(Instant now) {
            return words;
        }
    }

    /** AGO: "19s ago". AGE: "19s". IN: "in 44s". CLOCK: "18:12". */
    public enum Form {
        AGO, AGE, IN, CLOCK
    }

    /** A point in time, seen from now. */
    public record Moment(Form form, Instant at) implements Part {
        @Override
        public String text(Instant now) {
            return switch (form) {
                case AGO -> Durations.age(at, now) + " ago";
                case AGE -> Durations.age(at, now);
                case IN -> at.isAfter(now) ? "in " + Durations.age(now, at) : "now";
                case CLOCK -> clock(now);
            };
        }

        private String clock(Instant now) {
            ZoneId zone = ZoneId.systemDefault();
            boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
            return (today ? HOUR : DAY).withZone(zone).format(at);
        }
    }

    public Sentence {
        parts = List.copyOf(parts);
    }

    public static Sentence of(String words) {
        return NOTHING.then(words);
    }

    public Sentence then(String words) {
        return words.isEmpty() ? this : with(new Words(words));
    }

    public Sentence then(Sentence more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more.parts);
        return new Sentence(all);
    }

    public Sentence ago(Instant at) {
        return with(new Moment(Form.AGO, at));
    }

    public Sentence age(Instant at) {
        return with(new Moment(Form.AGE, at));
    }

    public Sentence in(Instant at) {
        return with(new Moment(Form.IN, at));
    }

    public Sentence clock(Instant at) {
        return with(new Moment(Form.CLOCK, at));
    }

    private Sentence with(Part part) {
        List<Part> all = new ArrayList<>(parts);
        all.add(part);
        return new Sentence(all);
    }

    /** This, a semicolon, and more; just one of them if the other is empty. */
    public Sentence and(Sentence more) {
        if (isEmpty() || more.isEmpty()) {
            return isEmpty() ? more : this;
        }
        return then("; ").then(more);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** For people, at a point in time. */
    public String text(Instant now) {
        return parts.stream().map(p -> p.text(now)).collect(Collectors.joining());
    }
}
