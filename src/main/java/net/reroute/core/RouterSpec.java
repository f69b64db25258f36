package net.reroute.core;

import java.util.Optional;

/**
 * A device whose static routes are changed.
 *
 * @param name as the inventory calls it
 * @param dialect how to talk to it
 * @param login how to log in
 * @param table the routing table to work in, where it is not the main one
 */
public record RouterSpec(String name, String dialect, Login login, Optional<String> table) {}
