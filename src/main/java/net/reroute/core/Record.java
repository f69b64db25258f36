package net.reroute.core;

/**
 * One fact, as the journal keeps it. What is so now is the fold of all of them by {@link RecordedState#apply}; the log, events,
 * history and undo read their fields.
 */
public sealed interface Record permits Intents, Moves, Assignments, Facts, Remark, Milestone, Earlier {

    /** What kind of row it is, as 'history' shows it. */
    String kind();

    /** The service, server, router or playbook that it is about; empty if it is about all. */
    String subject();

    /** One sentence. */
    String text();

    /** Who caused it. */
    default Actor actor() {
        return new Actor.Program();
    }

    /** True if somebody should look at it. */
    default boolean isWarning() {
        return false;
    }

    /** True for what is written down to be remembered, and is no news to anybody. */
    default boolean isQuiet() {
        return false;
    }
}
