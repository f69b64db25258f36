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

/** A command that one daemon runs for another: what it prints, and its exit code, in the frames of the socket. */
public final class Forwarding {

    private static final int BUFFER = 8192;

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
     * @throws IOException if the other daemon ends in the middle of it
     */
    public static int copy(InputStream from, PrintStream out, PrintStream err) throws IOException {
        DataInputStream frames = new DataInputStream(from);
        try {
            while (true) {
                int kind = frames.readUnsignedByte();
                int number = frames.readInt();
                if (kind == SocketProtocol.EXIT) {
                    return number;
                }
                if (number < 0 || number > SocketProtocol.LONGEST_FRAME) {
                    throw new IOException("the answer of the leader is not understood");
                }
                byte[] bytes = frames.readNBytes(number);
                if (kind != SocketProtocol.HERE) {
                    PrintStream to = kind == SocketProtocol.ERR ? err : out;
                    to.write(bytes, 0, bytes.length);
                    to.flush();
                }
            }
        } catch (EOFException e) {
            throw new IOException("the leader ended in the middle of the answer", e);
        }
    }
}
