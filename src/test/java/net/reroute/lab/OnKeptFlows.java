package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.lab.LabConnections.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The reference network with long connections, and a router whose nftables are empty. */
abstract class OnKeptFlows extends OnReferenceNetwork {

    static final String ADDRESS = "192.168.1.33";

    private static final Set<Lab> SERVED = new HashSet<>();
    private final List<LabConnections> opened = new ArrayList<>();

    @BeforeEach
    void serve() {
        if (SERVED.add(lab)) {
            LabConnections.serve(lab);
        }
        lab.in("gw1",
                "nft flush ruleset; conntrack -F 2>/dev/null; for f in 4 6; do while ip -$f rule del pref 7100 2>/dev/null; do :; done; done;"
                        + " for t in 2 3 4 5; do ip route flush table 7200$t 2>/dev/null || :; ip -6 route flush table 7200$t 2>/dev/null"
                        + " || :; done");
    }

    @AfterEach
    void close() {
        opened.forEach(LabConnections::end);
    }

    void inventory(String options) {
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\nservices:\n"
                + Reroute.services("checks: [port], soak: 1s" + options).indent(2));
    }

    /** The daemon has set up what keeps connections. */
    void begin(String options) {
        inventory(options);
        reroute.daemon();
        awaitAllUp();
        told("knows whose connections are whose");
    }

    LabConnections open(int connections) {
        LabConnections all = LabConnections.open(lab, "client", ADDRESS, connections, 20);
        opened.add(all);
        return all;
    }

    void ok(String... args) {
        Shellout.Done done = reroute.patiently(args);
        assertThat(done.status()).as(done.text() + reroute.log()).isZero();
    }

    void told(String text) {
        Lab.await("the journal tells: " + text, () -> history().contains(text), () -> history() + reroute.log());
    }

    String history() {
        return reroute.ask("history").text().replaceAll("\\s+", " ");
    }

    /** All connections are open and answered by this host. */
    static void allAt(int host, int number, LabConnections connections) {
        Lab.await("answers by host" + host, () -> {
            Tally tally = connections.tally();
            return tally.by().equals(Map.of(host, number)) && tally.silent() == 0;
        }, () -> connections.tally().toString());
        assertThat(connections.tally().broken()).isZero();
    }

    /** host1 has read all, and the client owes it no acknowledgement. Sockets of tests before may be left there. */
    static void acknowledged() {
        String mine = lab.in("client", "ss -Htn state established dport = :7000 | awk '{print $3}' | sed 's/.*://'");
        List<String> ports = mine.lines().map(p -> ":" + p.strip()).toList();
        Lab.await("all is acknowledged", () -> lab.in("host1", "ss -Htn sport = :7000").lines().map(String::strip)
                .filter(l -> ports.stream().anyMatch(l::endsWith)).allMatch(l -> l.matches("ESTAB +0 +0 .*")));
    }

    String nft() {
        return lab.in("gw1", "nft list ruleset");
    }

    JsonNode service(String name) {
        try {
            for (JsonNode service : new ObjectMapper().readTree(reroute.ask("status", "--json").text())
                    .path("services")) {
                if (service.path("name").asText().equals(name)) {
                    return service;
                }
            }
            throw new AssertionError("no " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
