package net.reroute.setup;

import java.util.Set;
import net.reroute.core.Address;

/**
 * A server, and what it was found to hold.
 *
 * @param name in the inventory
 * @param isSeen false if there is no login, so that its addresses are not known
 * @param addresses on its loopback
 */
record Holder(String name, Machine machine, boolean isSeen, Set<Address> addresses) {}
