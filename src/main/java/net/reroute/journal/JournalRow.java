package net.reroute.journal;

import java.time.Instant;

/**
 * One row of the journal.
 *
 * @param id from 1, without gaps
 * @param at wall-clock time
 * @param kind wish, begun, moved, partly-moved, not-moved, aligned, found, released, observe, drift, play, ...
 * @param actor name of the actor that caused it
 * @param subject the service, server or router that it is about
 * @param text one sentence
 * @param detail JSON of its record; may be empty in old rows
 */
public record JournalRow(long id, Instant at, String kind, String actor, String subject, String text, String detail) {}
