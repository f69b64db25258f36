package net.reroute.redirect.route.cli;

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
import net.reroute.redirect.route.router.RouterException;
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
        try (Dialogue dialogue = new Dialogue(remote, hangUp::countDown, dialect, new Transcript("gw1"),
                Duration.ofMillis(150))) {
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

    /** Says this now and at every return, as a menu does. */
    private RouterException saying(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        PipedOutputStream shown = new PipedOutputStream();
        PipedInputStream said = new PipedInputStream(shown);
        shown.write(bytes);
        long began = System.nanoTime();
        RouterException e = greeted(said, new OutputStream() {
            @Override
            public void write(int c) throws IOException {
                typed.write(c);
                shown.write(bytes);
            }
        });
        assertThat(System.nanoTime() - began).isLessThan(12_000_000_000L);
        assertThat(e.refused()).as(e.getMessage()).isTrue();
        return e;
    }

    @Test
    void aDeviceThatAsksIsRefusedAndNothingIsTyped() throws IOException, RouterException {
        assertThat(saying("\r\nMain menu, choose 1 to 9: "))
                .hasMessageContaining("shows no prompt that dialect cisco-ios knows")
                .hasMessageContaining("it asks 'Main menu, choose 1 to 9:' at the login");
        assertThat(saying("\r\nDo you accept the terms? [yes/no] ")).hasMessageContaining("'Do you accept the terms?");
        assertThat(saying("\r\nEnter PASSCODE: ")).hasMessageContaining("another password behind the SSH login");
        assertThat(saying("\r\ngw1 login: ")).hasMessageContaining("another user name behind the SSH login");
        assertThat(typed.size()).as("typed at the questions").isZero();
    }

    @Test
    void aPromptOfAnotherShapeIsToldAsTheLastLine() throws IOException, RouterException {
        assertThat(saying("\r\ngw1 $ ")).hasMessageContaining("its last line was 'gw1 $'");
        assertThat(saying("\r\nroot@gw1:~# ")).hasMessageContaining("its last line was 'root@gw1:~#'");
    }

    @Test
    void aDeviceThatSaysNothingToAReturnIsToldByItsLastLine() throws IOException, RouterException {
        RouterException e = greeted(new SequenceInputStream(
                new java.io.ByteArrayInputStream("\r\nwelcome\r\ngw1$".getBytes(StandardCharsets.US_ASCII)), silence),
                typed);
        assertThat(e.refused()).as(e.getMessage()).isTrue();
        assertThat(e).hasMessageContaining("its last line was 'gw1$'");
    }
}
