package net.reroute.journal;

import java.time.Instant;

/**
 * One row of the journal.
 *
 * @param id from 1, without gaps
 * @param at wall clock
 * @param kind wish, begun, moved, partly-moved, not-moved, aligned, found, released, observe, drift, play, ...
 * @param actor that caused it
 * @param subject the service, server or router it is about
 * @param text one sentence
 * @param detail JSON: the fields of its record; or empty
 */
public record JournalRow(long id, Instant at, String kind, String actor, String subject, String text, String detail) {}
