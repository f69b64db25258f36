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
 * Duplicate address detection before an address comes up (RFC 5227 section 2.1, RFC 4862 section 5.4). The kernel's own
 * detection takes seconds; on a LAN an answer takes milliseconds.
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

    /**
     * The requests whose address another machine claims, each with a sentence that names the machine. Empty if the
     * server cannot ask.
     */
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
            LOG.debug("{} did not ask for duplicates", link.name(), e); // the takeover reports it
        }
        return found;
    }

    /**
     * Notes a claim unless it may be a server's own: if the hardware address of another server is unknown, no claim
     * counts.
     */
    private void claimed(TakeoverRequest request, HardwareAddress from, Map<TakeoverRequest, String> found) {
        boolean all = request.others().stream().allMatch(s -> hardware.of(s, request.interfaceAt(s)).isPresent());
        Set<HardwareAddress> ours = hardware.of(request.how().interfaces().keySet());
        if (all && !ours.contains(from)) {
            found.put(request, "another machine answers for " + request.address() + " (" + from
                    + "), which is none of its servers; find it and take the address off it");
        }
    }
}
