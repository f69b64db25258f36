package net.reroute.core;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Facts that are recorded to be remembered. Logs and history do not show them. */
public sealed interface Facts extends Record {

    /** An interface of a server. */
    record Leg(String server, String on) {}

    /** A service on a router. */
    record RouterService(String router, String service) {}

    /**
     * The servers to which a router last sent a service.
     *
     * @param servers names, by the inventory of that time
     * @param shown next hops in the router's own terms; renaming a server does not change these
     */
    record Shown(List<String> servers, List<String> shown) {

        public Shown {
            servers = List.copyOf(servers);
            shown = List.copyOf(shown);
        }

        public static final Shown NOWHERE = new Shown(List.of(), List.of());
    }

    /** A move that was about to be typed. */
    record Begun(List<String> to, String reason) {

        public Begun {
            to = List.copyOf(to);
        }
    }

    /** A health without its evidence. */
    record Settled(Health.State state, Instant since) {}

    /**
     * The kinds of notes. The text of a note belongs to the code that wrote it. PLAY: playbooks that are running. JOB:
     * the last run of a scheduled playbook. OUTBOX: notifications not yet delivered. PROBLEM: alerts not yet resolved.
     * CERTIFICATE: the last warning about a certificate.
     * ROUTE_MAP: an admin's route-map of the line that announces a prefix. FLOWS: routers that keep connections.
     * TOKEN: who may use the page and the API. CLUSTER: members, invitations and the last leader.
     */
    enum Shelf {
        PLAY, JOB, OUTBOX, PROBLEM, CERTIFICATE, ROUTE_MAP, FLOWS, TOKEN, CLUSTER
    }

    @Override
    default boolean isQuiet() {
        return true;
    }

    /** The servers to which a router sends a service, verified or adopted. */
    record RouteSeen(RouterService at, Shown shown) implements Facts {

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

    /** Next hops that count as reroute's own wherever they are found for this service. */
    record HopsOwned(String service, List<Address> hops) implements Facts {

        public HopsOwned {
            hops = List.copyOf(hops);
        }

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

    /** Configuration lines that reroute removed, by next hop. They are restored unchanged. */
    record LinesKept(RouterService at, Map<Address, String> lines) implements Facts {

        public LinesKept {
            lines.values().forEach(Objects::requireNonNull);
        }

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

    /** @param at the server that has taken over the next hop; empty if it is back at its own server */
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
     * A check turned a server UP or DOWN.
     *
     * @param said the text of the last result
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

    /** Stores a note, or replaces the one with this id. */
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

    /** Removes notes. */
    record NotesDropped(Shelf shelf, List<String> ids) implements Facts {

        public NotesDropped {
            ids = List.copyOf(ids);
        }

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
