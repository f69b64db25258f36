package net.reroute.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.Inventory;
import net.reroute.core.Lines;
import net.reroute.core.Names;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** reroute play. */
@Command(name = "play", description = "Runs a playbook by hand and tells each step.")
final class Playing extends Work {

    @Parameters(paramLabel = "NAME", description = "Of a file in playbooks/.")
    String name;

    @Option(names = "--server", paramLabel = "SERVER", description = "What {server} stands for.")
    String server;

    @Option(names = "--service", paramLabel = "SERVICE", description = "What {service} stands for.")
    String service;

    @Option(names = "--check", paramLabel = "CHECK", description = "What {check} stands for.")
    String check;

    @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
    String because;

    @Option(names = "--stop", description = "End it, if it is under way.")
    boolean stop;

    @Option(names = "--dry-run", description = "Tell the steps, and do none of them.")
    boolean dryRun;

    @Override
    public Integer call() throws Exception {
        Inventory inventory = office().inventory();
        Playbook playbook = inventory.response().playbooks().get(name);
        if (playbook == null) {
            throw usage("no playbook '" + name + "'" + Names.didYouMean(name, inventory.response().playbooks().keySet())
                    + (inventory.response().playbooks().isEmpty()
                            ? "; there is none in " + office().home().resolve("playbooks")
                            : "; 'reroute jobs' lists them"));
        }
        Map<String, String> facts = facts(inventory);
        if (!dryRun && !office().isDaemon()) {
            throw new RequestRefusedException(
                    "a playbook needs the daemon, which ends what it begins whatever becomes of this command;"
                            + " start it with 'reroute daemon', or say --dry-run");
        }
        try (Office.Session session = office()
                .open(new Office.Need(inventory.services().keySet(), !dryRun, false, false))) {
            if (stop) {
                int ended = session.plays().stop(name);
                say(ended == 0 ? name + " is not under way" : "told to end: " + ended);
                return ExitCodes.DONE;
            }
            if (dryRun) {
                session.plays().dryRun(playbook, facts).forEach(this::tell);
                return ExitCodes.DONE;
            }
            return session.plays().byHand(playbook, facts, by(because), this::tell)
                    ? ExitCodes.DONE
                    : ExitCodes.REFUSED;
        }
    }

    private void tell(String line) {
        Lines.wrap(line, console().width()).forEach(this::say);
        console().out().flush();
    }

    private Map<String, String> facts(Inventory inventory) throws RequestRefusedException {
        Map<String, String> facts = new LinkedHashMap<>();
        if (server != null) {
            facts.put("server", server(inventory, server));
        }
        if (service != null) {
            facts.put("service", service(inventory, service).name());
            facts.put("prefix", service(inventory, service).prefix().toString());
        }
        if (check != null) {
            if (!inventory.checks().containsKey(check)) {
                throw usage("no check '" + check + "'" + Names.didYouMean(check, inventory.checks().keySet()));
            }
            facts.put("check", check);
        }
        return facts;
    }
}
