package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.api.Client;

/**
 * A daemon that holds its state folder and does not answer.
 *
 * @param state folder
 * @param process its id; empty if that cannot be read
 * @param stopped by SIGSTOP, or by a debugger
 */
record SilentDaemon(Path state, Optional<String> process, boolean stopped) {

    private static final Pattern HOLDER = Pattern.compile("daemon, process (\\d+)");
    /** The state, behind the name in parentheses (proc_pid_stat(5)). */
    private static final Pattern STOPPED = Pattern.compile(".*\\) [Tt] .*", Pattern.DOTALL);

    static SilentDaemon of(Path state) {
        Optional<String> process = StateLock.holder(state).map(HOLDER::matcher).filter(Matcher::find)
                .map(m -> m.group(1));
        boolean stopped = process.flatMap(SilentDaemon::stat)
                .filter(s -> STOPPED.matcher(s).matches()).isPresent();
        return new SilentDaemon(state, process, stopped);
    }

    private static Optional<String> stat(String process) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", process, "stat")));
        } catch (IOException e) {
            return Optional.empty(); // then it counts as not stopped
        }
    }

    /** The daemon that holds the lock; empty if none does. If its socket is closed, it is starting or stopping. */
    static Optional<SilentDaemon> behindClosedDoors(Path state) {
        return StateLock.isHeld(state)
                ? Optional.of(of(state)).filter(d -> d.process.isPresent())
                : Optional.empty();
    }

    String closed() {
        return "the daemon (process " + process.orElseThrow() + ", on " + state
                + ") does not accept callers: it has just begun,"
                + " or is about to end; ask again";
    }

    /** @param asked true if the daemon may have begun the command */
    String sentence(boolean asked) {
        String name = "the daemon (" + process.map(p -> "process " + p).orElse("its process is not known") + ", on "
                + state + ") ";
        String remedy = stopped && process.isPresent()
                ? "it was stopped by a signal, 'kill -CONT " + process.get() + "' lets it go on"
                : "look at its log, and whether this machine has processor and memory to spare";
        return name + (asked
                ? "stopped answering in the middle: " + remedy + "; 'reroute history' then tells what was done"
                : "has not answered for " + Client.TO_ANSWER.toSeconds() + "s: " + remedy + "; nothing was done");
    }
}
