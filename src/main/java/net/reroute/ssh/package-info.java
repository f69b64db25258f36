/** Connections to other machines over SSH: one login, commands, a kept shell. Nobody above knows which library does it. */
package net.reroute.ssh;
