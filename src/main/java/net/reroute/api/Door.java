package net.reroute.api;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people in: one thread for each caller, named by the kernel and not by himself. */
public final class Door implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int MOST_CALLERS = 64;
    private static final Duration TO_ASK = Duration.ofSeconds(5);

    /** Runs a command line for somebody. */
    public interface Desk {
        int run(Request request, String who, PrintStream out, PrintStream err);
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Desk desk;
    private final Semaphore room = new Semaphore(MOST_CALLERS);

    private Door(Path socket, ServerSocketChannel server, Desk desk) {
        this.socket = socket;
        this.server = server;
        this.desk = desk;
    }

    /** Opens the socket for its owner and its group. Whoever calls this holds the state folder's lock. */
    public static Door open(Path socket, Desk desk) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        Door door = new Door(socket, server, desk);
        Thread.ofVirtual().name("door").start(door::accept);
        return door;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel caller = server.accept();
                Thread.ofVirtual().name("caller").start(() -> serve(caller));
            }
        } catch (ClosedChannelException e) {
            return; // stopped
        } catch (IOException e) {
            LOG.error("the door is shut, commands find nobody: restart the daemon", e);
        }
    }

    private void serve(SocketChannel caller) {
        room.acquireUninterruptibly();
        try (caller) {
            String who = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            Request request = readSoon(caller);
            DataOutputStream to = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(caller)));
            PrintStream out = print(Wire.frames(to, Wire.OUT));
            PrintStream err = print(Wire.frames(to, Wire.ERR));
            int code = desk.run(request, who, out, err);
            out.flush();
            err.flush();
            to.writeByte(Wire.EXIT);
            to.writeInt(code);
            to.flush();
        } catch (IOException e) {
            LOG.debug("a caller went away", e);
        } catch (RuntimeException e) {
            LOG.error("a command ended with a mistake of the program", e);
        } finally {
            room.release();
        }
    }

    private static PrintStream print(OutputStream to) {
        return new PrintStream(new BufferedOutputStream(to, 8192), false, StandardCharsets.UTF_8);
    }

    /** Somebody who connects and says nothing must not hold a place for ever. */
    private static Request readSoon(SocketChannel caller) throws IOException {
        Thread reminder = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(TO_ASK);
                caller.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // he asked in time
            } catch (IOException e) {
                LOG.debug("closing a silent caller", e);
            }
        });
        try {
            return Wire.read(new DataInputStream(Channels.newInputStream(caller)));
        } finally {
            reminder.interrupt();
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
