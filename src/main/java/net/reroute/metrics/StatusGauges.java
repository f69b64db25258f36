package net.reroute.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import net.reroute.control.RouterStatus;
import net.reroute.core.Health.State;
import net.reroute.operations.Attention;
import net.reroute.operations.StatusReport;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;

/** Metrics that a status has, as of the moment of a scrape. */
final class StatusGauges {

    private final Gauge serviceUp;
    private final Gauge serviceState;
    private final Gauge serviceAt;
    private final Gauge serviceSince;
    private final Gauge serverUp;
    private final Gauge serverSince;
    private final Gauge serverSeen;
    private final Gauge serverMaintenance;
    private final Gauge routerReachable;
    private final Gauge routerRead;
    private final Gauge routerQueue;
    private final Gauge outbox;
    private final Gauge connections;
    private final Gauge journal;
    private final Gauge log;
    private final Gauge acts;
    private final Gauge paused;
    private final Gauge reload;
    private final Gauge late;
    private final Gauge cycle;
    private final Gauge needs;
    private final ClusterGauges cluster;

    StatusGauges(PrometheusRegistry registry) {
        serviceUp = Gauges.gauge(registry, "service_up", "1 if the service is at servers that are UP", "service");
        serviceState = Gauges.gauge(registry, "service_state", "1 for the present state of the service", "service",
                "state");
        serviceAt = Gauges.gauge(registry, "service_at", "1 for each server that carries the service", "service",
                "server");
        serviceSince = Gauges.gauge(registry, "service_placed_timestamp_seconds", "Since when the service is there",
                "service");
        serverUp = Gauges.gauge(registry, "server_up", "1 UP, 0 DOWN, -1 without a verdict", "server");
        serverSince = Gauges.gauge(registry, "server_state_timestamp_seconds", "Since when the server is so", "server");
        serverSeen = Gauges.gauge(registry, "server_checked_timestamp_seconds", "When its newest result came",
                "server");
        serverMaintenance = Gauges.gauge(registry, "server_maintenance", "1 while the server is in maintenance",
                "server");
        routerReachable = Gauges.gauge(registry, "router_reachable", "1 if the router takes commands", "router");
        routerRead = Gauges.gauge(registry, "router_read_timestamp_seconds", "When the router's table was last read",
                "router");
        routerQueue = Gauges.gauge(registry, "router_queue_length", "Work that waits for the router", "router");
        outbox = Gauges.gauge(registry, "outbox_waiting", "Notifications that are not delivered yet", "channel");
        connections = Gauges.gauge(registry, "left_connections", "Connections that go on at a server that was left",
                "service", "server");
        journal = Gauges.gauge(registry, "journal_good", "1 if the journal is written and whole");
        log = Gauges.gauge(registry, "log_good", "1 if all log lines are written");
        acts = Gauges.gauge(registry, "acts", "1 if decisions are typed");
        paused = Gauges.gauge(registry, "paused", "1 while paused");
        reload = Gauges.gauge(registry, "reload_refused", "1 if the files are newer than the inventory in force");
        late = Gauges.gauge(registry, "lateness_seconds", "How late the job is that is due every second");
        cycle = Gauges.gauge(registry, "cycle_seconds", "How long the present cycle has lasted");
        cluster = new ClusterGauges(registry);
        needs = Gauges.gauge(registry, "attention", "How many things need an admin");
    }

    void set(StatusReport report) {
        clear();
        report.services().forEach(this::service);
        report.servers().forEach(this::server);
        report.routers().forEach(r -> {
            routerReachable.labelValues(r.name())
                    .set(bit(r.status().state() == RouterStatus.Reachability.REACHABLE));
            r.read().ifPresent(at -> routerRead.labelValues(r.name()).set(seconds(at)));
        });
        report.troubles().channels().forEach(c -> outbox.labelValues(c.channel()).set(c.waiting()));
        report.connections().live()
                .forEach((pair, count) -> connections.labelValues(pair.service(), pair.server()).set(count));
        journal.set(bit(report.troubles().journal().isEmpty() && report.troubles().findings().isEmpty()));
        log.set(bit(report.troubles().log().isEmpty()));
        acts.set(bit(report.mode().acts()));
        paused.set(bit(report.mode().paused().isPresent()));
        reload.set(bit(report.troubles().reload().isPresent()));
        report.mode().cluster().ifPresent(cluster::set);
        needs.set(Attention.of(report).size());
    }

    /** What is no longer in the inventory must not be shown for ever. */
    private void clear() {
        for (Gauge gauge : new Gauge[]{serviceUp, serviceState, serviceAt, serviceSince, serverUp, serverSince,
                serverSeen, serverMaintenance, routerReachable, routerRead, routerQueue, outbox, connections}) {
            gauge.clear();
        }
    }

    private void service(OfService s) {
        String name = s.service().name();
        serviceUp.labelValues(name).set(bit(s.up()));
        serviceState.labelValues(name, s.standing().state().word()).set(1);
        s.where().servers().forEach(server -> serviceAt.labelValues(name, server).set(1));
        s.assignment().ifPresent(a -> serviceSince.labelValues(name).set(seconds(a.since())));
    }

    private void server(OfServer s) {
        double down = s.worst().state() == State.DOWN ? 0 : -1;
        serverUp.labelValues(s.name()).set(s.worst().state() == State.UP ? 1 : down);
        serverSince.labelValues(s.name()).set(seconds(s.worst().since()));
        s.seen().ifPresent(at -> serverSeen.labelValues(s.name()).set(seconds(at)));
        serverMaintenance.labelValues(s.name()).set(bit(s.maintenance().isPresent()));
    }

    void set(DaemonMetrics.Own own) {
        own.queues().forEach((router, length) -> routerQueue.labelValues(router).set(length));
        late.set(seconds(own.late()));
        cycle.set(seconds(own.cycle()));
    }

    private static double bit(boolean is) {
        return is ? 1 : 0;
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1e3;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
