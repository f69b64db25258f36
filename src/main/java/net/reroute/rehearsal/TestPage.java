package net.reroute.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test;
import net.reroute.core.Inventory;
import net.reroute.core.Server;

/** The answers of a simulated server, made so that the inventory's own checks accept them. */
final class TestPage {

    private TestPage() {}

    private static List<Expected> wanted(Inventory inventory) {
        return inventory.checks().values().stream().map(CheckSpec::test).filter(Test.Http.class::isInstance)
                .map(t -> ((Test.Http) t).wanted()).toList();
    }

    /** A status that every HTTP check accepts; 200 if there is none. */
    static int status(Inventory inventory) {
        return wanted(inventory).stream().flatMap(a -> a.statuses().stream())
                .filter(s -> wanted(inventory).stream()
                        .allMatch(a -> a.statuses().isEmpty() || a.statuses().contains(s)))
                .findFirst().orElse(200);
    }

    static String body(Inventory inventory, Server server) {
        String texts = wanted(inventory).stream().flatMap(a -> a.body().stream())
                .map(b -> b.replace("{server}", server.address().toString()))
                .collect(Collectors.joining("\n"));
        return "<html><body>Served by " + server.name() + "\n" + texts + "\n</body></html>\n";
    }

    /**
     * The check as a rehearsal runs it. TLS and regular expressions need the real servers, so both are left out. A
     * check that asks the service's address at the server, by a login, asks the server directly.
     */
    static CheckSpec practised(CheckSpec check) {
        if (check.test() instanceof Test.Tcp tcp && check.asksService()) {
            return new CheckSpec(check.name(), new Test.Tcp(CheckSpec.SERVER + ":" + tcp.port()), check.timers());
        }
        if (!(check.test() instanceof Test.Http http)) {
            return check;
        }
        Request r = http.request();
        String host = check.asksService() ? CheckSpec.SERVER : r.host();
        Optional<String> body = http.wanted().body().filter(b -> !b.contains("{service}"));
        return new CheckSpec(check.name(),
                new Test.Http(new Request(false, host, r.port(), r.path(), r.hostHeader()),
                        new Expected(http.wanted().statuses(), body, Optional.empty()),
                        new CertificateTrust(Optional.empty(), Optional.empty())),
                check.timers());
    }

    /** What a rehearsal leaves out of a check; empty if nothing. */
    static Optional<String> leftOut(CheckSpec check) {
        if (!(check.test() instanceof Test.Http http)) {
            return check.test() instanceof Test.Icmp
                    ? Optional.of("a ping is practised as a connection")
                    : Optional.empty();
        }
        boolean regex = http.wanted().bodyRegex().isPresent();
        List<String> all = new ArrayList<>();
        if (http.request().tls()) {
            all.add("https is practised as http");
        }
        if (regex) {
            all.add("body-regex is not practised");
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }
}
