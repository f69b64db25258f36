package net.reroute.core;

/** A journal row that contains the complete state. Reading can start here; earlier rows are not needed. */
public sealed interface Milestone extends Record {

    /** The state after all rows up to here, as far as it is known. */
    RecordedState state();

    /** The id of the last row forgotten, or of the row that this one is chained to. */
    long upTo();

    /** The hash of that row. */
    String hash();

    @Override
    default String subject() {
        return "journal";
    }

    /** Repeats the state, so that a start is quick. */
    record StateSaid(long upTo, String hash, RecordedState state, String text) implements Milestone {

        @Override
        public String kind() {
            return "state";
        }

        @Override
        public boolean isQuiet() {
            return true;
        }
    }

    /** Rows up to {@code upTo} were deleted, being too old. */
    record RowsForgotten(long upTo, String hash, RecordedState state, String text) implements Milestone {

        @Override
        public String kind() {
            return "pruned";
        }
    }

    /** The journal was damaged or changed by somebody else. */
    record DamageFound(long upTo, String hash, RecordedState state, String text) implements Milestone {

        @Override
        public String kind() {
            return "damage";
        }

        @Override
        public boolean isWarning() {
            return true;
        }
    }
}
