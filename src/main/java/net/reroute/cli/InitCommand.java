package net.reroute.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first steps. */
@Command(name = "init", description = "Makes a key, looks at a router and its servers, and writes a first inventory in observe mode. Can be repeated; overwrites nothing.")
final class InitCommand extends BaseCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "USER@ROUTER", description = "The router; without, everything is asked for.")
    String router;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "SERVER", description = "The servers, as ADDRESS or USER@ADDRESS.")
    List<String> servers = new ArrayList<>();

    @Option(names = "--router", paramLabel = "USER@ROUTER", description = "A further router with the same routes.")
    List<String> further = new ArrayList<>();

    @Option(names = "--dialect", paramLabel = "NAME", description = "What the routers are, where they do not tell: linux (default), arista-eos, vyos, ...")
    String dialect;

    @Option(names = "--host-key", paramLabel = "SHA256:...", description = "A host key that you have compared already; may be repeated.")
    List<String> fingerprints = new ArrayList<>();

    @Option(names = "--watch", paramLabel = "TIME", description = "How long to watch what would be done (default: 1m).")
    String watch = "1m";

    @Override
    public Integer call() throws Exception {
        List<String> routers = new ArrayList<>(further);
        if (router != null) {
            routers.addFirst(router);
        }
        if (isJson()) {
            throw usage("init asks, so it has no --json");
        }
        return processes().init(
                new Processes.Beginning(routers, servers, Optional.ofNullable(dialect), fingerprints, time()),
                console());
    }

    private Duration time() {
        try {
            return Durations.parse(watch);
        } catch (IllegalArgumentException e) {
            throw usage("--watch", e);
        }
    }
}
