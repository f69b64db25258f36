/**
 * Several controllers that stand in for each other: who leads, the fence that keeps the others from typing, and the
 * records that all of them keep. May use the journal, SSH and Bouncy Castle. Reading begins at {@link Election}.
 */
package net.reroute.cluster;
