package net.reroute.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.reroute.core.Text;

/**
 * How the log looks. TEXT: time, level, message. JOURNAL: the level as a number in brackets that journald reads
 * (sd-daemon(3)), and the message; the time is journald's. JSON: an object on each line.
 */
enum LogFormat {
    TEXT, JOURNAL, JSON;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The format that was asked for, or the one that fits where standard error leads. */
    static LogFormat of(String asked, Map<String, String> environment) {
        return switch (asked) {
            case "text" -> TEXT;
            case "journal" -> JOURNAL;
            case "json" -> JSON;
            default -> isJournal(environment.getOrDefault("JOURNAL_STREAM", "")) ? JOURNAL : TEXT;
        };
    }

    /** True if standard error is the stream that systemd made: systemd.exec(5) names its device and inode. */
    private static boolean isJournal(String stream) {
        try {
            Map<String, Object> file = Files.readAttributes(Path.of("/proc/self/fd/2"), "unix:dev,ino");
            return stream.equals(file.get("dev") + ":" + file.get("ino"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // it leads nowhere
        }
    }

    /** The level as syslog(3) counts. */
    static int priority(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> 3;
            case Level.WARN_INT -> 4;
            case Level.INFO_INT -> 6;
            default -> 7;
        };
    }

    /** Gives further lines of a message its level: journald reads line by line. They begin with a tab already. */
    static byte[] levels(byte[] message, Level level) {
        return new String(message, StandardCharsets.UTF_8).replace("\n\t", "\n<" + priority(level) + ">\t")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** There is nothing before the first line and behind the last. */
    private abstract static class LineEncoder extends EncoderBase<ILoggingEvent> {

        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }

    /** Lines for journald. */
    static final class JournalEncoder extends LineEncoder {

        @Override
        public byte[] encode(ILoggingEvent event) {
            String text = event.getFormattedMessage() + (event.getThrowableProxy() == null
                    ? ""
                    : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            return ("<" + priority(event.getLevel()) + ">" + text.stripTrailing()).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** One object a line. */
    static final class JsonEncoder extends LineEncoder {

        @Override
        public byte[] encode(ILoggingEvent event) {
            ObjectNode node = MAPPER.createObjectNode().put("time", event.getInstant().toString())
                    .put("level", event.getLevel().toString()).put("priority", priority(event.getLevel()))
                    .put("message", Text.clean(event.getFormattedMessage()));
            if (event.getThrowableProxy() != null) {
                node.put("error", Text.clean(ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
            try {
                return (MAPPER.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e); // a tree can be written
            }
        }
    }
}
