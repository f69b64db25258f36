package net.reroute.app;

import java.io.IOException;
import net.reroute.cli.Console;
import net.reroute.cli.Processes;
import net.reroute.core.RequestRefusedException;

/** Refuses commands that take over a process, since these run inside the daemon. */
final class NoProcesses implements Processes {

    @Override
    public int init(Beginning beginning, Console console) throws IOException {
        throw new IOException("the first steps are typed where there is a terminal");
    }

    @Override
    public int rehearse(Practice practice, Console console) throws RequestRefusedException {
        throw new RequestRefusedException("a rehearsal runs in a process of its own");
    }

    @Override
    public void runSwitch(String name, Console console) throws RequestRefusedException {
        throw new RequestRefusedException("a switch runs alone in a process of its own");
    }

    @Override
    public void readsFilesOfCaller() throws RequestRefusedException {
        throw new RequestRefusedException("files are converted by a process of their own");
    }

    @Override
    public void daemon() throws RequestRefusedException {
        throw new RequestRefusedException("a daemon is running already on this state folder");
    }
}
