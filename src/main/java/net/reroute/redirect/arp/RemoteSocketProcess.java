package net.reroute.redirect.arp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.reroute.core.Text;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Deadline;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program behind a remote socket ({@code wire.pl}, {@code wire.py}). It runs for the whole session, since starting
 * it for every frame would cost more than the rest. Commands and results are lines. Thread-safe.
 */
final class RemoteSocketProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteSocketProcess.class);
    /** The longest line: a frame of 256 bytes in hexadecimal, and a word before it. */
    private static final int LONGEST = 600;

    private final String server;
    private final Connection.Remote remote;
    private final Consumer<ArpObservation> hears;
    private final Map<Integer, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile String complaint = "";
    private volatile boolean over;

    /** @param hears receives observations, on a thread that it must not block */
    RemoteSocketProcess(String server, Connection.Remote remote, Consumer<ArpObservation> hears) {
        this.server = server;
        this.remote = remote;
        this.hears = hears;
        Thread complaints = Thread.ofPlatform().daemon().name("wire-err-" + server).start(() -> complain(remote.err()));
        Thread.ofPlatform().daemon().name("wire-" + server).start(() -> read(complaints));
    }

    boolean isOpen() {
        return !over;
    }

    /**
     * Runs commands in order, and waits for all.
     *
     * @throws SshException refused, with the server's words, if a command failed; unreachable, if not all answers came
     *     in time (the program is then ended)
     */
    void obey(List<String> commands, Duration within) throws SshException {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (String command : commands) {
            int number = count.incrementAndGet();
            CompletableFuture<String> answer = new CompletableFuture<>();
            asked.put(number, answer);
            answers.add(answer);
            lines.append(number).append(' ').append(command).append('\n');
        }
        if (over) {
            end(); // the program may have ended before these were registered
        }
        // a write has no timeout of its own
        try (Deadline deadline = Deadline.closes(this, within)) {
            write(lines.toString());
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | TimeoutException e) {
            close();
            throw new SshException(SshException.Failure.UNREACHABLE, server + " does not answer"
                    + (complaint.isEmpty() ? "" : ": " + complaint), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SshException(SshException.Failure.UNREACHABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // no future here fails
        }
        for (CompletableFuture<String> answer : answers) {
            if (!answer.join().isEmpty()) {
                throw new SshException(SshException.Failure.REFUSED, answer.join(), null);
            }
        }
    }

    private synchronized void write(String lines) throws IOException {
        remote.in().write(lines.getBytes(StandardCharsets.US_ASCII));
        remote.in().flush();
    }

    private void read(Thread complaints) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(remote.out(), StandardCharsets.US_ASCII))) {
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                understand(line.strip().split(" ", 3));
            }
            complaints.join();
        } catch (IOException | InterruptedException e) {
            LOG.debug("{} is not heard any more", server, e);
        } catch (RuntimeException e) {
            LOG.warn("what {} says is not understood: {}", server, e.getMessage());
        } finally {
            close();
        }
    }

    /** Reads a line with its newline; empty at the end. Fails on an overlong line. */
    private static String line(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
            if (line.length() > LONGEST) {
                throw new IOException("a line without end");
            }
        }
        return line.toString();
    }

    private void understand(String[] words) {
        switch (words[0]) {
            case "heard" -> ArpObservation.in(HexFormat.of().parseHex(words[1])).forEach(hears);
            case "done" -> answered(words[1], "");
            case "failed" -> answered(words[1], words[2].strip());
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void answered(String number, String why) {
        CompletableFuture<String> answer = asked.remove(Integer.valueOf(number));
        if (answer != null) {
            answer.complete(why);
        }
    }

    private void complain(InputStream err) {
        byte[] chunk = new byte[LONGEST];
        try {
            for (int n = err.read(chunk); n >= 0; n = err.read(chunk)) {
                if (complaint.length() < LONGEST) {
                    complaint = Text.one(complaint + "\n" + new String(chunk, 0, n, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            LOG.debug("{} complains no more", server, e);
        }
    }

    private void end() {
        String why = server + " sends nothing any more" + (complaint.isEmpty() ? "" : ": " + complaint);
        asked.values().forEach(a -> a.complete(why));
        asked.clear();
    }

    @Override
    public void close() {
        over = true;
        // the library may wait half a minute for the server
        Thread.ofPlatform().daemon().name("wire-end-" + server).start(remote.end());
        end();
    }
}
