/**
 * The rehearsal: the real controller against simulated routers and servers on this machine, and a report of what it
 * does as it happens. Uses control, check and simulation. Begin with {@link net.reroute.rehearsal.Rehearsal};
 * {@link net.reroute.rehearsal.Scenario} plays the script.
 */
package net.reroute.rehearsal;
