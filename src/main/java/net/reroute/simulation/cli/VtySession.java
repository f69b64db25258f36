package net.reroute.simulation.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.reroute.simulation.LoginProgram;
import net.reroute.simulation.cli.CommandTree.Match;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** The engine of all simulated command lines: modes, prompts, paging, filters, faults. Not thread-safe. */
abstract class VtySession implements LoginProgram {

    enum VtyMode {
        USER, PRIVILEGED, CONFIG
    }

    final RouterState router;
    final CommandTree user = new CommandTree();
    final CommandTree privileged = new CommandTree();
    final CommandTree config = new CommandTree();
    final List<String> output = new ArrayList<>();
    VtyMode mode = VtyMode.PRIVILEGED;
    /** The branch of the configuration, or the menu. Its words precede a line that means nothing alone. */
    List<String> branch = List.of();
    Terminal terminal;
    boolean over;
    /** The text after {@code |} in the command. */
    String filter = "";
    String command = "";

    VtySession(RouterState router) {
        this.router = router;
    }

    // ---- what a device says of itself ----------------------------------------------------------------------------

    /** Printed after the login, before the first prompt. */
    abstract String greeting();

    /** The prompt, with the lines above it. */
    abstract String prompt();

    /** A system message, with its line end. */
    abstract String message();

    /** @param bad index of the word that does not fit; -1: no word */
    abstract List<String> complaint(List<String> words, Trouble trouble, int bad);

    /** The complaint about a lock of another session. */
    abstract String locked();

    /** The complaint if such a lock ends configuration mode. */
    String pushedBack() {
        return locked();
    }

    /** @param words of the line; the last one should be an address */
    List<String> noAddress(List<String> words) {
        return List.of("% Invalid input: " + words.getLast());
    }

    /** The text with which a line editor redraws a line; empty: it does not. */
    String repainted(String line) {
        return "";
    }

    List<String> words(String line) {
        return Arrays.asList(line.split(" +"));
    }

    List<String> filtered(List<String> lines, String by) {
        return OutputFilter.filtered(lines, by);
    }

    /** Called for Ctrl-C and Ctrl-Z. */
    void interrupt() {
        // most devices only show a new prompt
    }

    /** Leaves configuration mode. */
    abstract void leave();

    // ---- the session ---------------------------------------------------------------------------------------------

    @Override
    public final int run(Streams streams, Optional<String> single) throws IOException {
        terminal = new Terminal(streams, router.faults);
        try {
            prepare(terminal);
            if (single.isPresent()) {
                terminal.length(0);
                line(single.get());
                return 0;
            }
            converse();
            return 0;
        } catch (Terminal.HungUp e) {
            return 255;
        } finally {
            router.unlock(this);
        }
    }

    private void converse() throws IOException {
        terminal.print(greeting());
        while (!over) {
            String prompt = prompt();
            terminal.print(prompt);
            line(terminal.readLine(prompt.substring(prompt.lastIndexOf('\n') + 1), true));
        }
    }

    /** Sets the page length and the pager's text. */
    void prepare(Terminal screen) {
        screen.more("--More--");
    }

    private void line(String typed) throws IOException {
        router.revertPending();
        command = typed.strip();
        if (router.faults.drops(command)) {
            throw new Terminal.HungUp();
        }
        if (command.equals("\u001a") || command.equals("\u0003")) {
            interrupt();
            return;
        }
        terminal.print(repainted(command));
        if (!command.isEmpty() && !command.startsWith("!") && !isFaulty()) {
            obey();
        }
    }

    private void obey() throws IOException {
        output.clear();
        String[] parts = command.split(" *\\| *", 2);
        filter = parts.length > 1 ? parts[1] : "";
        dispatch(words(parts[0].strip()));
        List<String> lines = filtered(output, filter);
        terminal.print(router.faults.interrupts(command) ? OutputFilter.interrupted(lines, message()) : lines,
                router.faults.pages(command));
    }

    /** Plays faults. True if the command must not run. */
    private boolean isFaulty() throws IOException {
        Optional<String> answer = router.faults.answerTo(command);
        if (answer.isPresent()) {
            terminal.print(answer.get() + "\n");
            return true;
        }
        for (String question : router.faults.questionsAt(command)) {
            terminal.print(question);
            router.faults.replied(terminal.readLine("", true));
        }
        return isPushedBack();
    }

    /** Prints a fault's text. True if the lock of another session ended configuration mode. */
    private boolean isPushedBack() throws IOException {
        boolean pushed = router.faults.pushesBack(command);
        Optional<String> text = pushed ? Optional.of(pushedBack()) : router.faults.remarkOn(command);
        if (text.isPresent()) {
            terminal.print(text.get() + "\n");
        }
        if (pushed) {
            leave();
        }
        return pushed;
    }

    final void dispatch(List<String> typed) throws IOException {
        if (typed.getLast().endsWith("?")) {
            output.addAll(tree().next(asked(String.join(" ", typed))));
            return;
        }
        Match match = tree().match(typed);
        if (match.action().isEmpty() && !branch.isEmpty()) {
            Match inside = tree().match(inBranch(typed));
            match = inside.action().isPresent() ? inside : match;
        }
        if (match.action().isPresent()) {
            match.action().get().run(match.words());
        } else {
            output.addAll(complaint(typed, match.trouble(), match.bad()));
        }
    }

    private CommandTree tree() {
        return switch (mode) {
            case USER -> user;
            case PRIVILEGED -> privileged;
            case CONFIG -> config;
        };
    }

    /** The words before a question mark. */
    private List<String> asked(String line) {
        String before = line.substring(0, line.length() - 1).strip();
        return before.isEmpty() ? List.of() : words(before);
    }

    private List<String> inBranch(List<String> typed) {
        List<String> words = new ArrayList<>(branch);
        boolean no = typed.getFirst().equals("no");
        words.addAll(no ? typed.subList(1, typed.size()) : typed);
        words.addAll(0, no ? List.of("no") : List.of());
        return words;
    }

    // ---- for the devices -----------------------------------------------------------------------------------------

    /** The host name as the prompt shows it. */
    final String hostname() {
        return router.faults.shown(router.setup.hostname(), mode == VtyMode.CONFIG);
    }

    /** @param lines as typed; 0: no paging */
    final void pageLength(String lines) {
        terminal.length(Integer.parseInt(lines.replaceAll("\\D", "0")));
    }

    static void nothing() {
        // the command is accepted and does nothing
    }

    /** Runs a command of privileged mode in configuration mode. */
    final void inside(List<String> words) throws IOException {
        mode = VtyMode.PRIVILEGED;
        try {
            dispatch(words);
        } finally {
            mode = VtyMode.CONFIG;
        }
    }

    /** A line with a caret under a word. */
    final String caret(List<String> words, int bad) {
        String shown = prompt().substring(prompt().lastIndexOf('\n') + 1).replace("\r", "");
        int before = String.join(" ", words.subList(0, Math.max(0, bad))).length() + (bad > 0 ? 1 : 0);
        return " ".repeat(shown.length() + before) + "^";
    }
}
