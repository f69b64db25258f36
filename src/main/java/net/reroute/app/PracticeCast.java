package net.reroute.app;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.control.Controller;
import net.reroute.core.RequestRefusedException;
import net.reroute.operations.DirectOperations;
import net.reroute.rehearsal.Scenario;

/**
 * The controllers of a rehearsal, as its scenario uses them.
 *
 * @param console where commands print
 */
record PracticeCast(PracticeMembers members, Console console) implements Scenario.Cast {

    @Override
    public Controller controller() {
        return members.daemon().runtime().controller;
    }

    @Override
    public int command(List<String> words) {
        return Cli.run(words,
                new DirectOperations(new DaemonAccess(members.daemon(), System.getProperty("user.name"))),
                new NoProcesses(), console);
    }

    @Override
    public Optional<String> leader() {
        return members.leading();
    }

    @Override
    public void kill(String controller) {
        members.kill(controller);
    }

    @Override
    public void recover(String controller) throws IOException {
        try {
            members.start(controller);
        } catch (RequestRefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean isBack(String controller) {
        return members.isBack(controller);
    }
}
