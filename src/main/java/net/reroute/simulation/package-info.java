/** Simulated routers: real SSH, a command line with state, and a routing table. For practice and for tests. */
package net.reroute.simulation;
