/**
 * Values and decisions: the inventory, what was observed, the records, and the planner. No I/O, clock, threads or
 * libraries. Begin reading at {@link net.reroute.core.Planner} and {@link net.reroute.core.RecordedState}.
 */
package net.reroute.core;
