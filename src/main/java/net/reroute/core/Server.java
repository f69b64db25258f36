package net.reroute.core;

import java.util.Optional;

/**
 * A machine that can serve.
 *
 * @param name as the inventory calls it
 * @param address where it is managed and checked
 * @param nextHop what routers point at
 * @param login how to log in, where something has to
 */
public record Server(String name, Address address, Address nextHop, Optional<Login> login) {}
