package net.reroute.notify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Channel.Medium;
import net.reroute.core.Channel.Tls;
import net.reroute.core.NotificationRule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MailSenderTest {

    @Test
    void aServerThatAnswersWithoutEndIsLeft() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> saysWithoutEnd(server));
            Medium.Mail way = new Medium.Mail(List.of("ops@example.com"), "reroute@example.com", "127.0.0.1",
                    server.getLocalPort(), Tls.STARTTLS, Optional.empty(), Optional.empty(), Optional.empty());
            Alert alert = new Alert(Instant.EPOCH, "trouble", Severity.WARNING, Alert.Phase.INFO, "trouble", Map.of());
            Message message = new Message("id", List.of(new QueuedAlert("1", "ops", "all", alert, Instant.EPOCH,
                    Optional.empty())));
            assertThatThrownBy(() -> new MailSender(way).send(message)).isInstanceOf(NotSentException.class)
                    .hasMessageContaining("it sends without end");
        }
    }

    private static void saysWithoutEnd(ServerSocket server) {
        try (Socket taken = server.accept()) {
            byte[] line = "220-welcome\r\n".getBytes(StandardCharsets.US_ASCII);
            while (true) {
                taken.getOutputStream().write(line);
            }
        } catch (IOException e) {
            // It was left, as it should be.
        }
    }
}
