/** Measurements with the lab's packet meter. They print figures and judge nothing. */
package net.reroute.bench;
