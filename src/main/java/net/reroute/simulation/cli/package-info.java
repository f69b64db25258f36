/** Simulated command lines of all makers: one engine, and a class for each family of devices. */
package net.reroute.simulation.cli;
