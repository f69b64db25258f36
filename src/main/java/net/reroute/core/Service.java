package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Frontend.Announced;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Frontend.Routed;
import net.reroute.core.Frontend.Switched;

/**
 * What clients use, such as a prefix or a name, and the servers able to carry it. The servers of a name are services.
 *
 * @param name as in the inventory
 * @param frontend what clients use
 * @param servers names in order of preference; the first is the home
 * @param checks names of the checks that a server must pass; empty for a name, whose services have checks
 * @param routers names of the devices that redirect it
 * @param rules for moves
 * @param takeover how addresses are taken over; empty if they are not
 */
public record Service(String name, Frontend frontend, List<String> servers, List<String> checks, List<String> routers,
        Rules rules, Optional<Takeover> takeover) {

    /** A service that routers lead to a server. */
    public Service(String name, Prefix prefix, Address address, List<String> servers, List<String> checks,
            List<String> routers, Rules rules, Optional<Takeover> takeover) {
        this(name, new Routed(prefix, address, Flows.FOLLOW), servers, checks, routers, rules, takeover);
    }

    /**
     * @param policy what a planned move requires if there are several routers
     * @param share how many servers carry the prefix at once
     * @param choose how the next server is chosen
     * @param autoFailback true: return to the home automatically
     * @param soak how long a server must be UP before traffic returns to it
     * @param agree how many of several controllers have to see a server DOWN
     */
    public record Rules(Policy policy, int share, Choose choose, boolean autoFailback, Duration soak, Agree agree) {

        /** Rules by which a majority decides. */
        public Rules(Policy policy, int share, Choose choose, boolean autoFailback, Duration soak) {
            this(policy, share, choose, autoFailback, soak, Agree.MAJORITY);
        }

        /** The same rules, with a soak of at most this. */
        public Rules soakingAtMost(Duration longest) {
            return new Rules(policy, share, choose, autoFailback, soak.compareTo(longest) > 0 ? longest : soak,
                    agree);
        }
    }

    /** Of the controllers whose evidence counts at a moment. */
    public enum Agree {
        ANY, MAJORITY, ALL
    }

    /** ANY: successful routers keep the move. ALL: if one router fails, the move is put back on all. */
    public enum Policy {
        ANY, ALL
    }

    /**
     * ORDERED: the first in the listed order. SPREAD: the backup that carries the fewest services. LOAD: the one that is
     * least busy, by a check that asks for the load.
     */
    public enum Choose {
        ORDERED, SPREAD, LOAD
    }

    /** The route, or the address of a virtual server. Names and switches have none. */
    public Prefix prefix() {
        return switch (frontend) {
            case Routed routed -> routed.prefix();
            case Balanced balanced -> new Prefix(balanced.address(), balanced.address().width());
            case Announced announced -> announced.prefix();
            case DnsName dns -> throw none();
            case Switched switched -> throw none();
        };
    }

    /** The address that is looked up and probed. Names and switches have none. */
    public Address address() {
        return switch (frontend) {
            case Routed routed -> routed.address();
            case Announced announced -> announced.address();
            default -> prefix().network();
        };
    }

    private IllegalStateException none() {
        return new IllegalStateException(name + " has no prefix");
    }

    /** What becomes of connections when it moves. */
    public Flows flows() {
        return frontend instanceof Routed routed ? routed.flows() : Flows.FOLLOW;
    }

    /** The virtual server on a router; empty if it is none. */
    public Optional<Balanced> balanced() {
        return frontend instanceof Balanced balanced ? Optional.of(balanced) : Optional.empty();
    }

    /** The announcements by BGP; empty if it has none. */
    public Optional<Announced> announced() {
        return frontend instanceof Announced announced ? Optional.of(announced) : Optional.empty();
    }

    /** True if its servers hold its address. */
    public boolean isHeld() {
        return frontend instanceof Routed || frontend instanceof Announced
                || frontend instanceof Balanced balanced && balanced.direct();
    }

    /** The servers or backends that its checks are about. Those of a site stand behind its speaker. */
    public List<String> checkedMembers() {
        return frontend instanceof Announced announced
                ? announced.sites().values().stream().flatMap(List::stream).distinct().toList()
                : servers;
    }

    /** The name that clients look up; empty if they use addresses. */
    public Optional<DnsName> dnsName() {
        return frontend instanceof DnsName dns ? Optional.of(dns) : Optional.empty();
    }

    /** True if several servers carry it as equals, and never none: a name in DNS, a switch, or a virtual server. */
    public boolean isList() {
        return !(frontend instanceof Routed);
    }

    /** The switch that clients connect to; empty if they do not. */
    public Optional<Switched> switched() {
        return frontend instanceof Switched switched ? Optional.of(switched) : Optional.empty();
    }

    /** What clients use, in words: the prefix or the name. */
    public String clientsUse() {
        return switch (frontend) {
            case Routed routed -> routed.prefix().toString();
            case DnsName dns -> name;
            case Switched switched -> switched.text();
            case Balanced balanced -> balanced.text();
            case Announced announced -> announced.text();
        };
    }

    /** What a device holds for this service. */
    public String carrier() {
        return switch (frontend) {
            case Routed routed -> "route";
            case DnsName dns -> "records";
            case Switched switched -> "backends";
            case Balanced balanced -> "rules";
            case Announced announced -> "announcements";
        };
    }

    /** A clause about a device that holds nothing for this service. */
    public String absent() {
        if (isList()) {
            return "has no " + carrier() + " of " + name;
        }
        return (livesOnLan() ? "has nobody with " : "has no route for ") + prefix();
    }

    /** True if the service address is on an interface of one of the servers: then there is no router to change. */
    public boolean livesOnLan() {
        return takeover.filter(t -> t.use() == Takeover.Use.REDIRECT).isPresent();
    }

    /** True if a dead server's next hop may be taken over while a router does not answer. */
    public boolean fallsBack() {
        return takeover.filter(t -> t.use() == Takeover.Use.FALLBACK).isPresent();
    }

    /** The servers that should carry the service if all were UP: the pinned one, then the first in order. */
    public List<String> preferred(Optional<String> pinned) {
        return Stream.concat(pinned.stream(), servers.stream()).distinct().limit(rules.share()).toList();
    }

    public String home() {
        return servers.getFirst();
    }
}
