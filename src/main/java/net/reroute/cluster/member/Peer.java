package net.reroute.cluster.member;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another member: the connection to it, and what it last told. Exchanges beats with it until it is closed. Thread-safe. */
public final class Peer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final Duration PATIENCE = Duration.ofMillis(750);
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(50);
    /** What it told counts for this long. */
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    /**
     * @param at {@link System#nanoTime} when it was told
     * @param unasked it asked this member, which it told its own beat by that
     */
    private record Told(Beat beat, long at, boolean unasked) {}

    private final MemberClient client;
    private final Supplier<Beat> own;
    private final BiConsumer<Beat, Boolean> hears;
    private final Runnable asked;
    private final Thread thread;
    private volatile Optional<Told> told = Optional.empty();
    private volatile Optional<String> trouble = Optional.of("not asked yet");
    private volatile boolean refuses;
    private volatile boolean closed;

    /**
     * @param own what this member tells
     * @param hears receives each beat, and whether it is the first after a silence
     * @param asked called after each question, answered or not, and when what was told does not count any more
     */
    public Peer(MemberClient client, Supplier<Beat> own, BiConsumer<Beat, Boolean> hears, Runnable asked) {
        this.asked = asked;
        this.client = client;
        this.own = own;
        this.hears = hears;
        this.thread = Thread.ofPlatform().daemon().name("beat-" + client.member().name()).start(this::loop);
    }

    public MemberClient client() {
        return client;
    }

    /** What it told lately; empty if it is silent. */
    public Optional<Beat> beat() {
        return told.filter(t -> System.nanoTime() - t.at() < FRESH).map(Told::beat);
    }

    /** What it last told, however long ago. */
    public Optional<Beat> lastBeat() {
        return told.map(Told::beat);
    }

    /** The time since it last told something; empty if it never did. */
    public Optional<Duration> silence() {
        return told.map(t -> Duration.ofNanos(System.nanoTime() - t.at()));
    }

    /** Why it cannot be asked; empty if it can. */
    public Optional<String> trouble() {
        return beat().isPresent() ? Optional.empty() : trouble;
    }

    /** It told something by itself. */
    public void heard(Beat beat) {
        heard(beat, true);
    }

    private void heard(Beat beat, boolean unasked) {
        boolean first = beat().isEmpty();
        told = Optional.of(new Told(beat, System.nanoTime(), unasked));
        hears.accept(beat, first);
    }

    private void loop() {
        while (!closed) {
            long next = System.nanoTime() + BETWEEN;
            if (!asks()) {
                ask();
            }
            look();
            told.map(t -> t.at() + FRESH).filter(end -> end - next < 0 && end - System.nanoTime() > 0)
                    .ifPresent(end -> {
                        rest(end);
                        look();
                    });
            rest(next);
        }
    }

    /** True while it asks this member: each exchange tells both, so one of the two is enough. */
    private boolean asks() {
        return told.filter(t -> t.unasked() && System.nanoTime() - t.at() < BETWEEN + LATE).isPresent();
    }

    private void ask() {
        try {
            heard(read(client.ask("/beat", Messages.JSON.valueToTree(own.get()), PATIENCE)), false);
            trouble = Optional.empty();
            refuses = false;
        } catch (IOException e) {
            refuses = e instanceof MemberException || e instanceof SSLException || e.getCause() instanceof SSLException;
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** True if it answers, and does not let this member in. */
    public boolean refuses() {
        return refuses;
    }

    private void look() {
        try {
            asked.run();
        } catch (RuntimeException e) {
            LOG.error("internal error after a beat of {}; the next one follows", client.member().name(), e);
        }
    }

    private void rest(long until) {
        for (long left = until - System.nanoTime(); left > 0 && !closed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    public static Beat read(com.fasterxml.jackson.databind.JsonNode node) throws IOException {
        try {
            return Messages.JSON.treeToValue(node, Beat.class);
        } catch (JsonProcessingException e) {
            throw new IOException("what it tells is not understood: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        client.close();
    }
}
