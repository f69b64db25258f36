package net.reroute.setup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;

/**
 * A machine as an admin names it: {@code [USER@]ADDRESS[:PORT]}.
 *
 * @param user to log in as, if it was named
 * @param called the name or address as typed
 */
record Machine(Optional<String> user, String called, Address address, int port) {

    static final int SSH = 22;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads one. A name is looked up once: the inventory holds addresses, which need no name server to be reached.
     *
     * @throws IllegalArgumentException with a sentence that says what to write
     */
    static Machine of(String text) {
        int at = text.indexOf('@');
        Optional<String> user = at < 0 ? Optional.empty() : Optional.of(text.substring(0, at));
        if (user.filter(u -> !u.matches("[A-Za-z_][A-Za-z0-9._-]{0,62}")).isPresent()) {
            throw new IllegalArgumentException("'" + user.get() + "' is not a user name; write USER@ADDRESS");
        }
        String place = text.substring(at + 1);
        if (place.startsWith("[")) {
            return inBrackets(user, place);
        }
        int colon = place.indexOf(':') == place.lastIndexOf(':') ? place.indexOf(':') : -1;
        return colon < 0
                ? new Machine(user, place, address(place), SSH)
                : new Machine(user, place.substring(0, colon), address(place.substring(0, colon)),
                        port(place.substring(colon + 1)));
    }

    /** @throws Incomplete if one is named twice */
    static void different(List<Machine> machines) throws Incomplete {
        Set<Address> seen = new HashSet<>();
        for (Machine machine : machines) {
            if (!seen.add(machine.address)) {
                throw new Incomplete(machine.address + " is named twice; name each router and each server once");
            }
        }
    }

    private static Machine inBrackets(Optional<String> user, String place) {
        int end = place.indexOf(']');
        if (end < 0 || end + 1 < place.length() && place.charAt(end + 1) != ':') {
            throw new IllegalArgumentException("'" + place + "' is not an address; write \"[2001:db8::1]:22\"");
        }
        String address = place.substring(1, end);
        return new Machine(user, address, address(address),
                end + 1 == place.length() ? SSH : port(place.substring(end + 2)));
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("'" + text + "' is not a port");
        }
        return port;
    }

    private static Address address(String text) {
        return Address.tryParse(text).orElseGet(() -> lookedUp(text));
    }

    private static Address lookedUp(String name) {
        // What looks like an address and is none would be read as another one, like 10 or 192.168.1.
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?") || name.matches("(.*\\.)?\\d+")) {
            throw new IllegalArgumentException("'" + name + "' is neither an address nor a name of a machine");
        }
        try {
            InetAddress found = InetAddress.getByName(name);
            if (found.isLoopbackAddress()) {
                throw new IllegalArgumentException("'" + name + "' is this machine's own " + found.getHostAddress()
                        + ", as its /etc/hosts has it; write the address that others reach it by");
            }
            return Address.parse(found.getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + name + "' is not known; write its address", e);
        }
    }

    /** The host part of its name, if it was named and is good in an inventory. */
    Optional<String> label() {
        String first = called.replaceFirst("\\..*", "");
        return Address.tryParse(called).isEmpty() && first.matches("[a-z][a-z0-9-]{0,30}")
                ? Optional.of(first)
                : Optional.empty();
    }

    Machine as(String name) {
        return new Machine(Optional.of(name), called, address, port);
    }

    /** As it is written in the inventory. */
    String place() {
        String host = address.v6() ? "\"[" + address + "]" : address.toString();
        String close = address.v6() ? "\"" : "";
        return address.v6() || port != SSH ? host + ":" + port + close : host;
    }

    @Override
    public String toString() {
        return user.map(u -> u + "@").orElse("") + (port == SSH ? address.toString() : address + " port " + port);
    }
}
