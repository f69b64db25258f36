package net.reroute.core;

import java.util.List;

/** Where a way to redirect shows a service, in terms of its servers. */
public sealed interface Seen {

    /** Its servers that carry it there; empty if none of them do. */
    List<String> servers();

    /** What is there in its own terms, for people: next hops, and the like. */
    List<String> shown();

    /** Why it may not be touched, or what is odd about it; empty if nothing is. */
    default String remark() {
        return "";
    }

    /** Nobody gets its traffic. */
    record Nobody() implements Seen {

        @Override
        public List<String> servers() {
            return List.of();
        }

        @Override
        public List<String> shown() {
            return List.of();
        }
    }

    /**
     * At some of its servers.
     *
     * @param marked whether it carries a mark that nobody but reroute writes
     */
    record At(List<String> servers, List<String> shown, boolean marked) implements Seen {}

    /**
     * Somewhere that is none of its servers.
     *
     * @param shown empty where it leads nowhere; then it is left also by force
     * @param what in words
     * @param marked as above
     * @param ours whether it is somewhere that reroute brought it once
     */
    record Foreign(List<String> shown, String what, boolean marked, boolean ours) implements Seen {

        @Override
        public List<String> servers() {
            return List.of();
        }

        @Override
        public String remark() {
            return shown.isEmpty() ? "has a route without a next hop" : "";
        }
    }

    /**
     * It belongs to somebody who would write it back, or could not be put back as it was.
     *
     * @param why a clause, as "is owned by FRR"
     */
    record Owned(List<String> servers, List<String> shown, String why) implements Seen {

        @Override
        public String remark() {
            return why;
        }
    }
}
