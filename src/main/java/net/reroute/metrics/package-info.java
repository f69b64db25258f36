/**
 * Metrics for Prometheus, made from the status, the history and the results of checks. Uses Prometheus' own client
 * library. Begin with {@link net.reroute.metrics.DaemonMetrics}.
 */
package net.reroute.metrics;
