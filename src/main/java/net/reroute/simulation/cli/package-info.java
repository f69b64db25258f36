/**
 * Routers with the command line of a maker: one engine for modes, prompts, paging, configuration and faults, and for
 * each operating system a class with its words, tables and rules. Uses core and the package above, not {@code linux}.
 *
 * <p>Begin with {@link net.reroute.simulation.cli.SimulatedCli}, then {@code VtySession} (the engine),
 * {@code ConfigurableVty} (configuration) and one system, such as {@code NxOs}. {@link net.reroute.simulation.cli.Faults}
 * lists what can go wrong.
 */
package net.reroute.simulation.cli;
