package net.reroute.core;

import java.util.List;
import java.util.Optional;

/** What a redirector shows of a service, in terms of servers. */
public sealed interface Seen {

    /** The service's servers that carry it there; empty if none does. */
    List<String> servers();

    /** What is there in the redirector's own terms, such as next hops. For people. */
    List<String> shown();

    /** Why it must not be changed, or what is unusual about it; empty if nothing is. */
    default String remark() {
        return "";
    }

    /** There is no route. */
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
     * At some of the service's servers.
     *
     * @param marked true if it carries a mark that only reroute writes
     * @param remark what is unusual about it, a clause; empty if nothing is
     * @param lastResort whether it is there as if no server worked, as with a shorter time to live; empty if that
     *     makes no difference
     */
    record At(List<String> servers, List<String> shown, boolean marked, String remark, Optional<Boolean> lastResort)
            implements
                Seen {

        public At(List<String> servers, List<String> shown, boolean marked) {
            this(servers, shown, marked, "", Optional.empty());
        }
    }

    /**
     * At something that is none of the service's servers.
     *
     * @param shown empty if it leads nowhere; then even {@code --force} does not change it
     * @param what description for people
     * @param marked true if it carries a mark that only reroute writes
     * @param ours true if reroute once put it there
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
     * It must not be changed: another program would write it back, or it could not be restored exactly.
     *
     * @param why a clause, such as "is owned by FRR"
     */
    record Owned(List<String> servers, List<String> shown, String why) implements Seen {

        @Override
        public String remark() {
            return why;
        }
    }
}
