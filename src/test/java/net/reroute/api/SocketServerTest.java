package net.reroute.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.reroute.lab.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SocketServerTest {

    private static final int PLACES_OF_ONE_USER = 12;

    @TempDir
    Path folder;

    private String ask(Path socket) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        int code = Client.ask(socket, new Request(List.of("status"), "/", 80, false, ""), out, out);
        return code + " " + text.toString(StandardCharsets.UTF_8).strip();
    }

    private boolean isAnswered(Path socket) {
        try {
            return ask(socket).equals("0 here");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whoTakesAllHisPlacesIsToldSoUntilOneIsFree() throws IOException {
        Path socket = folder.resolve("socket");
        List<SocketChannel> silent = new ArrayList<>();
        try (SocketServer door = SocketServer.open(socket, (request, who, out, err) -> {
            out.println("here");
            return 0;
        })) {
            assertThat(door.toString()).contains(socket.toString());
            for (int i = 0; i < PLACES_OF_ONE_USER; i++) {
                SocketChannel one = SocketChannel.open(StandardProtocolFamily.UNIX);
                one.connect(UnixDomainSocketAddress.of(socket));
                silent.add(one);
                assertThat(one.read(ByteBuffer.allocate(1))).as("he is in: the daemon says that it lives").isEqualTo(1);
            }
            assertThat(ask(socket)).startsWith("1 reroute: 12 commands of").contains("nothing was done");
            for (SocketChannel one : silent) {
                one.close();
            }
            Lab.await("there is room again", () -> isAnswered(socket));
        } finally {
            for (SocketChannel one : silent) {
                one.close();
            }
        }
    }
}
