package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.reroute.core.Actor;
import net.reroute.core.Decision;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Health;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Outcome;
import net.reroute.core.Record;
import net.reroute.core.Target;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalReader;
import net.reroute.journal.PendingRow;
import net.reroute.lab.Shellout;

/** A journal with a million rows: how long it takes to be opened, and to be read. */
final class JournalFigures {

    static final List<String> NAMES = List.of("journal");

    private static final int ROWS = 1_000_000;
    private static final int SERVICES = 1000;
    private static final int DAYS = 30;
    private static final int ONE_TRANSACTION = 1000;

    private JournalFigures() {}

    static void measure(String name) {
        Path state = folder();
        try {
            write(state);
            Figures.say(name + ": opened, " + ROWS + " rows", "ms", times(() -> Journal.open(state).close()));
            Figures.say(name + ": the last day of it", "ms", times(() -> {
                try (JournalReader reader = JournalReader.open(state)) {
                    reader.since(Instant.now().minus(Duration.ofDays(1)), 1000);
                }
            }));
            Figures.say(name + ": the last wish, where there is none", "ms", times(() -> {
                try (JournalReader reader = JournalReader.open(state)) {
                    reader.newest("wish", 10_000);
                }
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Shellout.run("rm", "-rf", state.toString());
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("reroute-journal-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static List<Double> times(Work work) throws IOException {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long began = System.nanoTime();
            work.run();
            all.add((System.nanoTime() - began) / 1e6);
        }
        return all;
    }

    /** Failovers of one service after the other, over a month. */
    private static void write(Path state) throws IOException {
        Instant begins = Instant.now().minus(Duration.ofDays(DAYS));
        Duration step = Duration.ofDays(DAYS).dividedBy(ROWS);
        try (Journal journal = Journal.open(state)) {
            List<PendingRow> rows = new ArrayList<>();
            CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
            for (int i = 0; i < ROWS; i++) {
                rows.add(new PendingRow(begins.plus(step.multipliedBy(i)), record(i)));
                if (rows.size() == ONE_TRANSACTION) {
                    last.join();
                    last = journal.soon(List.copyOf(rows));
                    rows.clear();
                }
            }
        }
    }

    private static Record record(int i) {
        String service = "www-" + i / 4 % SERVICES;
        boolean back = i / 4 / SERVICES % 2 == 1;
        String to = back ? "host1" : "host2";
        String from = back ? "host2" : "host1";
        String reason = from + " is DOWN (web: connection refused); " + to + " is next";
        return switch (i % 4) {
            case 0 -> new HealthChanged(new Target(from, "web", service),
                    new Settled(Health.State.DOWN, Instant.EPOCH.plusSeconds(i)), "connection refused");
            case 1 -> new MoveBegun("gw1", Map.of(service, new Begun(List.of(to), reason)));
            case 2 -> new RouteSeen(new RouterService("gw1", service), new Shown(List.of(to), List.of(to)));
            default -> new MoveEnded(new Actor.Program(), service, Decision.Kind.FAILOVER, List.of(from), List.of(to),
                    reason,
                    List.of(new Outcome.OnRouter("gw1", Outcome.Kind.MOVED, "read back and probed",
                            List.of("route replace 192.168.1.32/27 proto 201 via 192.168.1.3"))),
                    Map.of("detect", 120.0, "decide", 0.4, "look", 1.2, "apply", 3.1, "probe", 5.0));
        };
    }
}
