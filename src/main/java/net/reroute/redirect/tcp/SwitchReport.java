package net.reroute.redirect.tcp;

import java.util.List;

/**
 * What a switch does now, and has done since it began.
 *
 * @param active connections now
 * @param taken connections so far
 * @param refused for their number or a bad header
 * @param lastWords connections for which no backend was left
 * @param toBackends bytes
 * @param toClients bytes
 * @param backends in order
 */
public record SwitchReport(int active, long taken, long refused, long lastWords, long toBackends, long toClients,
        List<OfBackend> backends) {

    /**
     * @param at address and port
     * @param allowed false if reroute gives it no new connections
     * @param bad true if it could not be connected to lately
     * @param active connections now
     * @param taken connections so far
     * @param failed attempts to connect that failed
     */
    public record OfBackend(String at, boolean allowed, boolean bad, int active, long taken, long failed) {}
}
