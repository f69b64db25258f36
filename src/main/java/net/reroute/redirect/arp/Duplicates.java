package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the LAN, before an address comes up, whether a stranger has it (RFC 5227, 2.1; RFC 4862, 5.4). The kernel's own way
 * takes seconds; on a LAN an answer takes milliseconds.
 */
final class Duplicates {

    private static final Logger LOG = LoggerFactory.getLogger(Duplicates.class);
    private static final Duration PLANNED = Duration.ofMillis(100);
    private static final Duration FAILOVER = Duration.ofMillis(10);

    private final ServerLink link;
    private final MacTable hardware;

    Duplicates(ServerLink link, MacTable hardware) {
        this.link = link;
        this.hardware = hardware;
    }

    /** Those that a stranger answers for, and who that is. */
    Map<TakeoverRequest, String> among(List<TakeoverRequest> requests) {
        Map<String, List<Address>> byInterface = new LinkedHashMap<>();
        requests.forEach(t -> byInterface.computeIfAbsent(t.interfaceAt(t.to()), on -> new ArrayList<>())
                .add(t.address()));
        boolean planned = requests.stream().allMatch(TakeoverRequest::planned);
        Map<TakeoverRequest, String> found = new LinkedHashMap<>();
        try {
            for (ArpObservation claim : link.socket().ask(byInterface, planned ? PLANNED : FAILOVER)) {
                requests.stream().filter(t -> t.address().equals(claim.address()))
                        .forEach(t -> claimed(t, claim.from(), found));
            }
        } catch (SshException e) {
            LOG.debug("{} did not ask for duplicates", link.name(), e); // what follows meets the same and tells it
        }
        return found;
    }

    /** A server whose hardware address was never seen may be the one who answers: then nobody is called a stranger. */
    private void claimed(TakeoverRequest request, HardwareAddress from, Map<TakeoverRequest, String> found) {
        boolean all = request.others().stream().allMatch(s -> hardware.of(s, request.interfaceAt(s)).isPresent());
        Set<HardwareAddress> ours = hardware.of(request.how().interfaces().keySet());
        if (all && !ours.contains(from)) {
            found.put(request, "another machine answers for " + request.address() + " (" + from
                    + "), which is none of its servers; find it and take the address off it");
        }
    }
}
