/**
 * Routers with the command line of a maker: one engine for modes, prompts, paging, configuration and faults, and one class
 * for the words, tables and rules of each operating system. The package uses core and the package above, not {@code linux}.
 *
 * <p>Begin with {@link net.reroute.simulation.cli.SimulatedCli}, then {@code VtySession} (the engine), {@code ConfigSession}
 * (configuration) and one system, such as {@code NxOs}. {@link net.reroute.simulation.cli.Faults} lists what can go wrong.
 */
package net.reroute.simulation.cli;
