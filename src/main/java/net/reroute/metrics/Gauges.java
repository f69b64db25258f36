package net.reroute.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** One way to make a gauge, under the prefix that all of them have. */
final class Gauges {

    private Gauges() {}

    static Gauge gauge(PrometheusRegistry registry, String name, String help, String... labels) {
        return Gauge.builder().name("reroute_" + name).help(help).labelNames(labels).register(registry);
    }
}
