package net.reroute.core;

import java.util.Optional;

/**
 * A machine that can serve.
 *
 * @param name as in the inventory
 * @param address where it is managed and checked
 * @param nextHop what routers point at
 * @param login empty if reroute does not log in there
 */
public record Server(String name, Address address, Address nextHop, Optional<Login> login) {}
