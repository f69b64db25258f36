package net.reroute.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Channel.Medium;
import net.reroute.core.NotificationRule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SyslogSenderTest {

    private static final Instant AT = Instant.parse("2026-01-01T05:00:00Z");

    private static Message message() {
        Alert down = new Alert(AT, "server-down", Severity.WARNING, Alert.Phase.FIRING,
                "host1 is DOWN\n(web: \u001b[31m)",
                Map.of("server", "host1"));
        Alert up = new Alert(AT, "server-down", Severity.WARNING, Alert.Phase.RESOLVED, "host1 is UP", Map.of());
        return new Message("id", List.of(new QueuedAlert("1", "log", "all", down, AT, Optional.empty()),
                new QueuedAlert("2", "log", "all", up, AT, Optional.empty())));
    }

    private static final String FIRST = "<132>1 2026-01-01T05:00:00Z - reroute - server-down - host1 is DOWN; (web: [31m)";
    private static final String SECOND = "<134>1 2026-01-01T05:00:00Z - reroute - server-down - resolved: host1 is UP";

    @Test
    void byUdpEveryEventIsALineOfRfc5424InADatagramOfItsOwn() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            new SyslogSender(new Medium.Syslog("local0", Optional.of("127.0.0.1"), server.getLocalPort(), false))
                    .send(message());
            assertThat(received(server)).isEqualTo(FIRST);
            assertThat(received(server)).isEqualTo(SECOND);
        }
    }

    private static String received(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void byTcpEveryLineHasItsLengthBeforeIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new SyslogSender(new Medium.Syslog("local0", Optional.of("127.0.0.1"), server.getLocalPort(), true))
                    .send(message());
            try (Socket taken = server.accept()) {
                assertThat(new String(taken.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(FIRST.length() + " " + FIRST + SECOND.length() + " " + SECOND);
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws IOException {
        int free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }
        SyslogSender sender = new SyslogSender(new Medium.Syslog("local0", Optional.of("127.0.0.1"), free, true));
        assertThatThrownBy(() -> sender.send(message())).isInstanceOf(NotSentException.class)
                .hasMessageContaining("127.0.0.1").hasMessageContaining("refused");
    }
}
