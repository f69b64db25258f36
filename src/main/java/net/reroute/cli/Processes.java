package net.reroute.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;

/** Commands that run a process of their own, rather than an operation on a controller. */
public interface Processes {

    /**
     * How to rehearse.
     *
     * @param kill server that dies; empty = the home of the first service
     * @param script file with steps, in place of that
     * @param keep go on after the last step, for commands by hand
     * @param json print how to reach everything as one line of JSON
     */
    record Practice(Optional<String> kill, Optional<Path> script, boolean keep, boolean json) {}

    /**
     * What a first inventory is made of.
     *
     * @param routers as USER@ADDRESS; empty: asked for
     * @param servers as [USER@]ADDRESS; empty: asked for
     * @param dialect of routers that do not tell by themselves what they are
     * @param fingerprints of host keys that the admin has compared
     * @param watch how long to watch what the daemon would do
     */
    record Beginning(List<String> routers, List<String> servers, Optional<String> dialect, List<String> fingerprints,
            Duration watch) {}

    /** Looks at routers and servers, writes a first inventory, and returns the exit code. */
    int init(Beginning beginning, Console console) throws IOException;

    /** Rehearses with the inventory. Blocks until the rehearsal ends, and returns the exit code. */
    int rehearse(Practice practice, Console console)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Runs one TCP switch of the inventory until it is stopped. */
    void runSwitch(String name, Console console) throws RequestRefusedException, BadInventoryException, IOException;

    /**
     * Returns if files may be read and written as the caller names them.
     *
     * @throws RequestRefusedException in a daemon, whose rights are not those of the caller
     */
    void readsFilesOfCaller() throws RequestRefusedException;

    /** Runs the daemon until it is stopped. */
    void daemon() throws RequestRefusedException, BadInventoryException, IOException;
}
