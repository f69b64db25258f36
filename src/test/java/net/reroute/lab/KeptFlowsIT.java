package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import net.reroute.lab.LabConnections.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves that cut no connection, on a real Linux router. */
class KeptFlowsIT extends OnReferenceNetwork {

    private static final String ADDRESS = "192.168.1.33";
    private static final AtomicBoolean SERVED = new AtomicBoolean();

    @BeforeEach
    void serve() {
        if (SERVED.compareAndSet(false, true)) {
            LabConnections.serve(lab);
        }
        lab.in("gw1", "nft flush ruleset");
    }

    private void inventory(String options) {
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\nservices:\n"
                + Reroute.services("checks: [port], soak: 1s" + options).indent(2));
    }

    private void begin(String options) {
        inventory(options);
        reroute.daemon();
        awaitAllUp();
    }

    private void moves(String server) {
        Shellout.Done done = reroute.ask("www-1", "to", server);
        assertThat(done.status()).as(done.text() + reroute.log()).isZero();
    }

    @Test
    void aPlannedMoveBreaksNoConnection() {
        begin(", flows: keep");
        Lab.await("it is set up", () -> reroute.ask("history").text().contains("knows whose connections"),
                reroute::log);
        LabConnections kept = LabConnections.open(lab, "client", ADDRESS, 200, 20);
        moves("host2");
        LabConnections later = LabConnections.open(lab, "client", ADDRESS, 20, 20);
        assertThat(later.tally().by()).isEqualTo(Map.of(2, 20));
        Tally tally = kept.tally();
        assertThat(tally.broken()).isZero();
        assertThat(tally.by()).isEqualTo(Map.of(1, 200));
        System.err.println(
                lab.in("gw1", "nft list table inet reroute_flows; ip rule; cat /proc/net/nf_conntrack | head -3"));
        System.err.println(reroute.ask("history").text() + reroute.log());
    }
}
