/** Reads the files admins edit into one inventory without mistakes, or reports every mistake at once. */
package net.reroute.inventory;
