/**
 * The live screen in a terminal. It asks the daemon as any client does, and sends what is typed as commands. Uses
 * JLine. Begin with {@link net.reroute.terminal.LiveScreen}.
 */
package net.reroute.terminal;
