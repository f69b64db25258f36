package net.reroute.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.reroute.core.Durations;
import net.reroute.core.Login;
import net.reroute.core.Text;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Deadline;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/**
 * Runs a command on a server, in a channel of its own of the kept session, so that it blocks no other command. Its
 * words are quoted one by one: they are data to the shell there. sshd gives every channel a process session (OpenSSH
 * session.c, do_exec_no_pty) with the number of its shell. When the time is over, that number stops everything that the
 * command has started.
 */
public final class ServerCommand {

    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration KILLING = Duration.ofSeconds(2);
    /** Follows what the fence says; without it the command was not begun. */
    private static final String BEGUN = " begun";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Login login;
    private final Duration within;
    private final long until;
    // unguessable, so that no output can look like the end
    private final String mark;
    private final Pattern end;

    private ServerCommand(Login login, Duration within) {
        this.login = login;
        this.within = within;
        this.until = System.nanoTime() + within.toNanos();
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        this.mark = HexFormat.of().formatHex(random);
        this.end = Pattern.compile("\\n" + mark + " end (\\d{1,3})\\n");
    }

    /**
     * Runs a command until it ends or its time is over. Failures are results, not exceptions.
     *
     * @param fence that the command has to pass before it begins; it holds no lock while it runs
     */
    public static CommandResult run(Sessions sessions, Fence fence, Login login, List<String> words,
            Map<String, String> environment,
            Duration within) {
        ServerCommand command = new ServerCommand(login, within);
        try {
            Shell shell = sessions.open(login, within.compareTo(LOGIN) < 0 ? within : LOGIN);
            Connection.Remote remote = shell.beside("LC_ALL=C exec sh", within);
            try (Deadline deadline = Deadline.closes(() -> remote.end().run(), within.plus(KILLING.multipliedBy(2)))) {
                Fence.Pass pass = fence.check();
                CommandResult ran = command.run(shell, remote, pass, command.script(words, environment, pass));
                deadline.leftMillis();
                return ran;
            } finally {
                remote.end().run();
            }
        } catch (SshException e) {
            return CommandResult.not(CommandResult.Ending.NOT_RUN, e.getMessage());
        } catch (IOException e) {
            return CommandResult.not(CommandResult.Ending.LOST, login + " closed the session: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandResult.not(CommandResult.Ending.LOST,
                    "reroute ends; how the command on " + login + " ends is not known");
        }
    }

    private String script(List<String> words, Map<String, String> environment, Fence.Pass pass) {
        String line = words.stream().map(Shell::quote).collect(Collectors.joining(" "));
        String facts = environment.entrySet().stream().map(e -> e.getKey() + "=" + Shell.quote(e.getValue()))
                .collect(Collectors.joining(" "));
        String begin = facts.isEmpty() ? "" : "export " + facts + "\n";
        return "printf '" + mark + " %d\\n' $$\n{ " + pass.around(":") + "\n} </dev/null\nif [ $? = 0 ]; then\nprintf '"
                + mark + BEGUN + "\\n'\n" + begin + "{ :\n" + (login.sudo() ? "sudo -n " : "") + line
                + "\n} </dev/null 2>&1\nfi\nprintf '\\n" + mark + " end %d\\n' $?\n";
    }

    private CommandResult run(Shell shell, Connection.Remote remote, Fence.Pass pass, String script)
            throws IOException, InterruptedException {
        Capture out = Capture.of(remote.out());
        Capture.of(remote.err());
        remote.in().write(script.getBytes(StandardCharsets.UTF_8));
        remote.in().flush();
        boolean inTime = out.await(text -> end.matcher(text).find(), until);
        String text = out.text();
        Matcher ended = end.matcher(text);
        boolean over = ended.find();
        if (over && !text.contains(mark + BEGUN)) {
            pass.passed(new Shell.Output(1, text, ""));
            return CommandResult.not(CommandResult.Ending.NOT_RUN, login + " does not compare the epoch: "
                    + Text.one(printed(text.substring(0, ended.start()))));
        }
        if (over) {
            return CommandResult.ended(Integer.parseInt(ended.group(1)), printed(text.substring(0, ended.start())));
        }
        if (inTime) {
            return CommandResult.not(CommandResult.Ending.LOST,
                    printed(text) + "\nthe session on " + login + " ended before the command did");
        }
        return CommandResult.not(CommandResult.Ending.TOO_LATE,
                printed(text) + "\ndid not end within " + Durations.text(within) + " and "
                        + killed(shell, text));
    }

    /** Removes what is not the command's. */
    private String printed(String text) {
        int begun = text.indexOf(mark + BEGUN);
        return text.startsWith(mark) ? text.substring(text.indexOf('\n', Math.max(0, begun)) + 1) : text;
    }

    private String killed(Shell shell, String text) {
        Matcher pid = Pattern.compile(mark + " (\\d{1,10})\\n").matcher(text);
        if (!pid.lookingAt()) {
            return "was left: nobody knows its number";
        }
        String kill = (login.sudo() ? "sudo -n " : "") + "kill -s %s -- -" + pid.group(1);
        try {
            Shell.Output answer = shell.run(kill.formatted("TERM") + "; sleep 0.2; " + kill.formatted("KILL")
                    + " 2>/dev/null; ! kill -s 0 -- -" + pid.group(1) + " 2>/dev/null", KILLING);
            return answer.ok() ? "was ended" : "may still run on " + login + ": " + answer.complaint();
        } catch (SshException e) {
            return "may still run on " + login + ": " + e.getMessage();
        }
    }
}
