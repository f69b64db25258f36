/**
 * Logs in to every router and server and reports faults, each with its fix. It changes nothing. It uses redirect.route,
 * redirect.arp and ssh. Begin reading at {@link net.reroute.doctor.Doctor}.
 */
package net.reroute.doctor;
