package net.reroute.simulation.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** Cisco IOS 15: privilege levels, and a configuration with a lock and a timed revert. */
final class Ios extends IosStyleSession {

    /** IOS cuts the name before (config) to this many characters. */
    private static final int CONFIG_PROMPT = 20;
    private static final String NOTHING_PENDING = "%No Rollback Confirmed Change pending";

    private final IosConfiguration shown;

    Ios(RouterState router) {
        super(router, new IosTable(router.routes), IosSyntax.WORDS);
        shown = new IosConfiguration(router);
        asksForPrivilege("% Bad secrets");
        user.on("disable", w -> nothing());
        List.of(user, privileged).forEach(this::execCommands);
        configurations();
        saves();
        privileged.on("show archive", w -> output.addAll(shown.archive()))
                .on("show archive config rollback timer", w -> output.add(router.revertPending()
                        ? "Time configured(or reconfigured): 05:00:00 UTC"
                        : NOTHING_PENDING))
                .on("show configuration lock", w -> output.add("Parser Configure Lock"))
                .on("reload", w -> reload());
        submodes("line LINE", "archive", "router LINE");
        taken("service LINE", "path LINE", "enable LINE");
    }

    private void execCommands(CommandTree tree) {
        tree.on("logout", w -> over = true).on("terminal length NUMBER", w -> pageLength(w.get(2)))
                .on("terminal width NUMBER", w -> nothing()).on("terminal no monitor", w -> nothing())
                .on("terminal monitor", w -> nothing())
                .on("show clock", w -> output.add("*05:00:01.123 UTC Fri Nov 20 2026"))
                .on("show privilege", w -> output.add("Current privilege level is " + (mode == VtyMode.USER ? 1 : 15)))
                .on("show users", w -> output.addAll(List.of("    Line       User       Host(s)              Idle"
                        + "       Location", "*  2 vty 0     admin      idle                 00:00:00 127.0.0.1")))
                .on("show ip interface brief", w -> output.addAll(shown.interfaces()))
                .on("show ipv6 interface brief", w -> nothing())
                .on("ping LINE", w -> output.addAll(PingCommand.ios(router, w)));
    }

    private void configurations() {
        privileged.on("configure terminal lock", w -> begin())
                .on("configure terminal revert timer MINUTES", w -> configureWithRevert(w.get(4)))
                .on("configure confirm", w -> pending(router.confirm()))
                .on("configure revert now", w -> pending(router.revertNow()));
    }

    private void configureWithRevert(String minutes) {
        if (!router.setup.archive() || !minutes.matches("[1-9]\\d{0,2}")) {
            output.add("%ARCHIVE: archive must be configured before using rollback");
        } else if (begin()) {
            router.revertIn(Duration.ofMinutes(Integer.parseInt(minutes)));
        }
    }

    private void pending(boolean waiting) {
        if (!waiting) {
            output.add(NOTHING_PENDING);
        }
    }

    private void saves() {
        privileged.on("write memory", w -> saved()).on("write", w -> saved())
                .on("copy running-config startup-config", w -> {
                    terminal.print("Destination filename [startup-config]? ");
                    terminal.readLine("", true);
                    saved();
                });
    }

    private void saved() {
        save("Building configuration...", "[OK]");
    }

    private void reload() throws IOException {
        terminal.print("Proceed with reload? [confirm]");
        terminal.readLine("", false);
        router.reboot();
        throw new Terminal.HungUp();
    }

    // ---- its words -----------------------------------------------------------------------------------------------

    @Override
    void prepare(Terminal screen) {
        screen.more(" --More-- ");
    }

    @Override
    String greeting() {
        return router.setup.banner().isEmpty() ? "\n" : "\n" + router.setup.banner() + "\n\n";
    }

    @Override
    String prompt() {
        if (mode != VtyMode.CONFIG) {
            return hostname() + (mode == VtyMode.USER ? ">" : "#");
        }
        String cut = hostname().substring(0, Math.min(CONFIG_PROMPT, hostname().length()));
        return router.faults.hidesConfigPrompt() ? "" : cut + configPrompt() + "#";
    }

    @Override
    String message() {
        return "*Nov 20 05:00:01.123: %LINK-3-UPDOWN: Interface GigabitEthernet0/3, changed state to up\n";
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        return switch (trouble) {
            case AMBIGUOUS -> List.of("% Ambiguous command:  \"" + String.join(" ", words) + "\"");
            case INCOMPLETE -> List.of("% Incomplete command.");
            default -> unknown(words, bad);
        };
    }

    /** IOS takes a single unknown word outside configuration mode for a host to log in to. */
    private List<String> unknown(List<String> words, int bad) {
        return words.size() == 1 && mode != VtyMode.CONFIG
                ? List.of("Translating \"" + words.getFirst() + "\"", "% Bad IP address or host name",
                        "% Unknown command or computer name, or unable to find computer address")
                : List.of(caret(words, bad), "% Invalid input detected at '^' marker.", "");
    }

    @Override
    List<String> noAddress(List<String> words) {
        return unknown(words, words.size() - 1);
    }

    @Override
    String locked() {
        return "Configuration mode locked exclusively by user 'noc' process '88' from terminal '3'. Please try later.";
    }

    @Override
    String pushedBack() {
        return "Config session is locked by process '88', user will be pushed back to exec mode."
                + " Command execution is locked, Please try later.";
    }

    @Override
    List<String> entered() {
        return List.of("Enter configuration commands, one per line.  End with CNTL/Z.");
    }

    @Override
    List<String> version() {
        return List.of("Cisco IOS Software, vios Software (VIOS-ADVENTERPRISEK9-M), Version 15.7(3)M, RELEASE SOFTWARE",
                "Technical Support: simulated", "ROM: Bootstrap program is simulated", "",
                "Configuration register is 0x2102");
    }

    // ---- routes --------------------------------------------------------------------------------------------------

    @Override
    StaticRoute read(List<String> words, int from, boolean v6, boolean adds) throws InvalidInput {
        StaticRoute route = IosSyntax.read(words, from, v6, adds);
        if (adds && route.hop().filter(router.routes::isOwn).isPresent()) {
            throw new InvalidInput("%Invalid next hop address (it's this router)");
        }
        return route;
    }

    @Override
    List<String> notThere() {
        return List.of("%No matching route to delete");
    }

    @Override
    List<String> running() {
        return shown.configuration(configured());
    }

    @Override
    String line(StaticRoute route) {
        return IosSyntax.line(route);
    }
}
