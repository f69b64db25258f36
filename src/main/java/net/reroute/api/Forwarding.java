package net.reroute.api;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.reroute.ssh.Deadline;

/** A command that one daemon runs for another: what it prints, and its exit code, in the frames of the socket. */
public final class Forwarding {

    private static final int BUFFER = 8192;
    /** Signs of life come every second. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** Runs a command, and returns its exit code. */
    public interface Run {
        int run(PrintStream out, PrintStream err);
    }

    private Forwarding() {}

    /** Runs a command and writes its output as it comes. */
    public static void answer(OutputStream to, Run command) throws IOException {
        DataOutputStream frames = new DataOutputStream(new BufferedOutputStream(to));
        Pulse pulse = Pulse.start(frames);
        try (PrintStream out = print(SocketProtocol.frames(frames, SocketProtocol.OUT));
                PrintStream err = print(SocketProtocol.frames(frames, SocketProtocol.ERR))) {
            int code = command.run(out, err);
            out.flush();
            err.flush();
            SocketProtocol.exit(frames, code);
        } finally {
            pulse.close();
        }
    }

    private static PrintStream print(OutputStream to) {
        return new PrintStream(new BufferedOutputStream(to, BUFFER), false, StandardCharsets.UTF_8);
    }

    /**
     * Copies the output of a command, and returns its exit code.
     *
     * @throws IOException if the other daemon ends in the middle of it, or gives no sign of life
     */
    public static int copy(InputStream from, PrintStream out, PrintStream err) throws IOException {
        DataInputStream frames = new DataInputStream(from);
        try {
            Frame frame = next(from, frames);
            while (frame.kind() != SocketProtocol.EXIT) {
                if (frame.kind() != SocketProtocol.HERE) {
                    PrintStream to = frame.kind() == SocketProtocol.ERR ? err : out;
                    to.write(frame.bytes(), 0, frame.bytes().length);
                    to.flush();
                }
                frame = next(from, frames);
            }
            return frame.number();
        } catch (EOFException e) {
            throw new IOException("the leader ended in the middle of the answer", e);
        }
    }

    private record Frame(int kind, int number, byte[] bytes) {}

    /** A leader without power sends nothing, not even an end. */
    private static Frame next(InputStream from, DataInputStream frames) throws IOException {
        Deadline silence = Deadline.closes(from, SILENT);
        try (silence) {
            int kind = frames.readUnsignedByte();
            int number = frames.readInt();
            if (kind == SocketProtocol.EXIT) {
                return new Frame(kind, number, new byte[0]);
            }
            if (number < 0 || number > SocketProtocol.LONGEST_FRAME) {
                throw new IOException("the answer of the leader is not understood");
            }
            return new Frame(kind, number, frames.readNBytes(number));
        } catch (IOException e) {
            throw silence.isOver()
                    ? new IOException("the leader has not answered for " + SILENT.toSeconds() + " s", e)
                    : e;
        }
    }
}
