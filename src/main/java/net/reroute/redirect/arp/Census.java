package net.reroute.redirect.arp;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.core.Address;

/**
 * Which server holds which addresses, as far as servers answered.
 *
 * @param byServer interfaces of the servers that answered
 * @param silent why the others did not
 */
public record Census(Map<String, List<Interface>> byServer, Map<String, String> silent) {

    /** The servers that hold an address, out of those named, in the same order. */
    public List<String> holders(Address address, Collection<String> among) {
        return among.stream().filter(s -> byServer.getOrDefault(s, List.of()).stream()
                .anyMatch(i -> i.entry(address).isPresent())).toList();
    }

    public boolean saw(String server) {
        return byServer.containsKey(server);
    }
}
