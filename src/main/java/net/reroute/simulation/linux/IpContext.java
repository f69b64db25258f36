package net.reroute.simulation.linux;

/**
 * How one {@code ip} command is run.
 *
 * @param options before it
 * @param batch it is a line of a batch
 * @param out what it prints; seen when {@code ip} ends, after all complaints, as with a pipe
 */
record IpContext(IpOptions options, boolean batch, StringBuilder out) {}
