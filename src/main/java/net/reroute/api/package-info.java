/** The daemon's door: a unix socket, a thin client, and a wire format of a few lines. */
package net.reroute.api;
