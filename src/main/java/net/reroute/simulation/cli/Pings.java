package net.reroute.simulation.cli;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.simulation.CommandTree;
import net.reroute.simulation.RouterBox;

/** Echo requests to neighbours: whatever is connected answers. */
final class Pings {

    private Pings() {}

    /** The address that a command names. */
    static Optional<Address> target(List<String> words) {
        return words.stream().filter(w -> w.matches("\\d+(\\.\\d+){3}|[\\da-fA-F]*:[\\da-fA-F:.]+")).findFirst()
                .map(Address::parse);
    }

    /** Adds the command as Unix answers it. */
    static void unix(RouterBox box, CommandTree tree, String name, List<String> output) {
        tree.on(name + " LINE", w -> target(w).ifPresentOrElse(
                to -> output.addAll(unix(to, box.routes.connected(to).isPresent())),
                () -> output.add("ping: unknown host")));
    }

    private static List<String> unix(Address to, boolean answers) {
        String head = "PING " + to + " (" + to + "): 56 data bytes";
        String tail = "--- " + to + " ping statistics ---";
        return answers
                ? List.of(head, "64 bytes from " + to + ": icmp_seq=0 ttl=64 time=0.812 ms",
                        "64 bytes from " + to + ": icmp_seq=1 ttl=64 time=0.671 ms", "", tail,
                        "2 packets transmitted, 2 packets received, 0% packet loss",
                        "round-trip min/avg/max/stddev = 0.671/0.742/0.812/0.071 ms")
                : List.of(head, "", tail, "2 packets transmitted, 0 packets received, 100% packet loss");
    }

    /** As Cisco answers it. */
    static List<String> cisco(RouterBox box, List<String> words) {
        Optional<Address> to = target(words);
        if (to.isEmpty()) {
            return List.of("% Bad hostname or protocol not running");
        }
        boolean answers = box.routes.connected(to.get()).isPresent();
        return List.of("Type escape sequence to abort.",
                "Sending 2, 100-byte ICMP Echos to " + to.get() + ", timeout is 1 seconds:", answers ? "!!" : "..",
                answers
                        ? "Success rate is 100 percent (2/2), round-trip min/avg/max = 1/1/1 ms"
                        : "Success rate is 0 percent (0/2)");
    }
}
