package net.reroute.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;

/** Commands that are processes of their own, and no operations on a controller. */
public interface Processes {

    /**
     * How to practise.
     *
     * @param kill server that dies; empty = the home of the first service
     * @param script file with steps in its place
     * @param keep stay when the story is over
     * @param json tell programs how to reach everything
     */
    record Practice(Optional<String> kill, Optional<Path> script, boolean keep, boolean json) {}

    /** Practises with the inventory. Returns the exit code. */
    int rehearse(Practice practice, Console console)
            throws RequestRefusedException, BadInventoryException, IOException;

    /** Runs the daemon until it is stopped. */
    void daemon() throws RequestRefusedException, BadInventoryException, IOException;
}
