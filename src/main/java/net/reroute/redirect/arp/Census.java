package net.reroute.redirect.arp;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.core.Address;

/**
 * Who holds what, as far as servers could be asked.
 *
 * @param byServer interfaces of those that answered
 * @param silent why the others could not be asked
 */
public record Census(Map<String, List<Interface>> byServer, Map<String, String> silent) {

    /** The servers that hold an address, of those named, in their order. */
    public List<String> holders(Address address, Collection<String> among) {
        return among.stream().filter(s -> byServer.getOrDefault(s, List.of()).stream()
                .anyMatch(i -> i.entry(address).isPresent())).toList();
    }

    public boolean saw(String server) {
        return byServer.containsKey(server);
    }
}
