package net.reroute.takeover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final long PLANNED_MILLIS = 100;
    private static final long FAILOVER_MILLIS = 10;

    private final ServerLink link;
    private final Hardware hardware;

    Duplicates(ServerLink link, Hardware hardware) {
        this.link = link;
        this.hardware = hardware;
    }

    /** One interface and family, asked in one go. */
    private record Question(String on, boolean v6) {}

    /** Those that a stranger answers for, and who that is. */
    Map<Taking, String> among(List<Taking> takings) {
        Map<Question, List<Taking>> byQuestion = new LinkedHashMap<>();
        takings.forEach(t -> byQuestion.computeIfAbsent(new Question(t.interfaceAt(t.to()), t.address().v6()),
                q -> new ArrayList<>()).add(t));
        List<String> scripts = new ArrayList<>();
        byQuestion.forEach((question, asked) -> script(question, asked).ifPresent(scripts::add));
        return scripts.isEmpty() ? Map.of() : heard(scripts, takings);
    }

    private Optional<String> script(Question question, List<Taking> asked) {
        long millis = asked.stream().anyMatch(t -> !t.planned()) ? FAILOVER_MILLIS : PLANNED_MILLIS;
        return hardware.of(link.name(), question.on()).flatMap(source -> link.script().ask(link.sender(), question.on(),
                asked.stream().map(t -> Frames.probe(source, t.address())).toList(), question.v6(), millis));
    }

    /** All at the same time: traffic waits. */
    private Map<Taking, String> heard(List<String> scripts, List<Taking> asked) {
        Map<Taking, String> found = new LinkedHashMap<>();
        try {
            String heard = link.run(String.join(" &\n", scripts) + " &\nwait", PATIENCE).out();
            heard.lines().filter(l -> l.matches("([0-9a-f]{2})+"))
                    .flatMap(l -> Heard.in(HexFormat.of().parseHex(l)).stream())
                    .filter(h -> h.kind() == Heard.Kind.CLAIM).forEach(h -> asked.stream()
                            .filter(t -> t.address().equals(h.address())).forEach(t -> claimed(t, h.from(), found)));
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
