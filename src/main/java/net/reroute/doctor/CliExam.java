package net.reroute.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.RouterSpec.Cli;
import net.reroute.core.RouterSpec.Save;
import net.reroute.core.RouterSpec.SessionKeeping;
import net.reroute.core.Server;
import net.reroute.redirect.route.cli.CliFacts;

/** Turns the facts of a router with a command line into findings. */
final class CliExam {

    private static final int FEW_LINES = 5;

    private final RouterSpec router;
    private final Cli cli;
    private final CliFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    CliExam(RouterSpec router, CliFacts facts) {
        this.router = router;
        this.cli = router.cli().orElseThrow();
        this.facts = facts;
    }

    List<Finding> findings(Collection<Server> servers) {
        good("login works, and shows its routes (dialect " + cli.dialect().name() + ")");
        for (Address hop : facts.nowhere()) {
            String name = servers.stream().filter(s -> s.nextHop().equals(hop)).map(Server::name).findFirst()
                    .orElse("");
            bad("knows no way to the next hop " + hop + " of " + name,
                    "connect it to that network, or correct next-hop: at "
                            + name);
        }
        facts.used().keySet().forEach(this::route);
        facts.strange()
                .forEach(line -> note("has a line that dialect " + cli.dialect().name() + " does not understand: '"
                        + line + "'; prefixes in it are left alone",
                        "teach the dialect that line: 'line:' or 'other:' in routers/"
                                + cli.dialect().name() + ".yaml"));
        safety();
        return findings;
    }

    private void route(Prefix prefix) {
        boolean written = !facts.written().get(prefix).isEmpty();
        boolean used = !facts.used().get(prefix).isEmpty();
        if (written && !used) {
            bad("has a line for " + prefix + " that its table does not use: '" + facts.written().get(prefix).getFirst()
                    + "'", "see why its next hop is not resolved, or what tracks it");
        } else if (!written && used) {
            bad("uses a route for " + prefix + " that stands in no line of its configuration",
                    "write it as a plain static route");
        } else if (!written) {
            note("has no route for " + prefix, "'reroute " + prefix + " to SERVER' makes it");
        }
    }

    private void safety() {
        if (cli.dialect().writing().revert().isPresent() && !facts.reverts()) {
            note("keeps no archive of its configuration, so a planned change cannot go back by itself when the session is"
                    + " lost", "configure 'archive' with a path there");
        }
        if (router.session() == SessionKeeping.WARM
                && cli.dialect().ways().lines().map(n -> n <= FEW_LINES).orElse(false)) {
            note("keeps one of some " + cli.dialect().ways().lines().get() + " lines (vty) in use all the time",
                    "more lines there, or session: per-move");
        }
        if (router.login().legacy()) {
            note("may be spoken to with algorithms that are not safe any more (legacy: true)",
                    "update it, then take that out");
        }
        if (cli.save() == Save.NEVER && cli.dialect().writing().save().isPresent()) {
            note("loses what reroute changed when it restarts (save: never)", "save: daily, where that is not wanted");
        }
    }

    private void good(String text) {
        findings.add(Finding.good(router.name(), text));
    }

    private void note(String text, String fix) {
        findings.add(Finding.note(router.name(), text, fix));
    }

    private void bad(String text, String fix) {
        findings.add(Finding.bad(router.name(), text, fix));
    }
}
