package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HostKeyScanTest {

    @Test
    void aMachineThatSaysNothingIsAskedOnce() throws IOException {
        List<Socket> taken = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        taken.add(silent.accept());
                    }
                } catch (IOException e) {
                    return; // the test has ended
                }
            });
            assertThatThrownBy(() -> HostKeyScan.of("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(300)))
                    .hasMessageContaining("127.0.0.1 shows no SSH host key at port " + silent.getLocalPort());
            assertThat(taken).as("what is silent for one kind of key is silent for all").hasSize(1);
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }
}
