/**
 * Simulated routers and servers on loopback ports: real SSH, a command line with state, a routing table. The rehearsal
 * and the tests use them. Uses only core and the SSH server of Apache MINA.
 *
 * <p>Begin with {@link net.reroute.simulation.SimulatedRouter}; the packages {@code cli} and {@code linux} have the two
 * kinds.
 */
package net.reroute.simulation;
