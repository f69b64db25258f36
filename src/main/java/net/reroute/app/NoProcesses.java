package net.reroute.app;

import net.reroute.cli.Console;
import net.reroute.cli.Processes;
import net.reroute.core.RequestRefusedException;

/** Inside a daemon a command becomes no process. */
final class NoProcesses implements Processes {

    @Override
    public int rehearse(Practice practice, Console console) throws RequestRefusedException {
        throw new RequestRefusedException("a rehearsal runs in a process of its own");
    }

    @Override
    public void daemon() throws RequestRefusedException {
        throw new RequestRefusedException("a daemon is running already on this state folder");
    }
}
