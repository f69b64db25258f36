package net.reroute.core;

/** Remarks about routers. */
public sealed interface RouterRemarks extends Remark {

    /** The router's name. */
    String router();

    @Override
    default String subject() {
        return router();
    }

    /** The router answers again. */
    record RouterBack(String router) implements RouterRemarks {

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String kind() {
            return "router-back";
        }

        @Override
        public String text() {
            return "reachable again";
        }
    }

    /**
     * The router cannot be used.
     *
     * @param refused true: it answered but refused the login or a command; false: it did not answer
     */
    record RouterLost(String router, boolean refused, String why) implements RouterRemarks {

        @Override
        public String kind() {
            return refused ? "router-refused" : "router-unreachable";
        }

        @Override
        public String text() {
            return why;
        }
    }

    /** The router does not report changes of its routes by itself. */
    record RouterUnwatched(String router, String why) implements RouterRemarks {

        @Override
        public String kind() {
            return "unwatched";
        }

        @Override
        public String text() {
            return why + "; what others change there is seen at the next look, and not at once";
        }
    }

    /** The router's configuration was changed but could not be saved. */
    record NotSaved(String router, String why) implements RouterRemarks {

        @Override
        public String kind() {
            return "not-saved";
        }

        @Override
        public String text() {
            return why;
        }
    }
}
