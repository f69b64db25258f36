package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.reroute.lab.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogLinesTest {

    private static final byte[] LINE = "a line\n".getBytes(StandardCharsets.UTF_8);

    /** Takes nothing until it is told to. */
    private static final class Pipe extends OutputStream {

        private final CountDownLatch open = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (this) {
                taken.write(bytes, from, length);
            }
        }

        synchronized String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoLogsNeverWaitsAndWhatWasDroppedIsToldWhenThereIsRoomAgain() {
        Pipe pipe = new Pipe();
        LogLines lines = LogLines.to(pipe);
        lines.add(LINE);
        Lab.await("the first line is on its way", lines::isWriting);
        for (int i = 0; i < LogLines.ROOM + 7; i++) {
            lines.add(LINE);
        }
        assertThat(lines.complaint().orElseThrow()).contains(LogLines.ROOM + 1 + " wait, 7 were dropped");
        pipe.open.countDown();
        Lab.await("the rest was told", () -> pipe.text().contains("dropped"));
        assertThat(pipe.text()).endsWith("7 log lines were dropped: standard error did not take them\n")
                .hasLineCount(LogLines.ROOM + 2);
        assertThat(lines.complaint()).isEmpty();
    }

    @Test
    void theEndOfTheProcessWaitsForTheLastLineAndNotForEver() {
        Pipe pipe = new Pipe();
        LogLines lines = LogLines.to(pipe);
        lines.add(LINE);
        LogLines.flush(Duration.ofMillis(50));
        assertThat(pipe.text()).isEmpty();
        pipe.open.countDown();
        LogLines.flush(Duration.ofSeconds(30));
        assertThat(pipe.text()).isEqualTo("a line\n");
    }

    @Test
    void aStreamThatIsClosedIsShownAndStopsNothing() {
        LogLines lines = LogLines.to(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        lines.add(LINE);
        Lab.await("it is shown", () -> lines.complaint().isPresent());
        lines.add(LINE);
        LogLines.flush(Duration.ofSeconds(30));
        assertThat(lines.complaint().orElseThrow()).contains("standard error does not take all log lines");
    }

    @Test
    void aLineIsOneEventWhateverItSays() {
        String forged = "2026-01-01 05:00:00.000 ERROR x: a\r\n2026-01-01 05:00:00.000 INFO  forged\u001b[2J\n\tat Some.java\n";
        assertThat(new String(StderrAppender.harmless(forged.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(
                        "2026-01-01 05:00:00.000 ERROR x: a\n\t2026-01-01 05:00:00.000 INFO  forged[2J\n\tat Some.java\n");
    }
}
