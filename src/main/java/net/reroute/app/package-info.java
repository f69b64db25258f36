/**
 * Main class, daemon and wiring: builds everything from a home folder, for the daemon or for one command. May use every
 * other package. Begin with {@link net.reroute.app.Start}, which passes a command to the daemon or runs it, and
 * {@link net.reroute.app.Daemon}.
 */
package net.reroute.app;
