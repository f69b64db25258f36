package net.reroute.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.reroute.core.Login.Secret;

/**
 * A device whose static routes are changed.
 *
 * @param name as in the inventory
 * @param dialect name of the dialect; {@code linux} and {@code arp} need no file
 * @param login how to log in
 * @param table the routing table or VRF, if not the main one
 * @param session whether the session stays open
 * @param cli settings for a router with a command line; empty for Linux and the LAN
 * @param appliance what it is, if it is no router
 * @param marks by which it knows whose a connection is
 */
public record RouterSpec(String name, String dialect, Login login, Optional<String> table, SessionKeeping session,
        Optional<Cli> cli, Optional<Appliance> appliance, FlowMarks marks) {

    private static final Login NO_LOGIN = new Login("", 0, "", Optional.empty(), false, Optional.empty(), Path.of(""),
            Optional.empty(), false, false);

    public RouterSpec(String name, String dialect, Login login, Optional<String> table, SessionKeeping session,
            Optional<Cli> cli) {
        this(name, dialect, login, table, session, cli, Optional.empty(), FlowMarks.DEFAULT);
    }

    private RouterSpec(String name, String dialect, Appliance appliance) {
        this(name, dialect, NO_LOGIN, Optional.empty(), SessionKeeping.WARM, Optional.empty(), Optional.of(appliance),
                FlowMarks.DEFAULT);
    }

    /**
     * WARM: stays open, so that a change needs no login. PER_MOVE: closed after every use, for devices with few lines.
     */
    public enum SessionKeeping {
        WARM, PER_MOVE
    }

    /** When the running configuration is saved as the startup configuration. */
    public enum Save {
        NEVER, AFTER_MOVE, DAILY
    }

    /**
     * @param dialect commands and patterns
     * @param enable where the password for privileged mode is read
     * @param save when to save
     * @param distance administrative distance of reroute's routes; lower than that of the admin's routes, which then
     *     stay untouched
     * @param quiet a login is complete once the device has been silent for this long after its prompt
     */
    public record Cli(Dialect dialect, Optional<Secret> enable, Save save, Optional<Integer> distance,
            Duration quiet) {

        Cli with(Dialect other) {
            return new Cli(other, enable, save, distance, quiet);
        }

        Cli with(Optional<Secret> otherEnable) {
            return new Cli(dialect, otherEnable, save, distance, quiet);
        }
    }

    /** The servers' LAN, for takeovers: handled like a router, but without a login. */
    public static final RouterSpec LAN = new RouterSpec(Takeover.LAN, "arp", NO_LOGIN, Optional.empty(),
            SessionKeeping.WARM, Optional.empty());

    /** The zone, if this stands for its name servers. */
    public Optional<Zone> zone() {
        return appliance.filter(Zone.class::isInstance).map(Zone.class::cast);
    }

    /** True if looking costs next to nothing. A command line takes seconds to show a large configuration. */
    public boolean isCheapToRead() {
        return cli.isEmpty() && appliance.filter(BgpSites.class::isInstance).map(BgpSites.class::cast)
                .map(b -> b.speakers().values().stream().allMatch(RouterSpec::isCheapToRead)).orElse(true);
    }

    /** The name in the inventory of what an appliance is made of, without the kind of appliance before it. */
    public String plainName() {
        return name.substring(name.indexOf(':') + 1);
    }

    /** A TCP switch of the daemon. */
    public static RouterSpec of(String name, SwitchSpec spec) {
        return new RouterSpec("switch:" + name, "switch", spec);
    }

    /** The BGP speakers of a service. */
    public static RouterSpec of(String service, BgpSites sites) {
        return new RouterSpec("bgp:" + service, "bgp", sites);
    }

    /** A speaker that is no router of the inventory. */
    public static RouterSpec of(String name, GobgpSpec spec) {
        return new RouterSpec(name, "gobgp", spec);
    }

    /** The name servers of a zone. */
    public static RouterSpec of(Zone zone) {
        return new RouterSpec(zone.device(), "dns", zone);
    }

    /** This router with the dialect object of another one, if both dialects are written alike. */
    RouterSpec sharing(RouterSpec other) {
        Optional<Cli> shared = cli.map(c -> c.with(other.cli.map(Cli::dialect)
                .filter(d -> d.toString().equals(c.dialect().toString())).orElse(c.dialect())));
        return new RouterSpec(name, dialect, login, table, session, shared, appliance, marks);
    }

    /** This router with another login and enable password. */
    public RouterSpec at(Login other, Optional<Secret> enable) {
        return new RouterSpec(name, dialect, other, table, session, cli.map(c -> c.with(enable)), appliance, marks);
    }

    /** This router with other marks. */
    public RouterSpec with(FlowMarks others) {
        return new RouterSpec(name, dialect, login, table, session, cli, appliance, others);
    }
}
