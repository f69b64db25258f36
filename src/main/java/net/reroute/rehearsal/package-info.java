/** Practice: the real controller against simulated routers and servers on this machine, and the story of what it does. */
package net.reroute.rehearsal;
