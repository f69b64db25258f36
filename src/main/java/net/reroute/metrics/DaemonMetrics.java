package net.reroute.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import net.reroute.core.CheckResult;
import net.reroute.core.Decision;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Target;
import net.reroute.journal.JournalRow;
import net.reroute.journal.RecordJson;
import net.reroute.operations.StatusReport;

/**
 * All metrics. Their names begin with {@code reroute_}; labels are names of the inventory and words of a fixed set, so
 * their number is bounded. Thread-safe.
 */
public final class DaemonMetrics {

    private static final double MILLIS = 1000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final StatusGauges gauges = new StatusGauges(registry);
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Histogram checks = Histogram.builder().name("reroute_check_duration_seconds")
            .help("How long checks took").labelNames("check", "result").classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5).register(registry);
    private final Histogram moves = Histogram.builder().name("reroute_move_duration_seconds")
            .help("How long moves took, from the first sign to the proof").labelNames("decision", "result")
            .classicOnly().classicUpperBounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30).register(registry);
    private final Histogram phases = Histogram.builder().name("reroute_move_phase_seconds")
            .help("How long each phase of a move took").labelNames("phase", "decision").classicOnly()
            .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
            .register(registry);
    private final Counter rows = Counter.builder().name("reroute_history_rows_total")
            .help("Rows of the history since the start, by kind").labelNames("kind").register(registry);

    public DaemonMetrics(String version) {
        Info.builder().name("reroute_build_info").help("The version that runs").labelNames("version")
                .register(registry).addLabelValues(version);
    }

    /** A check ended. */
    public void checked(Target target, CheckResult result) {
        checks.labelValues(target.check(), result.ok() ? "good" : "bad").observe(seconds(result.took()));
    }

    /** A row was committed. */
    public void happened(JournalRow row) {
        rows.labelValues(row.kind()).inc();
        if (row.detail().contains("\"MoveEnded\"")) {
            try {
                if (RecordJson.read(row) instanceof MoveEnded move && !move.isShown()) {
                    moved(move, row.kind());
                }
            } catch (IllegalArgumentException e) {
                rows.labelValues("unreadable").inc();
            }
        }
    }

    private void moved(MoveEnded move, String result) {
        String decision = word(move.decision());
        move.phases().forEach((phase, millis) -> phases.labelValues(phase, decision).observe(millis / MILLIS));
        moves.labelValues(decision, result)
                .observe(move.phases().values().stream().mapToDouble(Double::doubleValue).sum() / MILLIS);
    }

    private static String word(Decision.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the daemon knows of itself.
     *
     * @param late how long ago the job that is due every second ran
     * @param cycle how long the present cycle has lasted
     * @param queues work that waits for each router
     */
    public record Own(Duration late, Duration cycle, Map<String, Integer> queues) {}

    /** @param type of the content */
    public record Page(String type, byte[] body) {}

    /** @param accept header of the request */
    public synchronized Page page(StatusReport report, Own own, String accept) throws IOException {
        gauges.set(report);
        gauges.set(own);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, registry.scrape());
        return new Page(writer.getContentType(), out.toByteArray());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
