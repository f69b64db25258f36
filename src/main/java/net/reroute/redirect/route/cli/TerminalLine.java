package net.reroute.redirect.route.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.reroute.ssh.Connection.Remote;
import net.reroute.ssh.Deadline;
import net.sf.expectit.Expect;
import net.sf.expectit.ExpectBuilder;
import net.sf.expectit.Result;
import net.sf.expectit.matcher.Matcher;
import net.sf.expectit.matcher.SimpleResult;

/** The terminal session as raw bytes. */
final class TerminalLine implements AutoCloseable {

    private static final ExecutorService THREADS = Executors
            .newCachedThreadPool(Thread.ofPlatform().daemon().name("dialogue-", 0).factory());
    private static final int LONGEST_GREETING = 1 << 20;

    private final Remote remote;
    private final AutoCloseable connection;
    private final LineListener listener;
    private final Expect expect;
    private volatile boolean broken;

    /** @param connection is closed with this */
    TerminalLine(Remote remote, AutoCloseable connection, LineListener listener, Duration quiet)
            throws IOException {
        this.remote = remote;
        this.connection = connection;
        this.listener = listener;
        // raw bytes: a banner may have any encoding, and a character must not depend on where the text is cut
        this.expect = new ExpectBuilder().withInputs(remote.out()).withOutput(remote.in())
                .withCharset(StandardCharsets.ISO_8859_1).withTimeout(quiet.toMillis(), TimeUnit.MILLISECONDS)
                .withExecutor(THREADS)
                .build();
    }

    void send(String text) throws IOException {
        remote.in().write(text.getBytes(StandardCharsets.ISO_8859_1));
        remote.in().flush();
    }

    /** Waits for the matcher to succeed, or for a short silence. Returns the text so far. */
    Result expect(Matcher<Result> matcher) throws IOException {
        return expect.expect(matcher);
    }

    /** Waits for text, then returns all of it once the device is silent. */
    String untilQuiet(Deadline deadline) throws IOException {
        return untilQuiet(deadline, Duration.ofMillis(deadline.leftMillis() + 1L));
    }

    /** The same; empty if nothing comes within {@code patience}. */
    String untilQuiet(Deadline deadline, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        StringBuilder text = new StringBuilder();
        boolean quiet = false;
        while (!quiet) {
            String more = next(deadline);
            text.append(more);
            if (text.length() > LONGEST_GREETING) {
                throw new IOException("its greeting does not end");
            }
            quiet = more.isEmpty() && (!text.isEmpty() || System.nanoTime() - end > 0);
        }
        return text.toString();
    }

    /** The next text; empty after a short silence. */
    String next(Deadline deadline) throws IOException {
        AnyMatcher any = new AnyMatcher();
        Result result = expect.expect(any);
        ifOver(deadline, any.isOver() && !result.isSuccessful());
        String text = result.isSuccessful() ? result.group() : "";
        heard(text);
        return text;
    }

    void ifOver(Deadline deadline, boolean hungUp) throws IOException {
        if (deadline.isOver()) {
            throw new IOException("no answer in time");
        }
        if (hungUp || broken) {
            throw new EOFException("it hung up");
        }
    }

    void heard(String raw) {
        if (!raw.isEmpty()) {
            listener.heard(raw);
        }
    }

    void typed(String line) {
        listener.typed(line);
    }

    boolean isOpen() {
        return !broken;
    }

    @Override
    public void close() {
        if (broken) {
            return;
        }
        broken = true;
        // a frozen peer delays even a close, so this is done on another thread
        THREADS.execute(() -> {
            remote.end().run();
            try {
                connection.close();
                expect.close();
            } catch (Exception e) {
                // the session is discarded anyway
            }
        });
    }

    /** Matches any text that is not empty. */
    private static final class AnyMatcher implements Matcher<Result> {

        private boolean over;

        @Override
        public Result matches(String input, boolean isEof) {
            over |= isEof;
            return input.isEmpty() ? SimpleResult.failure(input, false) : SimpleResult.success(input, "", input);
        }

        boolean isOver() {
            return over;
        }
    }
}
