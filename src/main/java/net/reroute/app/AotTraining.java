package net.reroute.app;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sends one command to a daemon socket, so that the JDK records the classes that a command loads (AOT cache). What
 * answers is no daemon: its classes would make the cache of commands larger, and each start slower.
 */
public final class AotTraining {

    /** Frames of {@link net.reroute.api.Client}: a sign of life, output, the exit code. */
    private static final String FRAMES = "hox";

    private AotTraining() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("reroute-training");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> answer(server));
            Main.run(new String[]{"status", "--home", folder.toString(), "--state", folder.toString()});
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }

    private static void answer(ServerSocketChannel server) {
        try (SocketChannel caller = server.accept()) {
            byte[] text = "all well\n".getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream frames = new DataOutputStream(bytes);
            for (char kind : FRAMES.toCharArray()) {
                frames.writeByte(kind);
                frames.writeInt(kind == 'o' ? text.length : 0);
                frames.write(kind == 'o' ? text : new byte[0]);
            }
            caller.write(ByteBuffer.wrap(bytes.toByteArray(), 0, Integer.BYTES + 1));
            caller.read(ByteBuffer.allocate(1 << 16));
            caller.write(ByteBuffer.wrap(bytes.toByteArray(), Integer.BYTES + 1, bytes.size() - Integer.BYTES - 1));
        } catch (IOException e) {
            System.err.println("reroute: the training is of no use: " + e.getMessage());
        }
    }
}
