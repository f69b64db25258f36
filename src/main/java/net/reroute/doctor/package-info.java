/** Logs in everywhere and tells what is not as it should be, each with the fix. Changes nothing. */
package net.reroute.doctor;
