/** Simulated routers of other makers than Cisco IOS: one engine, and a class for each family of devices. */
package net.reroute.simulation.cli;
