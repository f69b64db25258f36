/**
 * When checks run, and what their results say of each server. It uses checks and knows nothing of routes. Begin with
 * {@link net.reroute.health.HealthMonitor}.
 */
package net.reroute.health;
