package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a decision is as it is. Code compares the values; people read {@link #text}. */
public sealed interface Reason {

    /** One sentence without a full stop, in the words of the journal. */
    String text();

    /** Nothing is better than what is. */
    record AtHome() implements Reason {
        @Override
        public String text() {
            return "at home";
        }
    }

    /** An admin pinned the service, and it is where the pin says, or as near as can be. */
    record Pinned(Attribution by) implements Reason {
        @Override
        public String text() {
            return "pinned " + by;
        }
    }

    /** An admin pinned the service to a server, and it goes there. */
    record PinnedTo(String server, Attribution by) implements Reason {
        @Override
        public String text() {
            return "pinned to " + server + " " + by;
        }
    }

    /** An admin pinned the service to a server, whatever the server's health. */
    record PinnedToStay(String server, Attribution by) implements Reason {
        @Override
        public String text() {
            return "pinned to stay at " + server + " " + by;
        }
    }

    /** The service gets its first route; only an admin asks for that. */
    record FirstPlaced(Optional<Attribution> by) implements Reason {
        @Override
        public String text() {
            return "first placed " + by.map(Attribution::toString).orElse("by hand");
        }
    }

    /** No router showed a route, so there is nothing to move. */
    record NoRoute(Prefix prefix) implements Reason {
        @Override
        public String text() {
            return "no route for " + prefix + " has been seen";
        }
    }

    /**
     * No router showed a route, and one of them cannot be read.
     *
     * @param why what the router's last error was
     */
    record NoRouteRead(Prefix prefix, String router, String why) implements Reason {
        @Override
        public String text() {
            return new NoRoute(prefix).text() + ", and " + router + " cannot be read: " + why;
        }
    }

    /** The service was found where somebody routed it by hand, and stays there until it is released. */
    record FoundThere() implements Reason {
        @Override
        public String text() {
            return "found there and kept until released";
        }
    }

    /** The home is fit again, and the inventory says that an admin decides when to return. */
    record ManualFailback() implements Reason {
        @Override
        public String text() {
            return "failback is manual";
        }
    }

    /**
     * Servers that are preferred are not ready yet.
     *
     * @param servers in order of preference; at least one
     */
    record NotReady(List<Unready> servers) implements Reason {
        @Override
        public String text() {
            return servers.stream().map(Unready::text).collect(Collectors.joining(", "));
        }

        /** True if what this says of a server is that it is unfit, and not that its soak goes on. */
        public boolean saysUnfit(String server) {
            return servers.getFirst().server().equals(server) && !(servers.getFirst() instanceof Unready.Soaking);
        }
    }

    /** The service returns to a server that it prefers. */
    record BackHome(String server, Duration up) implements Reason {
        @Override
        public String text() {
            return "back home: " + server + " is UP for " + Durations.text(up);
        }
    }

    /** A service that several servers share gets one more. */
    record ShareFilled(int share) implements Reason {
        @Override
        public String text() {
            return "share of " + share + " is filled up";
        }
    }

    /**
     * Servers that carry the service must not any longer.
     *
     * @param next servers that come in; empty if the rest carries on
     * @param kept servers that go on
     */
    record Replaced(List<Loss> lost, List<Successor> next, List<String> kept) implements Reason {
        @Override
        public String text() {
            return Loss.text(lost) + "; " + (next.isEmpty()
                    ? String.join("+", kept) + " carries on"
                    : next.stream().map(Successor::text).collect(Collectors.joining("+")) + " is next");
        }
    }

    /**
     * Servers that carry the service must not any longer, and no other can.
     *
     * @param left where the route stays
     */
    record NowhereToGo(List<Loss> lost, NoSuccessor why, List<String> left) implements Reason {
        @Override
        public String text() {
            return Loss.text(lost) + "; " + why.text() + ", left at " + String.join("+", left);
        }
    }

    /** Failures of everything at once come from the watcher's side; the servers get time to answer again. */
    record OutOfSight() implements Reason {
        @Override
        public String text() {
            return "every server was out of sight until just now; waiting who comes back";
        }
    }

    /** Right after a start, servers without a verdict could still be better. */
    record FirstVerdicts() implements Reason {
        @Override
        public String text() {
            return "waiting for the first verdict of every server";
        }
    }

    /** An admin paused the daemon, which would move otherwise. */
    record Paused(Attribution by, String arrow, Reason would) implements Reason {
        @Override
        public String text() {
            return "paused " + by + "; would move " + arrow + ": " + would.text();
        }
    }

    /**
     * A playbook objects to the move, or has not answered yet.
     *
     * @param text in its words
     */
    record Vetoed(String text) implements Reason {}

    /** A server that takes over; one that is set aside only where there is no other. */
    record Successor(String server, boolean setAside) {
        String text() {
            return server + (setAside ? " (set aside, and all there is)" : "");
        }
    }

    /** Why no server can take over. */
    sealed interface NoSuccessor {

        String text();

        record NoneUp() implements NoSuccessor {
            @Override
            public String text() {
                return "no other server is UP";
            }
        }

        /** They may be DOWN: the next results tell. */
        record InDoubt(List<String> servers) implements NoSuccessor {
            @Override
            public String text() {
                return String.join(" and ", servers) + " in doubt, waiting for the verdict";
            }
        }

        record AllSetAside(List<String> servers) implements NoSuccessor {
            @Override
            public String text() {
                return String.join(", ", servers) + (servers.size() == 1 ? " is" : " are")
                        + " UP and set aside after a failed probe through the router";
            }
        }
    }
}
