package net.reroute.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Hours;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelQueueTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final ChannelQueue queue = new ChannelQueue();
    private Instant now = Instant.parse("2026-01-01T05:00:00Z");
    private int count;
    private int messages;

    @BeforeEach
    void rule() {
        queue.rules(Map.of("all", rule(Optional.empty())));
    }

    private static NotificationRule rule(Optional<Hours> quiet) {
        return new NotificationRule("all", List.of("ops"), Severity.INFO, List.of(), List.of(), quiet,
                Duration.ofMinutes(1));
    }

    private void happens(String text, Severity severity) {
        Alert alert = new Alert(now, "server-down", severity, Alert.Phase.FIRING, text, Map.of("server", text));
        queue.add(new QueuedAlert("item" + count++, "ops", "all", alert, now, Optional.empty()), now);
    }

    private void happens(String text) {
        happens(text, Severity.WARNING);
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private Optional<Message> due() {
        return queue.due(now, now, () -> "message" + messages++);
    }

    private List<String> arrives() {
        Message message = due().orElseThrow();
        queue.sent(message, now);
        return message.items().stream().map(i -> i.alert().text()).toList();
    }

    private NotSentException failed() {
        return new NotSentException("connection refused", null);
    }

    @Test
    void whatHappensWithinASecondGoesOutTogetherAndTheRestAMinuteLater() {
        happens("host1");
        assertThat(due()).isEmpty();
        happens("host2");
        after(Duration.ofSeconds(1));
        assertThat(arrives()).containsExactly("host1", "host2");
        for (int i = 0; i < 500; i++) {
            happens("other" + i);
        }
        after(Duration.ofSeconds(58));
        assertThat(due()).isEmpty();
        after(Duration.ofSeconds(2));
        assertThat(arrives()).hasSize(500).startsWith("other0", "other1");
    }

    @Test
    void whatDidNotArriveIsSentAgainAsItWasBeforeAnythingNew() {
        happens("host1");
        after(Duration.ofSeconds(1));
        Message first = due().orElseThrow();
        queue.failed(first, failed(), now);
        happens("host2");
        assertThat(due()).as("it waits before it tries again").isEmpty();
        after(Duration.ofSeconds(2));
        Message again = due().orElseThrow();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.items()).hasSize(1);
        queue.sent(again, now);
        after(Duration.ofMinutes(1));
        assertThat(arrives()).containsExactly("host2");
    }

    @Test
    void aServerThatIsDownForADayIsAskedEveryFiveMinutesAndThenGetsEverythingInOrder() {
        happens("host1");
        after(Duration.ofSeconds(1));
        int tries = 0;
        Instant end = now.plus(Duration.ofDays(1));
        while (now.isBefore(end)) {
            Optional<Message> due = due();
            if (due.isPresent()) {
                queue.failed(due.get(), failed(), now);
                tries++;
                happens("later" + tries);
            }
            after(Duration.ofSeconds(1));
        }
        assertThat(tries).isBetween(280, 310);
        after(Duration.ofMinutes(5));
        assertThat(arrives()).containsExactly("host1");
        after(Duration.ofMinutes(1));
        assertThat(arrives()).hasSize(tries).startsWith("later1", "later2").endsWith("later" + tries);
    }

    @Test
    void aReceiverThatAsksForTimeIsLeftAloneForThatLong() {
        happens("host1");
        after(Duration.ofSeconds(1));
        queue.failed(due().orElseThrow(), new NotSentException("429", false, Optional.of(Duration.ofSeconds(90)), null),
                now);
        after(Duration.ofSeconds(89));
        assertThat(due()).isEmpty();
        after(Duration.ofSeconds(1));
        assertThat(arrives()).containsExactly("host1");
    }

    @Test
    void aMessageThatIsRefusedAgainAndAgainDoesNotHoldUpTheOthers() {
        happens("bad");
        after(Duration.ofSeconds(1));
        boolean givenUp = false;
        for (int i = 0; i < ChannelQueue.REFUSALS; i++) {
            givenUp = queue.failed(due().orElseThrow(), new NotSentException("400", true, Optional.empty(), null), now);
            after(Duration.ofMinutes(8));
        }
        assertThat(givenUp).isTrue();
        happens("good");
        after(Duration.ofMinutes(1));
        assertThat(arrives()).containsExactly("good");
    }

    @Test
    void inQuietHoursOnlyWhatIsCriticalIsTold() {
        queue.rules(Map.of("all", rule(Optional.of(Hours.parse("22:00-06:00", UTC)))));
        happens("host1");
        happens("nobody left", Severity.CRITICAL);
        after(Duration.ofSeconds(1));
        assertThat(arrives()).containsExactly("nobody left");
        after(Duration.ofMinutes(59));
        assertThat(due()).isEmpty();
        after(Duration.ofMinutes(1));
        assertThat(now.atZone(UTC).getHour()).isEqualTo(6);
        assertThat(arrives()).containsExactly("host1");
    }

    @Test
    void whatIsTooOldToHelpAnybodyIsTakenOut() {
        happens("host1");
        after(Duration.ofDays(8));
        happens("host2");
        assertThat(queue.expired(now)).extracting(i -> i.alert().text()).containsExactly("host1");
        assertThat(queue.size()).isEqualTo(1);
    }
}
