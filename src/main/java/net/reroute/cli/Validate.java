package net.reroute.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.reroute.core.CheckSpec;
import net.reroute.core.Durations;
import net.reroute.core.Inventory;
import net.reroute.core.Lines;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** reroute validate. */
@Command(name = "validate", description = "Tells every mistake in the inventory at once, or how fast it would notice.")
final class Validate extends Work {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files to read in place of inventory/*.yaml; dialects too.")
    List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (office().isDaemon() && !files.isEmpty()) {
            throw new RequestRefusedException(
                    "files are validated where they are, by whoever may read them, and not by the daemon");
        }
        List<Path> dialects = files.stream().filter(InventoryReader::isDialect).toList();
        List<Path> others = files.stream().filter(f -> !dialects.contains(f)).toList();
        if (!dialects.isEmpty()) {
            say("good: dialect " + String.join(", ", InventoryReader.dialects(office().home(), dialects)));
        }
        return dialects.isEmpty() || !others.isEmpty() ? inventory(others) : ExitCodes.DONE;
    }

    private int inventory(List<Path> of) throws BadInventoryException {
        Inventory inventory = of.isEmpty()
                ? InventoryReader.read(office().home())
                : InventoryReader.read(office().home(), of);
        say("good: " + count(inventory.routers().size(), "router") + ", "
                + count(inventory.servers().size(), "server")
                + ", " + count(inventory.services().size(), "service")
                + playbooks(inventory.response().playbooks().values()));
        Table table = new Table("CHECK", "EVERY", "FAST", "TIMEOUT", "FALL", "A DEAD SERVER IS NOTICED WITHIN");
        inventory.checks().values().forEach(c -> row(table, c));
        table.lines(console()).forEach(this::say);
        inventory.routers().values().forEach(this::notes);
        inventory.servers().values().forEach(this::notes);
        of.stream().filter(f -> !f.toString().endsWith(".yaml")).forEach(f -> note(f
                + " would not be read in inventory/, where a file ends in .yaml"));
        return ExitCodes.DONE;
    }

    private static String playbooks(Collection<Playbook> all) {
        long enabled = all.stream().filter(Playbook::enabled).count();
        return all.isEmpty() ? "" : ", " + count(all.size(), "playbook") + " (" + enabled + " enabled)";
    }

    /** Things that work, and that an admin should know. */
    private void notes(RouterSpec router) {
        Optional<Integer> lines = router.cli().flatMap(c -> c.dialect().ways().lines());
        if (router.session() == RouterSpec.Session.WARM && lines.isPresent()) {
            note(router.name() + " keeps one of some " + lines.get()
                    + " lines (vty) in use all the time; more lines"
                    + " there, or 'session: per-move', if that is too many");
        }
        if (router.login().legacy()) {
            note(router.name() + " may be spoken to with algorithms that are not safe any more (legacy: true)");
        }
    }

    private void notes(Server server) {
        if (server.address().loopback() || server.nextHop().loopback()) {
            note(server.name() + " has the loopback address " + (server.address().loopback()
                    ? server.address() + ", so its checks ask this machine itself and not a server"
                    : server.nextHop() + " as its next hop, so a router would send the traffic to itself"));
        }
    }

    private void note(String text) {
        Lines.wrap(console().yellow("note") + ": " + text, console().width()).forEach(this::say);
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static void row(Table table, CheckSpec check) {
        CheckSpec.Timers t = check.timers();
        table.row(check.name(), Durations.text(t.every()), Durations.text(t.fast()), Durations.text(t.timeout()),
                Integer.toString(t.fall()), Durations.text(t.worstDetection()));
    }
}
