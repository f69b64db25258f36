package net.reroute.redirect.arp;

import java.util.List;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.Takeover;

/**
 * A request to have an address at one server.
 *
 * @param address to move
 * @param to server that gets it
 * @param from server that had it
 * @param others servers that must not have it; it is taken off them
 * @param how settings of the takeover
 * @param fence how it is taken off the others
 * @param kept for each server, words that followed {@code ip addr add} before reroute removed the address
 * @param planned true if the old server still works
 */
public record TakeoverRequest(Address address, String to, String from, List<String> others, Takeover how,
        Takeover.Means fence, Map<String, String> kept, boolean planned) {

    TakeoverRequest with(Takeover.Means means) {
        return new TakeoverRequest(address, to, from, others, how, means, kept, planned);
    }

    String interfaceAt(String server) {
        return how.interfaces().get(server);
    }
}
