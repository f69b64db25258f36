/** All that recurs. Jobs of a few lines that start a thread and return; no logic. */
package net.reroute.schedule;
