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
import net.reroute.ssh.Deadline;

/** Sends a command line to the daemon. Loads no library, so that it answers at once. */
public final class Client {

    /** A daemon that lives takes a call at once, whatever it is busy with. Shorter than the 3 s that are promised. */
    public static final Duration TO_ANSWER = Duration.ofSeconds(2);
    /** Signs of life come every second; what was begun is not given up for a moment without processor. */
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
     * Asks, and copies what comes back.
     *
     * @return the exit code
     * @throws SilentException if the daemon gives no sign of life
     * @throws IOException if nobody listens, or he stopped in the middle
     */
    public static int ask(Path socket, Request request, PrintStream out, PrintStream err) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return new Client(channel, out, err).ask(socket, request);
        } catch (EOFException e) {
            throw new IOException("the daemon ended in the middle of the answer", e);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /**
     * A frame of an answer.
     *
     * @param number the exit code, or how many bytes follow
     */
    private record Frame(int kind, int number, byte[] bytes) {}

    private int ask(Path socket, Request request) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        Frame frame = within(TO_ANSWER, false, () -> {
            channel.connect(UnixDomainSocketAddress.of(socket)); // waits where many are waiting already
            return frame(in);
        });
        // Only now: what a stopped process found in its socket it would do when it goes on, hours later.
        SocketProtocol.write(new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))),
                request);
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

    private <T> T within(Duration time, boolean asked, Step<T> step) throws IOException {
        try (Deadline deadline = Deadline.closes(channel, time)) {
            try {
                return step.run();
            } catch (ClosedChannelException e) {
                throw deadline.isOver() ? new SilentException(asked, e) : e;
            }
        }
    }
}
