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
    Map<Taking, String> among(List<Taking> takings) {
        Map<String, List<Address>> byInterface = new LinkedHashMap<>();
        takings.forEach(t -> byInterface.computeIfAbsent(t.interfaceAt(t.to()), on -> new ArrayList<>())
                .add(t.address()));
        boolean planned = takings.stream().allMatch(Taking::planned);
        Map<Taking, String> found = new LinkedHashMap<>();
        try {
            for (Heard claim : link.wire().ask(byInterface, planned ? PLANNED : FAILOVER)) {
                takings.stream().filter(t -> t.address().equals(claim.address()))
                        .forEach(t -> claimed(t, claim.from(), found));
            }
        } catch (SshException e) {
            LOG.debug("{} did not ask for duplicates", link.name(), e); // what follows meets the same and tells it
        }
        return found;
    }

    /** A server whose hardware address was never seen may be the one who answers: then nobody is called a stranger. */
    private void claimed(Taking taking, HardwareAddress from, Map<Taking, String> found) {
        boolean all = taking.others().stream().allMatch(s -> hardware.of(s, taking.interfaceAt(s)).isPresent());
        Set<HardwareAddress> ours = hardware.of(taking.how().interfaces().keySet());
        if (all && !ours.contains(from)) {
            found.put(taking, "another machine answers for " + taking.address() + " (" + from
                    + "), which is none of its servers; find it and take the address off it");
        }
    }
}
