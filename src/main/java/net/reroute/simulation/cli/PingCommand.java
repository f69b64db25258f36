package net.reroute.simulation.cli;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;

/** Simulated pings: every address of a connected network answers. */
final class PingCommand {

    private PingCommand() {}

    /** The address that a command names; empty if there is none. */
    static Optional<Address> target(List<String> words) {
        return words.stream().filter(w -> w.matches("\\d+(\\.\\d+){3}|[\\da-fA-F]*:[\\da-fA-F:.]+")).findFirst()
                .map(Address::parse);
    }

    /** Adds a ping command that prints what ping on Unix prints. */
    static void unix(RouterState router, CommandTree tree, String name, List<String> output) {
        tree.on(name + " LINE", w -> target(w).ifPresentOrElse(
                to -> output.addAll(unix(to, router.routes.connected(to).isPresent())),
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

    /** The answer of IOS. The first request is lost while ARP resolves the neighbour. */
    static List<String> ios(RouterState router, List<String> words) {
        return target(words).map(to -> cisco(router, to, ".!")).orElse(List.of("% Incomplete command."));
    }

    static List<String> iosXr(RouterState router, List<String> words) {
        return target(words).map(to -> cisco(router, to, "!!"))
                .orElse(List.of("% Bad hostname or protocol not running"));
    }

    /** @param marks printed if the neighbour answers: ! for an answer, . for none */
    private static List<String> cisco(RouterState router, Address to, String marks) {
        boolean answers = router.routes.connected(to).isPresent();
        long came = answers ? marks.chars().filter(c -> c == '!').count() : 0;
        return List.of("Type escape sequence to abort.",
                "Sending 2, 100-byte ICMP Echos to " + to + ", timeout is 1 seconds:", answers ? marks : "..",
                "Success rate is " + 50 * came + " percent (" + came + "/2)"
                        + (answers ? ", round-trip min/avg/max = 1/1/1 ms" : ""));
    }
}
