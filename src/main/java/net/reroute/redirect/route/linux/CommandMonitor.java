package net.reroute.redirect.route.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import net.reroute.core.Text;
import net.reroute.redirect.Traits;
import net.reroute.ssh.Connection;

/**
 * A command that keeps reporting events of a router, beside the session. Events that do not matter are dropped on the
 * router.
 */
public final class CommandMonitor implements Traits.Watch {

    /** From here on the reports are complete. */
    static final String WATCHING = "=-=watching=-=";
    /** The command has ended. */
    static final String OVER = "=-=over=-=";

    private static final int LONGEST = 2000;

    private final Connection.Remote remote;
    private final Consumer<String> told;
    private volatile boolean over;

    private CommandMonitor(Connection.Remote remote, Consumer<String> told) {
        this.remote = remote;
        this.told = told;
    }

    /**
     * A script for {@code sh} that runs the command until its standard input ends; all that it started ends then too.
     *
     * @param condition which lines matter, for awk; words are the keys of {@code w}
     */
    static String script(String command, String condition, Collection<String> words) {
        StringBuilder script = new StringBuilder("PATH=$PATH:/usr/sbin:/sbin\n{ ").append(command)
                .append(" & p=$!\n{ sleep 1; kill -0 $p 2>/dev/null && echo ").append(WATCHING)
                .append("; while kill -0 $p 2>/dev/null; do sleep 5; done; echo ").append(OVER)
                .append("; } >&3 &\ncat >/dev/null; kill $p; } 3>&1 | ")
                // mawk waits for 4 kB of input without the option, and the others do not know it
                .append("awk -W interactive 'BEGIN{for(i=1;i<ARGC;i++){w[ARGV[i]];ARGV[i]=\"\"}}").append(condition)
                .append("||($1 in w){print;fflush()}' ").append(WATCHING).append(' ').append(OVER);
        words.forEach(w -> script.append(' ').append(w));
        return script.append(" 2>/dev/null; exit\n").toString();
    }

    /**
     * Starts a {@link #script} in a shell.
     *
     * @param shell that waits for it
     * @param told receives events in the router's words, on another thread; an empty text at the end
     */
    public static CommandMonitor start(Connection.Remote shell, String command, String condition,
            Collection<String> words, Consumer<String> told) throws IOException {
        CommandMonitor monitor = new CommandMonitor(shell, told);
        shell.in().write(script(command, condition, words).getBytes(StandardCharsets.UTF_8));
        shell.in().flush();
        Thread.ofPlatform().daemon().name("monitor").start(() -> monitor.read(shell.out(), true));
        // "netlink receive error: No buffer space available" means lost events
        Thread.ofPlatform().daemon().name("monitor-err").start(() -> monitor.read(shell.err(), false));
        return monitor;
    }

    private void read(InputStream stream, boolean whole) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = line(in); line != null && !line.equals(OVER); line = line(in)) {
                if (!line.isBlank()) {
                    told.accept(line.equals(WATCHING) ? BEGINS : Text.one(line));
                }
            }
        } catch (IOException e) {
            // the session ended
        }
        if (whole) {
            close();
            told.accept("");
        }
    }

    /** Reads a line, and cuts it at a limit; null at the end. */
    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
        }
        return c < 0 && line.isEmpty() ? null : line.toString();
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public void close() {
        over = true;
        remote.end().run();
    }
}
