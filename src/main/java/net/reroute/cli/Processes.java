package net.reroute.cli;

import java.io.IOException;
import java.nio.file.Path;
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
