package net.reroute.journal;

import java.time.Instant;
import net.reroute.core.Lines;

/** A row before it has its place; see {@link Entry} for the fields. */
public record Draft(Instant at, String kind, String actor, String subject, String text, String detail) {

    /** Far more than any sentence has. */
    private static final int LONGEST = 16_000;

    public Draft {
        actor = Lines.one(actor);
        subject = Lines.one(subject);
        text = Lines.one(text, LONGEST);
    }

    Entry entry(long id) {
        return new Entry(id, at, kind, actor, subject, text, detail);
    }
}
