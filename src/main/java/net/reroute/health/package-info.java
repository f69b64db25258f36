/**
 * When checks run, and what their results say about each server. Uses checks and knows nothing of routes. Begin reading
 * at {@link net.reroute.health.HealthMonitor}.
 */
package net.reroute.health;
