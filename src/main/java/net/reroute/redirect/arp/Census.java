package net.reroute.redirect.arp;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.core.Address;

/**
 * Which server holds which addresses, as far as the servers answered.
 *
 * @param byServer interfaces of each server that answered
 * @param silent for each other server, why it did not answer
 */
public record Census(Map<String, List<Interface>> byServer, Map<String, String> silent) {

    /** The servers among those named that hold an address, in the same order. A silent server is not among them. */
    public List<String> holders(Address address, Collection<String> among) {
        return among.stream().filter(s -> byServer.getOrDefault(s, List.of()).stream()
                .anyMatch(i -> i.entry(address).isPresent())).toList();
    }

    /** True if the server answered. */
    public boolean saw(String server) {
        return byServer.containsKey(server);
    }
}
