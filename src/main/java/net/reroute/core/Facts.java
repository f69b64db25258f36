package net.reroute.core;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was learnt and will be needed again. Nobody reads of these. */
public sealed interface Facts extends Record {

    /** An interface of a server. */
    record Leg(String server, String on) {}

    /** A service on a router. */
    record At(String router, String service) {}

    /**
     * Where a router was last seen to send a service.
     *
     * @param servers by the inventory of then
     * @param shown in the router's own terms, which stay what they are when an admin renames a server
     */
    record Shown(List<String> servers, List<String> shown) {

        public static final Shown NOWHERE = new Shown(List.of(), List.of());
    }

    /** A move that was about to be typed. */
    record Begun(List<String> to, String reason) {}

    /** A health without its evidence. */
    record Settled(Health.State state, Instant since) {}

    /**
     * What is kept in the words of whoever put it there. PLAY: playbooks under way. JOB: the last run of what recurs.
     * OUTBOX: what people are still to be told. PROBLEM: what they were told of and is not over. CERTIFICATE: when it was
     * last told of one that will expire.
     */
    enum Shelf {
        PLAY, JOB, OUTBOX, PROBLEM, CERTIFICATE
    }

    @Override
    default boolean isQuiet() {
        return true;
    }

    /** Where a router sends a service, verified or adopted. */
    record RouteSeen(At at, Shown shown) implements Facts {

        @Override
        public String kind() {
            return "seen";
        }

        @Override
        public String subject() {
            return at.service();
        }

        @Override
        public String text() {
            return at.router() + ": "
                    + (shown.servers().isEmpty() ? "none of its servers" : String.join("+", shown.servers()));
        }
    }

    /** Next hops that are ours wherever they are found for a service. */
    record HopsOwned(String service, List<Address> hops) implements Facts {

        @Override
        public String kind() {
            return "owned";
        }

        @Override
        public String subject() {
            return service;
        }

        @Override
        public String text() {
            return hops.stream().map(Address::toString).collect(Collectors.joining("+"));
        }
    }

    /** Lines that were taken out of a configuration, to be written again as they were, by next hop. */
    record LinesKept(At at, Map<Address, String> lines) implements Facts {

        @Override
        public String kind() {
            return "kept";
        }

        @Override
        public String subject() {
            return at.service();
        }

        @Override
        public String text() {
            return at.router() + ": " + String.join("; ", lines.values());
        }
    }

    /** @param at who has taken over the server's next hop; empty if it is its own again */
    record NextHopHeld(String server, Optional<String> at) implements Facts {

        @Override
        public String kind() {
            return "next-hop";
        }

        @Override
        public String subject() {
            return server;
        }

        @Override
        public String text() {
            return "the next hop of " + server + " is at " + at.orElse(server);
        }
    }

    /** The hardware address of a server's interface. */
    record HardwareLearned(Leg leg, HardwareAddress address) implements Facts {

        @Override
        public String kind() {
            return "hardware";
        }

        @Override
        public String subject() {
            return leg.server();
        }

        @Override
        public String text() {
            return leg.on() + " has " + address;
        }
    }

    /**
     * A check found a server UP or DOWN that was not so before.
     *
     * @param said by the last check
     */
    record HealthChanged(Target target, Settled settled, String said) implements Facts {

        @Override
        public String kind() {
            return "health";
        }

        @Override
        public String subject() {
            return target.server();
        }

        @Override
        public String text() {
            return target + " is " + settled.state() + " (" + said + ")";
        }
    }

    /** Something is put down, in the words of whoever will want it back. */
    record NoteKept(Shelf shelf, String id, String note) implements Facts {

        @Override
        public String kind() {
            return "note";
        }

        @Override
        public String subject() {
            return id;
        }

        @Override
        public String text() {
            return shelf.name().toLowerCase(Locale.ROOT) + " kept";
        }
    }

    /** Notes are needed no more. */
    record NotesDropped(Shelf shelf, List<String> ids) implements Facts {

        @Override
        public String kind() {
            return "note";
        }

        @Override
        public String subject() {
            return String.join(" ", ids);
        }

        @Override
        public String text() {
            return shelf.name().toLowerCase(Locale.ROOT) + " dropped";
        }
    }
}
