/** Values and thinking: what there is, what was seen, what follows. No input or output, no clock, no threads, no library. */
package net.reroute.core;
