package net.reroute.api;

import java.util.List;

/**
 * A command line on its way to the daemon.
 *
 * @param args as typed
 * @param folder where the caller stands
 * @param width of his terminal, in columns
 * @param colour whether he wants any
 */
public record Request(List<String> args, String folder, int width, boolean colour) {}
