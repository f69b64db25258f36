package net.reroute.core;

import java.util.List;

/** Remarks about connections that a router keeps or ends. */
public sealed interface FlowRemarks extends Remark {

    @Override
    default String kind() {
        return "flows";
    }

    /** About a router. */
    sealed interface OfRouter extends FlowRemarks {

        String router();

        @Override
        default String subject() {
            return router();
        }
    }

    /** About a server, and no problem. */
    sealed interface OfServer extends FlowRemarks {

        String server();

        @Override
        default String subject() {
            return server();
        }

        @Override
        default boolean isWarning() {
            return false;
        }
    }

    /** The router now keeps connections. */
    record FlowsSetUp(String router, List<String> services) implements OfRouter {

        public FlowsSetUp {
            services = List.copyOf(services);
        }

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String text() {
            return "knows whose connections are whose from now on, for " + Names.some(services);
        }
    }

    /** What keeps connections was not as reroute had left it, and is so again. */
    record FlowsMended(String router, String found) implements OfRouter {

        @Override
        public String kind() {
            return "drift";
        }

        @Override
        public String text() {
            return "what keeps connections was changed by somebody else and is put back: " + found;
        }
    }

    /** What kept connections was taken away. */
    record FlowsTakenDown(String router) implements OfRouter {

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String text() {
            return "what kept connections is taken away: no service needs it any more";
        }
    }

    /** The router has hardly room for more connections. */
    record FlowsCrowded(String router, long tracked, long most) implements OfRouter {

        @Override
        public String text() {
            return "tracks " + tracked + " connections and has room for " + most
                    + "; when it is full, new connections are dropped: raise net.netfilter.nf_conntrack_max there";
        }
    }

    /** The router cannot keep connections. */
    record FlowsNotKept(String router, String why) implements OfRouter {

        @Override
        public String text() {
            return "keeps no connections: " + why;
        }
    }

    /** The connections of a service that are not where its route leads are reset from now on. */
    record FlowsOver(String router, String service) implements FlowRemarks {

        @Override
        public String subject() {
            return service;
        }

        @Override
        public boolean isWarning() {
            return false;
        }

        @Override
        public String text() {
            return router + " ends the connections at servers that it has left: their patience is over";
        }
    }

    /** The connections of services at a server that is DOWN are reset from now on. */
    record FlowsEnded(String router, String server, List<String> services) implements OfServer {

        public FlowsEnded {
            services = List.copyOf(services);
        }

        @Override
        public String text() {
            return router + " ends its connections of " + Names.some(services) + ": " + server + " is DOWN";
        }
    }

    /** A server that was left has no connections any more. */
    record FlowsGone(String server, List<String> services) implements OfServer {

        public FlowsGone {
            services = List.copyOf(services);
        }

        @Override
        public String text() {
            return "has no connections any more of " + Names.some(services);
        }
    }
}
