/**
 * Runs the recurring tasks of the daemon, and notices steps of the clock and pauses of the process. A task starts a
 * thread and returns; the package has no other logic, uses no other package, and alone runs Quartz. Begin with
 * {@link net.reroute.schedule.Timetable}.
 */
package net.reroute.schedule;
