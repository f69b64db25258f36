package net.reroute.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import net.reroute.core.Durations;
import net.reroute.core.Login;
import net.reroute.core.Text;

/**
 * A {@code sh} kept open on another machine. A command in it takes one round trip; a new exec takes 5 to 500 ms. A
 * timeout closes the connection, since the state of the shell is then unknown. Thread-safe: scripts run one after the
 * other.
 */
public final class Shell implements AutoCloseable {

    /**
     * @param status exit status of the last command
     * @param out its standard output
     * @param err its standard error
     */
    public record Output(int status, String out, String err) {

        public boolean ok() {
            return status == 0;
        }

        /** The error text in one line; without one, the output or the exit status. */
        public String complaint() {
            String text = Text.one(err.isBlank() ? out : err);
            return text.isEmpty() ? "exit status " + status : text;
        }
    }

    private final Login login;
    private final Connection connection;
    private final Connection.Remote sh;
    private final Tail out;
    private final Tail err;
    // Random, so that no output can look like the end of a command.
    private final String mark = mark();
    private final ReentrantLock lock = new ReentrantLock();
    private int count;
    private volatile Fence fence = Fence.NONE;

    private Shell(Login login, Connection connection, Connection.Remote sh) {
        this.login = login;
        this.connection = connection;
        this.sh = sh;
        this.out = Tail.of(sh.out());
        this.err = Tail.of(sh.err());
    }

    private static String mark() {
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Logs in and starts {@code sh}. Blocks for {@code within} at most.
     *
     * @throws SshException refused or unreachable; then nothing stays open
     */
    public static Shell open(Login login, Duration within) throws SshException {
        long end = System.nanoTime() + within.toNanos();
        Connection connection = Connections.open(login, within);
        try {
            Shell shell;
            try (Deadline deadline = Deadline.closes(connection, left(end))) {
                shell = new Shell(login, connection, connection.start("LC_ALL=C exec sh"));
                deadline.leftMillis();
            }
            Output hello = shell.run("", left(end));
            if (!hello.ok()) {
                throw SshException.refused(login + " gives no sh: " + hello.complaint(), null);
            }
            return shell;
        } catch (SshException e) {
            connection.close();
            throw e;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    /**
     * Runs a script, and waits for its end. The caller must {@link #quote} foreign text in it.
     *
     * @param within includes the wait for scripts of other threads; a timeout in the script closes the shell
     * @throws SshException unreachable, if the shell is busy or the script did not end in time; refused, if the answer
     *     is not a shell's
     */
    public Output run(String script, Duration within) throws SshException {
        long until = System.nanoTime() + within.toNanos();
        awaitTurn(within);
        try (Deadline deadline = Deadline.closes(connection, left(until))) {
            String end = mark + ++count;
            send("{ :\n" + script + "\n} </dev/null; printf '\\n%s %d\\n' " + end + " $?; printf '\\n%s 0\\n' " + end
                    + " >&2\n");
            String answer = out.await(end, deadline);
            String complaint = err.await(end, deadline);
            int cut = answer.lastIndexOf('\n');
            return new Output(status(answer.substring(cut + 1)), answer.substring(0, cut),
                    complaint.substring(0, complaint.lastIndexOf('\n')));
        } catch (IOException e) {
            close();
            throw e instanceof SshException ours ? ours : broken(within, e);
        } finally {
            lock.unlock();
        }
    }

    /** @param fence of this machine, for all changes from now on */
    public Shell fencedBy(Fence fence) {
        this.fence = fence;
        return this;
    }

    /**
     * As {@link #run}, for a script that changes something: it is not run if this controller does not lead.
     *
     * @throws SshException also refused, if another controller has taken over; then nothing was done
     */
    public Output change(String script, Duration within) throws SshException {
        Fence.Pass pass = fence.check();
        Output answer = run(pass.around(script), within);
        pass.passed(answer);
        return answer;
    }

    /** Waits for scripts of other threads. A timeout here leaves the shell open. */
    private void awaitTurn(Duration within) throws SshException {
        try {
            if (!lock.tryLock(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw SshException.unreachable(login + " is busy with what it was asked before", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SshException.unreachable("interrupted", e);
        }
    }

    private int status(String digits) throws IOException {
        if (!digits.matches("\\d{1,3}")) {
            throw SshException.refused(login + " ends its answer as no shell does: " + Text.one(digits), null);
        }
        return Integer.parseInt(digits);
    }

    /**
     * Starts another program over the same connection. The program ends with the connection, if not before.
     *
     * @throws SshException unreachable, if it did not start in time; the connection is then closed
     */
    public Connection.Remote beside(String command, Duration within) throws SshException {
        try (Deadline deadline = Deadline.closes(connection, within)) {
            Connection.Remote remote = connection.start(command);
            deadline.leftMillis();
            return remote;
        }
    }

    private SshException broken(Duration within, IOException e) {
        String why = e.getMessage() == null ? "it closed the connection" : e.getMessage();
        return SshException.unreachable(login + " did not answer (" + why + ", deadline " + Durations.text(within)
                + ")", e);
    }

    private void send(String text) throws IOException {
        sh.in().write(text.getBytes(StandardCharsets.UTF_8));
        sh.in().flush();
    }

    public boolean isOpen() {
        return connection.isOpen() && out.isOpen();
    }

    @Override
    public void close() {
        connection.close();
        out.end();
        err.end();
    }

    /** Quotes any text as one word for {@code sh}. */
    public static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
