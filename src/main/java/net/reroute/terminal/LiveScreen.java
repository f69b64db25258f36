package net.reroute.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** The status as a full screen that stays. Keys explain, move and drain; what changes something is confirmed first. */
public final class LiveScreen implements AutoCloseable {

    private static final int ESCAPE = 27;
    private static final int INTERRUPT = 3;
    private static final int BACKSPACE = 127;
    private static final int REFRESH = 1000;
    private static final int LONGEST = 200;
    private static final String KEYS = "e explain  m move  d drain  u undrain  r release  j/k scroll  q quit";

    private final Asker asker;
    private final List<String> words;
    private final Terminal terminal;
    private final Attributes before;
    private final NonBlockingReader keys;
    private int top;

    private LiveScreen(Asker asker, List<String> words, Terminal terminal) {
        this.asker = asker;
        this.words = words;
        this.terminal = terminal;
        this.before = terminal.enterRawMode();
        this.keys = terminal.reader();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
    }

    /**
     * Shows the screen until q is pressed.
     *
     * @param words of the status command
     */
    public static void show(Asker asker, List<String> words) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).provider("exec").build()) {
            show(asker, words, terminal);
        }
    }

    static void show(Asker asker, List<String> words, Terminal terminal) throws IOException {
        try (LiveScreen screen = new LiveScreen(asker, words, terminal)) {
            screen.run();
        }
    }

    private void run() throws IOException {
        while (true) {
            draw();
            switch (keys.read(REFRESH)) {
                case 'q', INTERRUPT, -1 -> {
                    return;
                }
                case 'j' -> top++;
                case 'k' -> top = Math.max(0, top - 1);
                case 'e' -> ask("explain", "Explain which service, server or router? ");
                case 'm' -> move();
                case 'd' -> confirmed("drain", "Drain which server? ");
                case 'u' -> confirmed("undrain", "Undrain which server? ");
                case 'r' -> confirmed("release", "Release which service? ");
                default -> {
                }
            }
        }
    }

    private void draw() {
        List<String> lines = asker.ask(words, width(), true).lines();
        int room = Math.max(1, terminal.getSize().getRows() - 2);
        top = Math.max(0, Math.min(top, lines.size() - room));
        show(lines.subList(top, Math.min(lines.size(), top + room)), KEYS);
    }

    private int width() {
        return Math.max(40, terminal.getSize().getColumns());
    }

    private void show(List<String> lines, String foot) {
        terminal.puts(Capability.cursor_home);
        StringBuilder screen = new StringBuilder();
        lines.forEach(l -> screen.append(l).append("\033[K\r\n"));
        screen.append("\033[J");
        terminal.writer().print(screen);
        terminal.puts(Capability.cursor_address, Math.max(1, terminal.getSize().getRows() - 1), 0);
        terminal.writer().print("\033[7m" + cut(foot) + "\033[0m\033[K");
        terminal.writer().flush();
    }

    private String cut(String text) {
        return text.length() > width() - 1 ? text.substring(0, width() - 1) : text;
    }

    // ---- questions ------------------------------------------------------------------------------------------------

    private void ask(String command, String question) throws IOException {
        String what = line(question);
        if (!what.isEmpty()) {
            page(asker.ask(List.of(command, what), width(), true).lines());
        }
    }

    private void move() throws IOException {
        String what = line("Move which service? ");
        String to = what.isEmpty() ? "" : line("Move " + what + " to which server? ");
        if (!to.isEmpty()) {
            carryOut(List.of(what, "to", to));
        }
    }

    private void confirmed(String command, String question) throws IOException {
        String what = line(question);
        if (!what.isEmpty()) {
            carryOut(List.of(command, what));
        }
    }

    /** First what would be typed, then a question, then the deed. */
    private void carryOut(List<String> command) throws IOException {
        List<String> dry = new ArrayList<>(command);
        dry.add("--dry-run");
        Asker.Answer would = asker.ask(dry, width(), true);
        show(would.lines().subList(0, Math.min(would.lines().size(), Math.max(1, terminal.getSize().getRows() - 2))),
                would.code() == 0 ? "Do it? y: yes, any other key: no" : "Refused. Press a key");
        boolean yes = read() == 'y' && would.code() == 0;
        if (yes) {
            page(asker.ask(command, width(), true).lines());
        }
    }

    /** Shows lines until a key is pressed. */
    private void page(List<String> lines) throws IOException {
        show(lines.subList(0, Math.min(lines.size(), Math.max(1, terminal.getSize().getRows() - 2))), "Press a key");
        read();
    }

    private int read() throws IOException {
        int key = keys.read(REFRESH);
        while (key == NonBlockingReader.READ_EXPIRED) {
            key = keys.read(REFRESH);
        }
        return key;
    }

    /** A line that is typed at the foot; empty if it is given up. */
    private String line(String question) throws IOException {
        StringBuilder typed = new StringBuilder();
        while (true) {
            terminal.puts(Capability.cursor_address, Math.max(1, terminal.getSize().getRows() - 1), 0);
            terminal.writer().print("\033[7m" + cut(question + typed) + " \033[0m\033[K");
            terminal.writer().flush();
            int key = read();
            if (key == '\r' || key == '\n') {
                return typed.toString().strip();
            }
            if (key == ESCAPE || key == INTERRUPT || key == -1) {
                return "";
            }
            if ((key == BACKSPACE || key == '\b') && !typed.isEmpty()) {
                typed.setLength(typed.length() - 1);
            } else if (key > ' ' && key < BACKSPACE && typed.length() < LONGEST) {
                typed.append((char) key);
            }
        }
    }

    @Override
    public void close() {
        terminal.puts(Capability.exit_ca_mode);
        terminal.puts(Capability.cursor_normal);
        terminal.setAttributes(before);
        terminal.flush();
    }
}
