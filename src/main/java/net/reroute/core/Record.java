package net.reroute.core;

/**
 * One fact in the journal. The state is the fold of all records by {@link RecordedState#apply}; the log, events,
 * history and undo use their fields.
 */
public sealed interface Record permits Intents, Moves, Assignments, Facts, Sightings, Remark, Milestone, Earlier {

    /** The kind of row, as 'history' shows it. */
    String kind();

    /** The service, server, router or playbook concerned; empty if it concerns everything. */
    String subject();

    /** One sentence. */
    String text();

    /** The cause of this fact. */
    default Actor actor() {
        return new Actor.Program();
    }

    /** True if an admin should look at it. */
    default boolean isWarning() {
        return false;
    }

    /** True if the fact is recorded only to be remembered, and not shown in log or history. */
    default boolean isQuiet() {
        return false;
    }
}
