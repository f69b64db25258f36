package net.reroute.core;

/** What was seen of routers. */
public sealed interface RouterRemarks extends Remark {

    /** Its name. */
    String router();

    @Override
    default String subject() {
        return router();
    }

    /** It answers again. */
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
     * It cannot be worked with.
     *
     * @param refused it answers, and lets nobody in
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

    /** It does not tell by itself what happens to its routes. */
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

    /** Its configuration was changed and could not be saved. */
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
