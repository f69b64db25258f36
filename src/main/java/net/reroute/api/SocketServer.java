package net.reroute.api;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import net.reroute.ssh.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the daemon's socket: one thread for each caller, under the name that the kernel reports (SO_PEERCRED). */
public final class SocketServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
    private static final int MOST_CALLERS = 64;
    /** Callers of one user, so that one user cannot keep all others out. */
    private static final int MOST_EACH = 12;
    private static final int REFUSED = 1;
    private static final Duration TO_ASK = Duration.ofSeconds(5);
    private static final Duration TO_TAKE = Duration.ofMinutes(1);
    private static final long AFTER_TROUBLE_NANOS = 100_000_000L;

    /** Runs a command line for a caller, on the caller's thread, and returns its exit code. */
    public interface Desk {
        int run(Request request, String who, PrintStream out, PrintStream err);
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Desk desk;
    private final Semaphore room = new Semaphore(MOST_CALLERS);
    private final Map<String, Integer> inside = new ConcurrentHashMap<>();

    private SocketServer(Path socket, ServerSocketChannel server, Desk desk) {
        this.socket = socket;
        this.server = server;
        this.desk = desk;
    }

    /**
     * Opens the socket for its owner and its group, and starts a thread that accepts callers. An old socket is
     * replaced: the calling process must hold the lock of the state folder.
     */
    public static SocketServer open(Path socket, Desk desk) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        SocketServer door = new SocketServer(socket, server, desk);
        Thread.ofPlatform().daemon().name("door").start(door::accept);
        return door;
    }

    private void accept() {
        while (server.isOpen()) {
            room.acquireUninterruptibly();
            try {
                SocketChannel caller = server.accept();
                // A platform thread: a history on a hanging disk pins its thread, and virtual threads share a few.
                Thread.ofPlatform().daemon().name("caller").start(() -> serve(caller));
            } catch (ClosedChannelException e) {
                return; // stopped
            } catch (IOException e) {
                room.release();
                LOG.error("nobody can be let in just now; trying on", e);
                LockSupport.parkNanos(AFTER_TROUBLE_NANOS);
            }
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            String who = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            int of = inside.merge(who, 1, Integer::sum);
            try {
                serve(caller, who, of <= MOST_EACH);
            } finally {
                inside.computeIfPresent(who, (name, count) -> count == 1 ? null : count - 1);
            }
        } catch (IOException e) {
            LOG.debug("a caller went away", e);
        } catch (RuntimeException | Error e) {
            LOG.error("a command ended with an internal error", e);
        } finally {
            room.release();
        }
    }

    private void serve(SocketChannel caller, String who, boolean mayAsk) throws IOException {
        DataOutputStream to = new DataOutputStream(new BufferedOutputStream(patient(caller)));
        try (Pulse pulse = Pulse.start(to)) {
            LOG.debug("{} came in, {}", who, pulse);
            PrintStream out = print(SocketProtocol.frames(to, SocketProtocol.OUT));
            PrintStream err = print(SocketProtocol.frames(to, SocketProtocol.ERR));
            int code = mayAsk ? answer(caller, who, out, err) : tooMany(who, err);
            out.flush();
            err.flush();
            SocketProtocol.exit(to, code);
        }
    }

    private static int tooMany(String who, PrintStream err) {
        err.println(
                "reroute: " + MOST_EACH + " commands of " + who + " are under way already; nothing was done. Ask again"
                        + " when one has ended");
        return REFUSED;
    }

    private int answer(SocketChannel caller, String who, PrintStream out, PrintStream err) throws IOException {
        try {
            return desk.run(readSoon(caller), who, out, err);
        } catch (SocketProtocol.VersionException e) {
            err.println("reroute: the daemon is of another version than this program; nothing was done. Restart the"
                    + " daemon");
            return REFUSED;
        }
    }

    /** A command may take hours, but a caller that reads no output for a minute is dropped. */
    private static OutputStream patient(SocketChannel caller) {
        return new FilterOutputStream(Channels.newOutputStream(caller)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try (Deadline deadline = Deadline.closes(caller, TO_TAKE)) {
                    out.write(bytes, from, length);
                    deadline.leftMillis();
                }
            }
        };
    }

    private static PrintStream print(OutputStream to) {
        return new PrintStream(new BufferedOutputStream(to, 8192), false, StandardCharsets.UTF_8);
    }

    /** A caller that connects and sends nothing must not keep its place for ever. */
    private static Request readSoon(SocketChannel caller) throws IOException {
        try (Deadline deadline = Deadline.closes(caller, TO_ASK)) {
            Request request = SocketProtocol.read(new DataInputStream(Channels.newInputStream(caller)));
            LOG.debug("asked {} ms before the deadline", deadline.leftMillis());
            return request;
        }
    }

    @Override
    public String toString() {
        return "listening on " + socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
