package net.reroute.journal;

import java.time.Instant;

/** A row before it has its place; see {@link Entry} for the fields. */
public record Draft(Instant at, String kind, String actor, String subject, String text, String detail) {

    Entry entry(long id) {
        return new Entry(id, at, kind, actor, subject, text, detail);
    }
}
