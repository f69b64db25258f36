package net.reroute.core;

import java.nio.file.Path;
import java.util.Optional;
import net.reroute.core.Login.Secret;

/**
 * A device whose static routes are changed.
 *
 * @param name as the inventory calls it
 * @param dialect how to talk to it
 * @param login how to log in
 * @param table the routing table or VRF to work in, where it is not the main one
 * @param session whether it is kept open
 * @param cli what a router with a command line needs besides; empty for Linux
 */
public record RouterSpec(String name, String dialect, Login login, Optional<String> table, Session session,
        Optional<Cli> cli) {

    /** WARM: kept open, so that a change costs no login. PER_MOVE: closed after every use, where lines are few. */
    public enum Session {
        WARM, PER_MOVE
    }

    /** Whether the running configuration is made the one the device starts from. */
    public enum Save {
        NEVER, AFTER_MOVE, DAILY
    }

    /**
     * @param dialect its commands and patterns
     * @param enable where the password for the privileged mode is
     * @param save when to save
     * @param distance administrative distance of our routes, below the admin's own, which then stay untouched
     */
    public record Cli(Dialect dialect, Optional<Secret> enable, Save save, Optional<Integer> distance) {}

    /** The servers' LAN, where addresses are taken over: handled like a router, and nobody logs in to it. */
    public static final RouterSpec LAN = new RouterSpec(Takeover.LAN, "arp",
            new Login("", 0, "", Optional.empty(), false,
                    Optional.empty(), Path.of(""), Optional.empty(), false, false),
            Optional.empty(), Session.WARM,
            Optional.empty());

    /** The same router with the dialect of another, if that reads the same. */
    RouterSpec sharing(RouterSpec other) {
        Optional<Cli> shared = cli.map(c -> new Cli(other.cli.map(Cli::dialect)
                .filter(d -> d.toString().equals(c.dialect().toString())).orElse(c.dialect()), c.enable(), c.save(),
                c.distance()));
        return new RouterSpec(name, dialect, login, table, session, shared);
    }

    /** The same router, reached otherwise. */
    public RouterSpec at(Login other, Optional<Secret> enable) {
        return new RouterSpec(name, dialect, other, table, session,
                cli.map(c -> new Cli(c.dialect(), enable, c.save(), c.distance())));
    }
}
