package net.reroute.operations;

/**
 * The last intent was taken back.
 *
 * @param holds what is in force instead, for people
 */
public record UndoReport(MoveReport moves, String holds) {

    /**
     * What is about to be undone.
     *
     * @param intent what was asked for, by whom and how long ago
     */
    public record About(String intent, boolean dryRun) {}
}
