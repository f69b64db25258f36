package net.reroute.playbook;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import net.reroute.check.Check;
import net.reroute.check.CheckConnector;
import net.reroute.check.Checks;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Timers;

/**
 * Asks a service address again and again, as a client would: by ping every 10 ms; if it does not answer pings, by a
 * check of the service every 200 ms.
 */
final class Probe implements AutoCloseable {

    private static final Duration PING = Duration.ofMillis(10);
    private static final Duration ASK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int TRIES = 3;

    /**
     * The result.
     *
     * @param how what was asked, and how often
     * @param sent the number of questions
     * @param lost the number of questions without a good answer
     * @param gap the longest time between two questions that were answered
     */
    record Count(String how, int sent, int lost, Duration gap) {}

    private record Sample(long at, boolean ok) {}

    private final Checks checks;
    private final Check check;
    private final Address address;
    private final Duration every;
    private final String how;
    private final List<Sample> answers = new ArrayList<>();
    private final List<Thread> asking = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    private Probe(Checks checks, String name, Address address, Duration every, String how) {
        this.checks = checks;
        this.check = checks.named(name);
        this.address = address;
        this.every = every;
        this.how = how;
        this.thread = Thread.ofVirtual().name("probe").start(this::loop);
    }

    /** Starts a probe; empty if the address does not answer now. */
    static Optional<Probe> of(Address address, List<CheckSpec> own, InstantSource clock) {
        Timers timers = new Timers(PING, PING, PATIENCE, 1, 1);
        CheckSpec ping = new CheckSpec("ping", new CheckSpec.Test.Icmp("{service}"), timers);
        return start(ping, address, PING, "ping every 10 ms", clock).or(() -> own.stream().findFirst()
                .flatMap(c -> start(c, address, ASK, "check " + c.name() + " every 200 ms", clock)));
    }

    private static Optional<Probe> start(CheckSpec spec, Address address, Duration every, String how,
            InstantSource clock) {
        Checks checks;
        try {
            checks = Checks.of(List.of(spec), clock, CheckConnector.DIRECT);
        } catch (IOException e) {
            return Optional.empty(); // this machine or user cannot run the check; the caller tries another
        }
        for (int i = 0; i < TRIES; i++) {
            if (checks.named(spec.name()).run(address, address).ok()) {
                return Optional.of(new Probe(checks, spec.name(), address, every, how));
            }
        }
        checks.close();
        return Optional.empty();
    }

    private void loop() {
        long next = System.nanoTime();
        while (!over) {
            Thread one = Thread.ofVirtual().name("ask").start(this::ask);
            synchronized (asking) {
                asking.removeIf(t -> !t.isAlive());
                asking.add(one);
            }
            next += every.toNanos();
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private void ask() {
        long at = System.nanoTime();
        boolean ok = check.run(address, address).ok();
        synchronized (answers) {
            answers.add(new Sample(at, ok));
        }
    }

    /** The time from the last question that was answered to the last that has ended; zero if none was answered. */
    Duration silence() {
        synchronized (answers) {
            long last = answers.stream().filter(Sample::ok).mapToLong(Sample::at).max().orElse(System.nanoTime());
            long asked = answers.stream().mapToLong(Sample::at).max().orElse(last);
            return Duration.ofNanos(Math.max(0, asked - last));
        }
    }

    /** Stops asking, and counts. Waits until the last question was answered or has timed out. */
    Count end() {
        over = true;
        try {
            thread.join(PATIENCE);
            List<Thread> left;
            synchronized (asking) {
                left = List.copyOf(asking);
            }
            for (Thread one : left) {
                one.join(PATIENCE.multipliedBy(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (answers) {
            List<Sample> sorted = answers.stream().sorted(Comparator.comparingLong(Sample::at)).toList();
            long gap = 0;
            long last = sorted.isEmpty() ? 0 : sorted.getFirst().at();
            for (Sample answer : sorted) {
                if (answer.ok()) {
                    gap = Math.max(gap, answer.at() - last);
                    last = answer.at();
                }
            }
            gap = sorted.isEmpty() ? 0 : Math.max(gap, sorted.getLast().at() - last);
            return new Count(how, sorted.size(), (int) sorted.stream().filter(a -> !a.ok()).count(),
                    Duration.ofNanos(gap));
        }
    }

    @Override
    public void close() {
        over = true;
        checks.close();
    }
}
