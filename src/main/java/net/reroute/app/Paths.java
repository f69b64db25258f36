package net.reroute.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files are. The state folder follows from the home, not from the caller.
 *
 * @param home holds inventory/, routers/ and playbooks/
 * @param state holds the journal, the lock and the daemon's socket
 * @param named true if --home or REROUTE_HOME named the home, false if it was found
 * @param member which of several controllers this is, by --name; empty: by its addresses
 */
record Paths(Path home, Path state, boolean named, Optional<String> member) {

    /** Where nobody names the controller. */
    Paths(Path home, Path state, boolean named) {
        this(home, state, named, Optional.empty());
    }

    /** This file marks the home of a rehearsal. */
    static final String REHEARSAL = "REHEARSAL";

    private static final Path SYSTEM = Path.of("/etc/reroute");
    private static final Path SYSTEM_STATE = Path.of("/var/lib/reroute");

    /** Those of an installed reroute. */
    static Paths system() {
        return new Paths(SYSTEM, SYSTEM_STATE, false);
    }

    static Paths of(String[] args, Map<String, String> environment) {
        String named = value(args, "--home", environment.get("REROUTE_HOME"));
        Path unnamed = Files.isDirectory(SYSTEM.resolve("inventory")) ? SYSTEM : Path.of("");
        Path home = named == null ? unnamed : Path.of(named);
        home = home.toAbsolutePath().normalize();
        String state = value(args, "--state", environment.get("REROUTE_STATE"));
        return new Paths(home, state == null ? stateOf(home) : Path.of(state).toAbsolutePath().normalize(),
                named != null,
                Optional.ofNullable(value(args, "--name", null)));
    }

    private static Path stateOf(Path home) {
        return home.equals(SYSTEM) ? SYSTEM_STATE : home.resolve("state");
    }

    /** The options that lead another command here, each with a blank behind it. */
    String options() {
        return (named ? "--home " + home + " " : "") + (state.equals(stateOf(home)) ? "" : "--state " + state + " ");
    }

    /** The value of an option as typed. */
    static String value(String[] args, String option, String otherwise) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(option + "=")) {
                return args[i].substring(option.length() + 1);
            }
            if (args[i].equals(option) && i + 1 < args.length) {
                return args[i + 1];
            }
        }
        return otherwise;
    }

    /** True for /etc/reroute, which only root can create. */
    boolean isSystem() {
        return home.equals(SYSTEM);
    }

    /**
     * True for the home of a rehearsal. If no daemon answers there, the rehearsal is over, and a command that is typed
     * there must not reach the real network.
     */
    boolean isOfARehearsalThatIsOver() {
        return Files.exists(home.resolve(REHEARSAL));
    }

    Path socket() {
        return state.resolve("socket");
    }
}
