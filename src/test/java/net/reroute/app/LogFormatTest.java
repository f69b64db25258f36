package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How log lines look for journald and for programs. */
class LogFormatTest {

    private static LoggingEvent event(Level level, String message) {
        return new LoggingEvent("", new LoggerContext().getLogger("reroute"), level, message, null, null);
    }

    @Test
    void journaldReadsTheLevelOfEachLineAndNoLineIsForged() {
        byte[] line = StderrAppender.harmless(new LogFormat.JournalEncoder().encode(
                event(Level.WARN, "health host1 web: UP -> DOWN (said\n<0>forged)")));
        assertThat(new String(LogFormat.levels(line, Level.WARN), StandardCharsets.UTF_8))
                .isEqualTo("<4>health host1 web: UP -> DOWN (said\n<4>\t<0>forged)\n");
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        String line = new String(new LogFormat.JsonEncoder().encode(event(Level.INFO, "one\ntwo \u001b[31m")),
                StandardCharsets.UTF_8);
        assertThat(line.lines()).hasSize(1);
        JsonNode node = new ObjectMapper().readTree(line);
        assertThat(node.path("message").asText()).isEqualTo("one\ntwo [31m");
        assertThat(node.path("priority").asInt()).isEqualTo(6);
        assertThat(node.path("level").asText()).isEqualTo("INFO");
    }

    @Test
    void theFormatFitsWhereStandardErrorLeads() {
        assertThat(LogFormat.of("", Map.of("JOURNAL_STREAM", "1:2"))).isEqualTo(LogFormat.TEXT);
        assertThat(LogFormat.of("json", Map.of())).isEqualTo(LogFormat.JSON);
        assertThat(LogFormat.of("journal", Map.of())).isEqualTo(LogFormat.JOURNAL);
    }
}
