package net.reroute.simulation.linux;

/**
 * The context of one {@code ip} command.
 *
 * @param options before the object
 * @param batch true for a line of a batch
 * @param out collects the output; {@code ip} prints it when it ends, after all complaints, as into a pipe
 */
record IpContext(IpOptions options, boolean batch, StringBuilder out) {}
