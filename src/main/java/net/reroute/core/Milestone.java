package net.reroute.core;

/** A row of the journal about itself, which says anew all that is so: what came before it need not be read. */
public sealed interface Milestone extends Record {

    /** What is so after all rows up to here, as far as it is known. */
    RecordedState state();

    /** The row that it is about: the last one forgotten, or the one that this is chained to. */
    long upTo();

    /** The hash of that row. */
    String hash();

    @Override
    default String subject() {
        return "journal";
    }

    /** What is so, said again so that a start is quick. */
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

    /** Rows up to one are forgotten. */
    record RowsForgotten(long upTo, String hash, RecordedState state, String text) implements Milestone {

        @Override
        public String kind() {
            return "pruned";
        }
    }

    /** The journal was damaged, or somebody changed it. */
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
