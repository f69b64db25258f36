/** Telling people: what of the events, to whom, when, and until it has arrived. */
package net.reroute.notify;
