/**
 * The daemon's socket: a server, a thin client, and a wire format of a few lines. It carries command lines and their
 * output, and knows none of them. Uses ssh for deadlines, and core. Begin with {@link net.reroute.api.SocketServer}.
 */
package net.reroute.api;
