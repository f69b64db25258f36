/** The commands. One implementation of each, whether the daemon or a process of its own runs it. */
package net.reroute.cli;
