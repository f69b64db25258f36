package net.reroute.redirect.arp;

import java.util.List;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.Takeover;

/**
 * An address that is to be at one server.
 *
 * @param address which
 * @param to server that is to have it
 * @param from server that had it
 * @param others servers that may have it too, and should not
 * @param how by which means
 * @param fence what is done to the others
 * @param kept words that once stood behind {@code ip addr add} at a server and were taken away by reroute, by server
 * @param planned off a server that works
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
