package net.reroute.app;

import java.io.IOException;
import net.reroute.cli.Console;
import net.reroute.cli.Processes;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;

/** The commands that take over this process: the first steps, a rehearsal, and the daemon itself. */
record LocalProcesses(Paths paths) implements Processes {

    @Override
    public int init(Beginning beginning, Console console) throws IOException {
        return Init.run(paths, beginning, console);
    }

    @Override
    public int rehearse(Practice practice, Console console)
            throws RequestRefusedException, BadInventoryException, IOException {
        return Rehearse.run(paths, practice, console);
    }

    @Override
    public void runSwitch(String name, Console console)
            throws RequestRefusedException, BadInventoryException, IOException {
        LoneSwitch.run(paths, name, console);
    }

    @Override
    public void readsFilesOfCaller() {
        // This process has the rights of its caller, or fewer.
    }

    @Override
    public void daemon() throws RequestRefusedException, BadInventoryException, IOException {
        Daemon.run(paths, Environment.REAL, daemon -> {
        });
    }
}
