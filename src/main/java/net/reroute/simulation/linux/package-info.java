/** A simulated Linux router: a shell, {@code ip}, and a routing table. */
package net.reroute.simulation.linux;
