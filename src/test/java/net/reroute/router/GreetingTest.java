package net.reroute.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.reroute.core.Dialect;
import net.reroute.ssh.Connection.Remote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a device may say before its first prompt. */
@Timeout(60)
class GreetingTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private final CountDownLatch hangUp = new CountDownLatch(1);

    /** Nothing, for as long as the session is open. */
    private final InputStream silence = new InputStream() {
        @Override
        public int read() throws IOException {
            try {
                hangUp.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return -1;
        }
    };

    private RouterException greeted(InputStream said, OutputStream typed) throws IOException, RouterException {
        Dialect dialect = new CliHome(folder).dialect("cisco-ios");
        Remote remote = new Remote(typed, said, InputStream.nullInputStream(), hangUp::countDown);
        try (Dialogue dialogue = new Dialogue(remote, hangUp::countDown, dialect, new Transcript("gw1"))) {
            return catchThrowableOfType(RouterException.class, () -> dialogue.greet(Duration.ofSeconds(30)));
        }
    }

    @Test
    void anotherPasswordBehindTheLoginIsNotGuessed() throws IOException, RouterException {
        RouterException e = greeted(new SequenceInputStream(
                new java.io.ByteArrayInputStream("\r\nUser Access Verification\r\n\r\nPassword: "
                        .getBytes(StandardCharsets.US_ASCII)),
                silence), typed);
        assertThat(e.refused()).as(e.getMessage()).isTrue();
        assertThat(e).hasMessageContaining("another password behind the SSH login");
        assertThat(typed.size()).as("typed at the question").isZero();
    }

    @Test
    void aGreetingWithoutEndIsEnded() throws IOException, RouterException {
        RouterException e = greeted(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        }, typed);
        assertThat(e.refused()).isFalse();
        assertThat(e).hasMessageContaining("its greeting does not end");
    }

    @Test
    void aDeviceThatShowsNoKnownPromptIsRefusedAndNotTakenForLost() throws IOException, RouterException {
        byte[] menu = "\r\nMain menu, choose 1 to 9: ".getBytes(StandardCharsets.US_ASCII);
        PipedOutputStream shown = new PipedOutputStream();
        PipedInputStream said = new PipedInputStream(shown);
        shown.write(menu);
        OutputStream answering = new OutputStream() {
            @Override
            public void write(int c) throws IOException {
                shown.write(menu);
            }
        };
        RouterException e = greeted(said, answering);
        assertThat(e.refused()).as(e.getMessage()).isTrue();
        assertThat(e).hasMessageContaining("shows no prompt that dialect cisco-ios knows");
    }
}
