package net.reroute.simulation.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.reroute.simulation.cli.CommandTree.Trouble;

/**
 * Juniper Junos 22: a candidate configuration, a commit that may revert by itself, and {@code run} in configuration
 * mode.
 */
final class Junos extends ConfigurableVty {

    private static final String SET = "display set";

    Junos(RouterState router) {
        super(router, true);
        new JunosTables(router).commands(this, privileged, "show route", false);
        execs();
        PingCommand.unix(router, privileged, "ping", output);
        config.on("set LINE", w -> edit(w, true, x -> JunosSyntax.read(x, 1)))
                .on("delete LINE", w -> edit(w, false, x -> JunosSyntax.read(x, 0))).on("show", w -> show())
                .on("commit", w -> commit()).on("commit check", w -> output.addAll(checked()))
                .on("commit confirmed", w -> commitConfirmed("10"))
                .on("commit confirmed MINUTES", w -> commitConfirmed(w.getLast()))
                .on("commit and-quit", w -> quit()).on("rollback", w -> rollback("0"))
                .on("rollback NUMBER", w -> rollback(w.getLast())).on("run LINE", w -> inside(w.subList(1, w.size())))
                .on("exit", w -> exit()).on("exit configuration-mode", w -> exit()).on("quit", w -> exit());
    }

    private void execs() {
        privileged.on("configure", w -> begin(false)).on("configure exclusive", w -> begin(true))
                .on("configure private", w -> begin(false)).on("exit", w -> over = true).on("quit", w -> over = true)
                .on("set cli complete-on-space off", w -> output.add("Disabling complete-on-space"))
                .on("set cli screen-length NUMBER", w -> length(w.getLast()))
                .on("set cli screen-width NUMBER", w -> output.add("Screen width set to " + w.getLast()))
                .on("set cli LINE", w -> nothing()).on("show interfaces terse", w -> interfaces())
                .on("show system commit", w -> commits())
                .on("show version", w -> output.addAll(List.of("Hostname: " + router.setup.hostname(), "Model: vmx",
                        "Junos: 22.4R3-S2.11")))
                .on("show configuration", w -> shown(w)).on("show configuration LINE", w -> shown(w));
    }

    @Override
    void prepare(Terminal screen) {
        screen.more("---(more)---");
    }

    private void length(String number) {
        pageLength(number);
        output.add("Screen length set to " + number);
    }

    @Override
    String greeting() {
        return "--- JUNOS 22.4R3-S2.11 Kernel 64-bit  JNPR-12.1-20231122\n" + router.setup.banner() + "\n";
    }

    @Override
    String prompt() {
        String who = router.setup.user() + "@" + hostname();
        String waiting = router.revertPending() ? "# commit confirmed will be rolled back in 1 minute\n" : "";
        String engine = router.faults.hasTwoEngines() ? "{master:0}" : "";
        String operational = (engine.isEmpty() ? "" : "\n") + who + "> ";
        return "\n" + waiting + engine + (mode == VtyMode.CONFIG ? "[edit]\n" + who + "# " : operational);
    }

    @Override
    String message() {
        return "\nMessage from syslogd@" + router.setup.hostname() + " at Nov 20 10:15:02  ...\n"
                + router.setup.hostname()
                + " kernel: link ge-0/0/2 down\n\n";
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        String caret = caret(words, bad < 0 ? words.size() : bad);
        return switch (trouble) {
            case AMBIGUOUS -> List.of(caret, "'" + words.get(bad) + "' is ambiguous.");
            case INCOMPLETE -> List.of(caret, "syntax error, expecting <command>.");
            default -> List.of(caret, bad == 0 ? "unknown command." : "syntax error.");
        };
    }

    @Override
    String locked() {
        return "configuration database locked by:\n  noc terminal p0 (pid 4711) on since 2026-11-20 10:01:11 UTC,"
                + " idle 00:00:03\n      exclusive [edit]";
    }

    @Override
    List<String> notThere() {
        return List.of("warning: statement not found");
    }

    @Override
    List<String> filtered(List<String> lines, String by) {
        return super.filtered(lines, by.startsWith(SET) ? by.substring(SET.length()).replaceFirst("^ *\\| *", "") : by);
    }

    // ---- configuration -------------------------------------------------------------------------------------------

    private void begin(boolean exclusive) {
        if (configure(exclusive)) {
            output.addAll(exclusive
                    ? List.of("warning: uncommitted changes will be discarded on exit", "Entering configuration mode")
                    : List.of("Entering configuration mode"));
        }
    }

    /** The result of {@code commit check}: one line if the candidate is valid, more if not. */
    private List<String> checked() {
        return candidate().coming().stream().filter(s -> s.hop().filter(router.routes::isOwn).isPresent()).findFirst()
                .map(s -> List.of("[edit " + JunosSyntax.path(s) + "]", "  'next-hop'",
                        "    RT: next-hop belongs to this router", "error: configuration check-out failed"))
                .orElse(List.of("configuration check succeeds"));
    }

    private boolean commit() {
        List<String> checked = checked();
        if (checked.size() > 1) {
            output.addAll(checked);
            return false;
        }
        router.confirm();
        candidate().commit();
        output.addAll(voices(List.of()));
        return true;
    }

    private void commitConfirmed(String minutes) {
        if (!minutes.matches("[1-9]\\d{0,4}")) {
            output.addAll(List.of("error: invalid value: '" + minutes + "'"));
        } else if (checked().size() > 1) {
            output.addAll(checked());
        } else {
            router.revertIn(Duration.ofMinutes(Integer.parseInt(minutes)));
            candidate().commit();
            output.addAll(voices(List.of("commit confirmed will be automatically rolled back in " + minutes
                    + " minutes unless confirmed")));
        }
    }

    /** The answer to a successful commit. Each of two routing engines reports it. */
    private List<String> voices(List<String> more) {
        List<String> said = new ArrayList<>();
        boolean two = router.faults.hasTwoEngines();
        if (two) {
            said.addAll(List.of("re0: ", "configuration check succeeds", "re1: ", "configuration check succeeds"));
        }
        said.addAll(more);
        said.add("commit complete");
        if (two) {
            said.addAll(List.of("re0: ", "commit complete"));
        }
        return said;
    }

    private void commits() {
        output.add("0   2026-11-20 10:15:00 UTC by " + router.setup.user() + " via cli"
                + (router.revertPending() ? " commit confirmed, rollback in 1mins" : ""));
        output.add("1   2026-11-19 09:00:12 UTC by root via other");
    }

    private void quit() {
        if (commit()) {
            leave();
            output.add("Exiting configuration mode");
        }
    }

    private void rollback(String number) {
        if (number.equals("0")) {
            candidate().discard();
        }
        output.add(number.equals("0") ? "load complete" : "error: rollback " + number + " is not simulated");
    }

    private void exit() throws IOException {
        if (!candidate().isEmpty()) {
            terminal.print("The configuration has been changed but not committed\n"
                    + "Exit with uncommitted changes? [yes,no] (yes) ");
            if (terminal.readLine("", true).startsWith("n")) {
                return;
            }
        }
        leave();
        output.add("Exiting configuration mode");
    }

    // ---- what it shows -------------------------------------------------------------------------------------------

    private void show() {
        if (filter.replace(" ", "").startsWith("compare")) {
            List<StaticRoute> changed = new ArrayList<>(candidate().going());
            changed.addAll(candidate().coming());
            changed.forEach(s -> output.addAll(List.of("[edit " + JunosSyntax.path(s) + "]",
                    (candidate().coming().contains(s) ? "+  " : "-  ") + "next-hop " + RoutingTable.hop(s) + ";")));
            filter = "";
        } else {
            output.addAll(JunosSyntax.shown(candidate().wanted().written(), filter.startsWith(SET)));
        }
    }

    private void shown(List<String> words) {
        String below = String.join(" ", words.subList(2, words.size()));
        output.addAll(JunosSyntax.shown(router.routes.written().stream()
                .filter(s -> JunosSyntax.path(s).startsWith(below)).toList(), filter.startsWith(SET)));
    }

    private void interfaces() {
        output.add("Interface               Admin Link Proto    Local                 Remote");
        router.routes.links().forEach(l -> output.addAll(List.of(l.name() + "                up    up",
                String.format("%-23s up    up   %-8s %s/%d", l.name() + ".0", l.address().v6() ? "inet6" : "inet",
                        l.address(), l.network().length()))));
    }

    @Override
    String line(StaticRoute route) {
        return JunosSyntax.line(route);
    }
}
