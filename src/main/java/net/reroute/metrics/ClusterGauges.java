package net.reroute.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import net.reroute.cluster.ClusterReport;
import net.reroute.operations.ClusterStatus;

/** Labelled by the controller that tells: what the controllers that stand in for each other know of each other; nothing where one is alone. */
final class ClusterGauges {

    private static final double MILLIS = 1e3;

    private final Gauge leads;
    private final Gauge led;
    private final Gauge epoch;
    private final Gauge silence;
    private final Gauge lag;
    private final Gauge atOdds;

    ClusterGauges(PrometheusRegistry registry) {
        leads = Gauges.gauge(registry, "leads", "1 if this controller leads", "controller");
        led = Gauges.gauge(registry, "leader_known", "1 if one of the controllers leads", "controller");
        epoch = Gauges.gauge(registry, "epoch", "Grows with each change of leader", "controller");
        silence = Gauges.gauge(registry, "member_silence_seconds", "Since a controller was last heard", "member");
        lag = Gauges.gauge(registry, "member_lacks_records", "How many records a controller does not have yet",
                "member");
        atOdds = Gauges.gauge(registry, "controllers_at_odds",
                "Checks of servers that controllers see differently",
                "controller");
    }

    void set(ClusterStatus status) {
        silence.clear();
        lag.clear();
        status.report().ifPresent(r -> {
            set(r);
            atOdds.labelValues(r.self()).set(status.atOdds().size());
        });
    }

    private void set(ClusterReport report) {
        leads.labelValues(report.self()).set(report.leader().filter(report.self()::equals).isPresent() ? 1 : 0);
        led.labelValues(report.self()).set(report.leader().isPresent() ? 1 : 0);
        epoch.labelValues(report.self()).set(report.epoch());
        report.members().forEach(m -> {
            m.silence().ifPresent(s -> silence.labelValues(m.member().name()).set(s.toMillis() / MILLIS));
            m.lag().ifPresent(l -> lag.labelValues(m.member().name()).set(l));
        });
    }
}
