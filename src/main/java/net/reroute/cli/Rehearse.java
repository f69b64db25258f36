package net.reroute.cli;

import java.nio.file.Path;
import java.util.Optional;
import net.reroute.core.RequestRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** reroute rehearse. */
@Command(name = "rehearse", description = "The inventory against simulated routers and servers on this machine: a server is killed and recovers, and what is done about it is told. Needs no root, touches nothing else.")
final class Rehearse extends Work {

    @Option(names = "--kill", paramLabel = "SERVER", description = "Which server dies (default: the home of the first service).")
    String kill;

    @Option(names = "--script", paramLabel = "FILE", description = "Steps, one a line: kill SERVER, recover SERVER, drop ROUTER, wait 5s, reroute COMMAND.")
    Path script;

    @Option(names = "--keep", description = "Stay, to go on by hand from another terminal.")
    boolean keep;

    @Option(names = "--json", description = "Print how to reach everything as one line of JSON first; the story goes to stderr.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        if (office().isDaemon()) {
            throw new RequestRefusedException("a rehearsal runs in a process of its own");
        }
        if (kill != null && script != null) {
            throw usage("--kill and --script exclude each other");
        }
        return office().rehearse(
                new Office.Practice(Optional.ofNullable(kill), Optional.ofNullable(script), keep, json),
                console());
    }
}
