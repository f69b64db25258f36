/**
 * Simulated routers and servers on loopback ports: real SSH, a command line with state, a routing table. The rehearsal and the
 * tests use them. The package uses only core and the SSH server of Apache MINA.
 *
 * <p>Begin with {@link net.reroute.simulation.SimulatedRouter}; {@code cli} and {@code linux} below have the two kinds.
 */
package net.reroute.simulation;
