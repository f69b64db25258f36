package net.reroute.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The interfaces that servers name for themselves. */
final class Interfaces {

    private final Map<String, String> byServer = new HashMap<>();
    private final Set<String> understood = new HashSet<>();

    /** Adds a server that was read without mistakes. */
    void add(String server, Optional<String> itsOwn) {
        understood.add(server);
        itsOwn.ifPresent(i -> byServer.put(server, i));
    }

    Optional<String> of(String server) {
        return Optional.ofNullable(byServer.get(server));
    }

    /** False for a server with mistakes: it may or may not name an interface. */
    boolean isUnderstood(String server) {
        return understood.contains(server);
    }
}
