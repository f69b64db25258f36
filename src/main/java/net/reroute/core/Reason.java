package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reason for a decision. Code compares the values; people read {@link #text}. */
public sealed interface Reason {

    /** One sentence without a full stop, as the journal shows it. */
    String text();

    /** No better server is available. */
    record AtHome() implements Reason {
        @Override
        public String text() {
            return "at home";
        }
    }

    /** An admin pinned the service. It is where the pin says, or as close as possible. */
    record Pinned(Attribution by) implements Reason {
        @Override
        public String text() {
            return "pinned " + by;
        }
    }

    /** An admin pinned the service to a server, and it moves there. */
    record PinnedTo(String server, Attribution by) implements Reason {
        @Override
        public String text() {
            return "pinned to " + server + " " + by;
        }
    }

    /** An admin pinned the service to a server regardless of the server's health. */
    record PinnedToStay(String server, Attribution by) implements Reason {
        @Override
        public String text() {
            return "pinned to stay at " + server + " " + by;
        }
    }

    /** The service gets its first route. This happens only if an admin asks for it. */
    record FirstPlaced(Optional<Attribution> by) implements Reason {
        @Override
        public String text() {
            return "first placed " + by.map(Attribution::toString).orElse("by hand");
        }
    }

    /** No router shows a route, so there is nothing to move. */
    record NoRoute(Prefix prefix) implements Reason {
        @Override
        public String text() {
            return "no route for " + prefix + " has been seen";
        }
    }

    /**
     * None of its services or backends was seen.
     *
     * @param what records or backends
     */
    record NoneSeen(String name, String what) implements Reason {
        @Override
        public String text() {
            return "no " + what + " of " + name + " have been seen";
        }
    }

    /**
     * None is left. A name or a switch without any would help nobody, so all stay listed.
     *
     * @param announced true if sites announce it
     */
    record AllListed(List<Loss> lost, boolean announced) implements Reason {
        @Override
        public String text() {
            return Loss.text(lost) + "; none is left, so all "
                    + (announced ? "announce it, as a last resort" : "are listed");
        }
    }

    /**
     * No router shows a route, and one of them cannot be read.
     *
     * @param seen what was seen where it could be read
     * @param why the router's last error
     */
    record NoRouteRead(Reason seen, String router, String why) implements Reason {
        @Override
        public String text() {
            return seen.text() + ", and " + router + " cannot be read: " + why;
        }
    }

    /** The service was found where somebody else routed it, and stays there until it is released. */
    record FoundThere() implements Reason {
        @Override
        public String text() {
            return "found there and kept until released";
        }
    }

    /** The home is fit again, but the inventory leaves the return to an admin. */
    record ManualFailback() implements Reason {
        @Override
        public String text() {
            return "failback is manual";
        }
    }

    /**
     * Preferred servers are not ready yet.
     *
     * @param servers in order of preference; at least one
     */
    record NotReady(List<Unready> servers) implements Reason {
        @Override
        public String text() {
            return servers.stream().map(Unready::text).collect(Collectors.joining(", "));
        }

        /** True if this calls the server unfit, and not only soaking. */
        public boolean saysUnfit(String server) {
            return servers.getFirst().server().equals(server) && !(servers.getFirst() instanceof Unready.Soaking);
        }
    }

    /** The service returns to a preferred server. */
    record BackHome(String server, Duration up) implements Reason {
        @Override
        public String text() {
            return "back home: " + server + " is UP for " + Durations.text(up);
        }
    }

    /** A name lists another service, since it is much less busy than one that is listed. */
    record LessBusy(String service, double load) implements Reason {
        @Override
        public String text() {
            return service + " is less busy, its load is " + Math.round(load * 100) / 100.0;
        }
    }

    /** A service that several servers share gets more servers. */
    record ShareFilled(int share) implements Reason {
        @Override
        public String text() {
            return "share of " + share + " is filled up";
        }
    }

    /** Members of a list can serve again. */
    record Joined(List<String> members) implements Reason {
        @Override
        public String text() {
            return String.join("+", members) + (members.size() == 1 ? " is" : " are") + " UP again";
        }
    }

    /** A name lists more services than it should. */
    record ShareKept(int share) implements Reason {
        @Override
        public String text() {
            return "no more than " + share + " are to be listed";
        }
    }

    /**
     * Servers that carry the service must stop doing so.
     *
     * @param next servers that start to carry it; empty if the remaining ones are enough
     * @param kept servers that go on carrying it
     */
    record Replaced(List<Loss> lost, List<Successor> next, List<String> kept) implements Reason {
        @Override
        public String text() {
            String on = kept.size() == 1 ? " carries on" : " carry on";
            return Loss.text(lost) + "; " + (next.isEmpty()
                    ? String.join("+", kept) + on
                    : next.stream().map(Successor::text).collect(Collectors.joining("+")) + " is next");
        }
    }

    /**
     * Servers that carry the service must stop doing so, and no other server can take over.
     *
     * @param left the servers where the route stays
     */
    record NowhereToGo(List<Loss> lost, NoSuccessor why, List<String> left) implements Reason {
        @Override
        public String text() {
            return Loss.text(lost) + "; " + why.text() + ", left at " + String.join("+", left);
        }
    }

    /**
     * All servers failed at once, so the fault was probably on the controller's side. The servers get time to answer
     * again.
     */
    record OutOfSight() implements Reason {
        @Override
        public String text() {
            return "every server was out of sight until just now; waiting who comes back";
        }
    }

    /** Just after a start, a server without a verdict could still be the better choice. */
    record FirstVerdicts() implements Reason {
        @Override
        public String text() {
            return "waiting for the first verdict of every server";
        }
    }

    /** An admin paused the daemon; otherwise it would move the service. */
    record Paused(Attribution by, String arrow, Reason would) implements Reason {
        @Override
        public String text() {
            return "paused " + by + "; would move " + arrow + ": " + would.text();
        }
    }

    /**
     * A playbook objects to the move, or has not answered yet.
     *
     * @param text the playbook's words
     */
    record Vetoed(String text) implements Reason {}

    /**
     * A server that takes over.
     *
     * @param setAside true if it is set aside, and chosen only because there is no other
     */
    record Successor(String server, boolean setAside) {
        String text() {
            return server + (setAside ? " (set aside, and all there is)" : "");
        }
    }
}
