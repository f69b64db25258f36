package net.reroute.api;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.reroute.ssh.Deadline;

/** Sends a command line to the daemon. Loads no library, so that a command starts fast. */
public final class Client {

    /** The wait for the first sign of life, which comes at once from a working daemon. Below the promised 3 s. */
    public static final Duration TO_ANSWER = Duration.ofSeconds(2);
    /** The wait for the next sign of life, which comes every second. A short lack of CPU must not end a command. */
    private static final Duration TO_GO_ON = Duration.ofSeconds(10);

    private final SocketChannel channel;
    private final PrintStream out;
    private final PrintStream err;

    private Client(SocketChannel channel, PrintStream out, PrintStream err) {
        this.channel = channel;
        this.out = out;
        this.err = err;
    }

    /**
     * Sends a request and copies the output until the command ends.
     *
     * @return the exit code of the command
     * @throws SilentException if the daemon gives no sign of life
     * @throws IOException if no daemon listens, or if it ends in the middle of the answer
     */
    public static int ask(Path socket, Request request, PrintStream out, PrintStream err) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return new Client(channel, out, err).ask(socket, request);
        } catch (EOFException e) {
            throw new IOException("the daemon ended in the middle of the answer", e);
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    /**
     * A frame of an answer.
     *
     * @param kind as in {@link SocketProtocol}
     * @param number the exit code, or the number of bytes that follow
     */
    private record Frame(int kind, int number, byte[] bytes) {}

    private int ask(Path socket, Request request) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        Frame frame = within(TO_ANSWER, false, () -> {
            channel.connect(UnixDomainSocketAddress.of(socket)); // blocks while the backlog is full
            return frame(in);
        });
        // Not before this: a stopped daemon would find the request in its socket and obey it hours later.
        Optional<IOException> unsent = send(request);
        try {
            return copy(frame, in);
        } catch (EOFException e) {
            throw unsent.orElse(e);
        }
    }

    /** A daemon that refuses a caller hangs up without reading the request; why is still to be read. */
    private Optional<IOException> send(Request request) {
        try {
            SocketProtocol.write(new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))),
                    request);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** Copies the answer that begins with this frame. Returns the exit code. */
    private int copy(Frame first, DataInputStream in) throws IOException {
        Frame frame = first;
        while (frame.kind != SocketProtocol.EXIT) {
            PrintStream to = frame.kind == SocketProtocol.ERR ? err : out;
            to.write(frame.bytes);
            to.flush();
            frame = within(TO_GO_ON, true, () -> frame(in));
        }
        out.flush();
        return frame.number;
    }

    private static Frame frame(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        int number = in.readInt();
        if (kind != SocketProtocol.EXIT && (number < 0 || number > SocketProtocol.LONGEST_FRAME)) {
            throw new IOException("what listens there is no reroute daemon, or one of another version");
        }
        return new Frame(kind, number, kind == SocketProtocol.EXIT ? new byte[0] : in.readNBytes(number));
    }

    private <T> T within(Duration time, boolean asked, Call<T> step) throws IOException {
        try (Deadline deadline = Deadline.closes(channel, time)) {
            try {
                return step.run();
            } catch (ClosedChannelException e) {
                throw deadline.isOver() ? new SilentException(asked, e) : e;
            }
        }
    }
}
