package net.reroute.simulation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.simulation.StaticRoutes.Static;

/** One session on a simulated Cisco. */
final class IosShell implements Program {

    /** IOS cuts what stands before the (config) to this many characters. */
    private static final int CONFIG_PROMPT = 20;
    private static final String MESSAGE = "*Nov 20 05:00:01.123: %LINK-3-UPDOWN: Interface GigabitEthernet0/3, changed"
            + " state to up\n";

    private static final String PUSHED_BACK = "Config session is locked by process '88', user will be pushed back to exec mode."
            + " Command execution is locked, Please try later.\n";

    private static final String LOCKED = "Configuration mode locked exclusively by user 'noc' process '88' from"
            + " terminal '3'. Please try later.";

    private enum Mode {
        USER, PRIVILEGED, CONFIG, SUB
    }

    private final IosBox box;
    private final CommandTree exec = new CommandTree();
    private final CommandTree privileged = new CommandTree();
    private final CommandTree config = new CommandTree();
    private Mode mode = Mode.USER;
    private String sub = "";
    private Terminal terminal;
    private boolean over;
    private String filter = "";
    private List<String> output = new ArrayList<>();
    private String command = "";

    IosShell(IosBox box) {
        this.box = box;
        execCommands(exec);
        execCommands(privileged);
        privilegedCommands();
        configCommands();
    }

    @Override
    public int run(Streams streams, Optional<String> single) throws IOException {
        terminal = new Terminal(streams, box.faults);
        mode = box.setup.privileged() ? Mode.PRIVILEGED : Mode.USER;
        try {
            if (single.isPresent()) {
                terminal.length(0);
                line(single.get());
                return 0;
            }
            terminal.print(box.setup.banner().isEmpty() ? "\n" : "\n" + box.setup.banner() + "\n\n");
            while (!over) {
                String prompt = prompt();
                terminal.print(prompt);
                line(terminal.readLine(prompt, true));
            }
            return 0;
        } catch (Terminal.HungUp e) {
            return 255;
        } finally {
            box.unlock(this);
        }
    }

    private String prompt() {
        String name = box.faults.shown(box.setup.hostname(), mode == Mode.CONFIG || mode == Mode.SUB);
        String cut = name.substring(0, Math.min(CONFIG_PROMPT, name.length()));
        return switch (mode) {
            case USER -> name + ">";
            case PRIVILEGED -> name + "#";
            case CONFIG -> box.faults.hidesConfigPrompt() ? "" : cut + "(config)#";
            case SUB -> box.faults.hidesConfigPrompt() ? "" : cut + "(config-" + sub + ")#";
        };
    }

    // ---- one line ------------------------------------------------------------------------------------------------

    private void line(String typed) throws IOException {
        box.revertPending();
        command = typed.strip();
        if (box.faults.drops(command)) {
            throw new Terminal.HungUp();
        }
        if (command.equals("\u001a") || command.equals("\u0003")) {
            mode = mode == Mode.USER ? mode : Mode.PRIVILEGED;
            box.unlock(this);
            return;
        }
        if (command.isEmpty() || command.startsWith("!")) {
            return;
        }
        Optional<String> fault = box.faults.answerTo(command);
        if (fault.isPresent()) {
            terminal.print(fault.get() + "\n");
            return;
        }
        for (String question : box.faults.questionsAt(command)) {
            terminal.print(question);
            box.faults.replied(terminal.readLine("", true));
        }
        if (box.faults.pushesBack(command)) {
            terminal.print(PUSHED_BACK);
            leave(Mode.PRIVILEGED);
            return;
        }
        Optional<String> remark = box.faults.remarkOn(command);
        if (remark.isPresent()) {
            terminal.print(remark.get() + "\n");
        }
        String[] parts = command.split(" *\\| *", 2);
        filter = parts.length > 1 ? parts[1] : "";
        output = new ArrayList<>();
        dispatch(new ArrayList<>(Arrays.asList(parts[0].strip().split(" +"))));
        show();
    }

    private void show() throws IOException {
        List<String> lines = Output.filtered(output, filter);
        terminal.print(box.faults.interrupts(command) ? Output.interrupted(lines, MESSAGE) : lines,
                box.faults.pages(command));
    }

    private void dispatch(List<String> words) throws IOException {
        CommandTree tree = mode == Mode.USER ? exec : mode == Mode.PRIVILEGED ? privileged : config;
        if (words.getLast().endsWith("?")) {
            words.set(words.size() - 1, words.getLast().substring(0, words.getLast().length() - 1));
            words.removeIf(String::isEmpty);
            output.addAll(tree.next(words));
            return;
        }
        CommandTree.Match match = tree.match(words);
        if (match.action().isPresent()) {
            match.action().get().run(match.words());
        } else if (match.trouble() == CommandTree.Trouble.AMBIGUOUS) {
            output.add("% Ambiguous command:  \"" + String.join(" ", words) + "\"");
        } else if (match.trouble() == CommandTree.Trouble.INCOMPLETE) {
            output.add("% Incomplete command.");
        } else if (words.size() == 1 && mode != Mode.CONFIG && mode != Mode.SUB) {
            output.add("Translating \"" + words.getFirst() + "\"");
            output.add("% Bad IP address or host name");
            output.add("% Unknown command or computer name, or unable to find computer address");
        } else {
            caret(words, match.bad());
        }
    }

    private void caret(List<String> words, int bad) {
        int column = prompt().length() + String.join(" ", words.subList(0, bad)).length() + (bad > 0 ? 1 : 0);
        output.addAll(List.of(" ".repeat(column) + "^", "% Invalid input detected at '^' marker.", ""));
    }

    private void bad(List<String> words, int offset, BadLine e) {
        if (e.word() >= 0) {
            caret(words, e.word() + offset);
        } else {
            output.add(e.getMessage());
        }
    }

    // ---- exec ----------------------------------------------------------------------------------------------------

    private void execCommands(CommandTree tree) {
        tree.on("enable", w -> enable()).on("disable", w -> mode = Mode.USER).on("exit", w -> over = true)
                .on("logout", w -> over = true).on("quit", w -> over = true)
                .on("terminal length NUMBER", w -> terminal.length(Integer.parseInt(w.get(2).replaceAll("\\D", "0"))))
                .on("terminal width NUMBER", w -> nothing()).on("terminal no monitor", w -> nothing())
                .on("terminal monitor", w -> nothing()).on("show version", w -> output.addAll(version()))
                .on("show clock", w -> output.add("*05:00:01.123 UTC Fri Nov 20 2026"))
                .on("show privilege", w -> output.add("Current privilege level is " + (mode == Mode.USER ? 1 : 15)))
                .on("show users", w -> output.addAll(List.of("    Line       User       Host(s)              Idle"
                        + "       Location", "*  2 vty 0     admin      idle                 00:00:00 127.0.0.1")))
                .on("show ip interface brief", w -> output.addAll(box.interfaces()))
                .on("show ipv6 interface brief", w -> nothing())
                .on("show ip route static", w -> output.addAll(IosTables.statics(box.routes, "")))
                .on("show ip route", w -> output.addAll(IosTables.statics(box.routes, "")))
                .on("show ip route vrf NAME static", w -> output.addAll(IosTables.statics(box.routes, w.get(4))))
                .on("show ip route ADDRESS", w -> lookup("", w.get(3), w))
                .on("show ip route vrf NAME ADDRESS", w -> lookup(w.get(4), w.get(5), w))
                .on("show ipv6 route static", w -> output.addAll(IosTables.statics6(box.routes, "")))
                .on("show ipv6 route vrf NAME static", w -> output.addAll(IosTables.statics6(box.routes, w.get(4))))
                .on("show ipv6 route ADDRESS", w -> lookup("", w.get(3), w)).on("ping LINE", w -> ping(w));
    }

    private void nothing() {
        // taken, and without a word
    }

    private void enable() throws IOException {
        if (mode != Mode.USER) {
            return;
        }
        for (int i = 0; i < 3; i++) {
            if (box.setup.enable().isEmpty()) {
                mode = Mode.PRIVILEGED;
                return;
            }
            terminal.print(box.faults.passwordQuestion());
            if (terminal.readLine("", false).equals(box.setup.enable())) {
                mode = Mode.PRIVILEGED;
                return;
            }
        }
        output.add("% Bad secrets");
    }

    private static List<String> version() {
        return List.of("Cisco IOS Software, vios Software (VIOS-ADVENTERPRISEK9-M), Version 15.7(3)M, RELEASE SOFTWARE",
                "Technical Support: simulated", "ROM: Bootstrap program is simulated", "",
                "Configuration register is 0x2102");
    }

    private void lookup(String vrf, String text, List<String> words) {
        try {
            Address address = Address.parse(text);
            output.addAll(address.v6()
                    ? IosTables.lookup6(box.routes, vrf, address)
                    : IosTables.lookup(box.routes, vrf, address));
        } catch (IllegalArgumentException e) {
            caret(words, words.size() - 1);
        }
    }

    private void ping(List<String> words) {
        String to = words.stream().filter(w -> w.matches("[\\d.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+")).findFirst()
                .orElse("");
        if (to.isEmpty()) {
            output.add("% Incomplete command.");
            return;
        }
        boolean there = box.routes.connected(Address.parse(to)).isPresent();
        output.addAll(List.of("Type escape sequence to abort.", "Sending 2, 100-byte ICMP Echos to " + to
                + ", timeout is 1 seconds:", there ? ".!" : "..",
                "Success rate is " + (there
                        ? "50 percent (1/2),"
                                + " round-trip min/avg/max = 1/1/1 ms"
                        : "0 percent (0/2)")));
    }

    // ---- privileged ----------------------------------------------------------------------------------------------

    private void privilegedCommands() {
        privileged.on("configure terminal", w -> configure()).on("configure terminal revert timer MINUTES", w -> {
            configureWithRevert(w.get(4));
        }).on("configure terminal lock", w -> configure()).on("configure confirm", w -> {
            if (!box.confirm()) {
                output.add("%No Rollback Confirmed Change pending");
            }
        }).on("configure revert now", w -> {
            if (!box.revertNow()) {
                output.add("%No Rollback Confirmed Change pending");
            }
        }).on("show running-config", w -> output.addAll(box.running()))
                .on("show startup-config", w -> output.addAll(box.running())).on("show archive", w -> archive())
                .on("show archive config rollback timer", w -> output.add(box.revertPending()
                        ? "Time configured(or reconfigured): 05:00:00 UTC"
                        : "%No Rollback Confirmed Change pending"))
                .on("show configuration lock", w -> output.add("Parser Configure Lock")).on("write memory", w -> save())
                .on("write", w -> save()).on("copy running-config startup-config", w -> {
                    terminal.print("Destination filename [startup-config]? ");
                    terminal.readLine("", true);
                    save();
                }).on("reload", w -> {
                    terminal.print("Proceed with reload? [confirm]");
                    terminal.readLine("", false);
                    box.reboot();
                    throw new Terminal.HungUp();
                });
    }

    private void save() {
        box.save();
        output.addAll(List.of("Building configuration...", "[OK]"));
    }

    private void archive() {
        output.addAll(box.hasArchive()
                ? List.of("The maximum archive configurations allowed is 10.",
                        "The next archive file will be named flash:backup-1")
                : List.of("Archive feature not enabled"));
    }

    private void configure() {
        Optional<String> lock = box.lock(this, false, LOCKED);
        if (lock.isPresent()) {
            output.add(lock.get());
            return;
        }
        output.add("Enter configuration commands, one per line.  End with CNTL/Z.");
        mode = Mode.CONFIG;
    }

    private void configureWithRevert(String minutes) {
        if (!box.hasArchive() || !minutes.matches("[1-9]\\d{0,2}")) {
            output.add("%ARCHIVE: archive must be configured before using rollback");
            return;
        }
        configure();
        if (mode == Mode.CONFIG) {
            box.revertIn(Duration.ofMinutes(Integer.parseInt(minutes)));
        }
    }

    // ---- configuration -------------------------------------------------------------------------------------------

    private void configCommands() {
        config.on("ip route LINE", w -> route(w, 2, false)).on("ipv6 route LINE", w -> route(w, 2, true))
                .on("no ip route LINE", w -> unroute(w, 3, false)).on("no ipv6 route LINE", w -> unroute(w, 3, true))
                .on("end", w -> leave(Mode.PRIVILEGED)).on("exit", w -> leave(mode == Mode.SUB
                        ? Mode.CONFIG
                        : Mode.PRIVILEGED))
                .on("do LINE", w -> inside(w.subList(1, w.size()))).on("interface LINE", w -> enter("if"))
                .on("line LINE", w -> enter("line")).on("archive", w -> enter("archive"))
                .on("router LINE", w -> enter("router"));
        for (String taken : List.of("hostname LINE", "no LINE", "ip LINE", "logging LINE", "service LINE",
                "description LINE", "path LINE", "shutdown", "username LINE", "enable LINE", "banner LINE")) {
            config.on(taken, w -> nothing());
        }
    }

    private void enter(String name) {
        mode = Mode.SUB;
        sub = name;
    }

    private void leave(Mode to) {
        mode = to;
        if (to == Mode.PRIVILEGED) {
            box.unlock(this);
        }
    }

    private void inside(List<String> words) throws IOException {
        Mode before = mode;
        mode = Mode.PRIVILEGED;
        try {
            dispatch(new ArrayList<>(words));
        } finally {
            mode = before;
        }
    }

    private void route(List<String> words, int from, boolean v6) {
        try {
            Static route = IosSyntax.parse(words.subList(from, words.size()), v6, false);
            if (route.hop().isPresent() && box.routes.isOwn(route.hop().get())) {
                output.add("%Invalid next hop address (it's this router)");
            } else if (!box.faults.ignores(command)) {
                box.routes.add(route);
                box.tell(command);
            }
        } catch (BadLine e) {
            bad(words, from, e);
        }
    }

    /** Without a next hop every route of the prefix goes. */
    private void unroute(List<String> words, int from, boolean v6) {
        try {
            Static named = IosSyntax.parse(words.subList(from, words.size()), v6, true);
            if (box.faults.ignores(command)) {
                return;
            }
            boolean all = named.hop().isEmpty() && named.interfaceName().isEmpty();
            int gone = box.routes.remove(s -> s.vrf().equals(named.vrf()) && s.prefix().equals(named.prefix())
                    && (all || s.hop().equals(named.hop()) && (named.interfaceName().isEmpty()
                            || s.interfaceName().equals(named.interfaceName()))));
            if (gone == 0) {
                output.add("%No matching route to delete");
            } else {
                box.tell(command);
            }
        } catch (BadLine e) {
            bad(words, from, e);
        }
    }
}
