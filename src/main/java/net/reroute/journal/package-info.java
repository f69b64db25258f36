/**
 * The append-only journal of records, chained by hashes; a start restores the state from it. Uses core only. No other
 * package uses SQLite. Begin with {@link net.reroute.journal.Journal}; {@link net.reroute.journal.Chain} has the hash
 * chain, and {@link net.reroute.journal.Trust} the state that follows from the rows.
 */
package net.reroute.journal;
