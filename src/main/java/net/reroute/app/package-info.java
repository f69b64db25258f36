/** Builds everything from a home folder. */
package net.reroute.app;
