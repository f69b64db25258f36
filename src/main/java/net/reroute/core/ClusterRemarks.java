package net.reroute.core;

/** Remarks about the controllers that stand in for each other. */
public sealed interface ClusterRemarks extends Remark {

    @Override
    default String subject() {
        return "cluster";
    }

    /**
     * Another member leads.
     *
     * @param why one clause; empty if that is not known
     */
    record LeaderElected(String member, long epoch, String why) implements ClusterRemarks {

        @Override
        public String kind() {
            return "leader";
        }

        @Override
        public String text() {
            return member + " leads (epoch " + epoch + ")" + (why.isEmpty() ? "" : ": " + why);
        }
    }

    /** A member joined, or was removed, or was invited. */
    record MembershipChanged(Actor actor, String member, String what) implements ClusterRemarks {

        @Override
        public String kind() {
            return "member";
        }

        @Override
        public String text() {
            return member + " " + what + " by " + actor;
        }

        @Override
        public boolean isWarning() {
            return false;
        }
    }

    /** Records that the others do not have were set aside with the journal of a member that had led alone. */
    record RecordsSetAside(String member, String what) implements ClusterRemarks {

        @Override
        public String kind() {
            return "set-aside";
        }

        @Override
        public String text() {
            return member + ": " + what;
        }
    }
}
