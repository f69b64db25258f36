/** Watching and acting: the health of every target, and the cycle of look, compare, act, look again. */
package net.reroute.control;
