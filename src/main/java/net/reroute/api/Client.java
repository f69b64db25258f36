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
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Sends a command line to the daemon. Loads no library, so that it answers at once. */
public final class Client {

    private Client() {}

    /**
     * Asks, and copies what comes back.
     *
     * @return the exit code
     * @throws IOException if nobody listens, or he stopped in the middle
     */
    public static int ask(Path socket, Request request, PrintStream out, PrintStream err) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Wire.write(new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))), request);
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
            while (true) {
                int kind = in.readUnsignedByte();
                int number = in.readInt();
                if (kind == Wire.EXIT) {
                    out.flush();
                    return number;
                }
                PrintStream to = kind == Wire.ERR ? err : out;
                to.write(in.readNBytes(number));
                to.flush();
            }
        } catch (EOFException e) {
            throw new IOException("the daemon ended in the middle of the answer", e);
        }
    }
}
