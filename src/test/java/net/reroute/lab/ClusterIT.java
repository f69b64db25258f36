package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two controllers beside a Linux router, which keeps their lease: nobody has to hand over. */
class ClusterIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 300ms}";
    private static final String CONTROLLERS = "controllers:\n  c1: {address: 192.168.1.30}\n"
            + "  c2: {address: 192.168.1.29}\n";

    private Reroute c1;
    private Reroute c2;
    private final List<Reroute> all = new ArrayList<>();

    @BeforeAll
    static void secondMachine() {
        lab.plugClient("ctl2", 29);
    }

    @BeforeEach
    void homes() {
        c1 = reroute;
        c2 = new Reroute(lab, reroute.home().getFileName() + "-c2", "ctl2");
        all.addAll(List.of(c1, c2));
        for (Reroute one : all) {
            one.inventory(CHECKS, "checks: [web], soak: 1s");
            one.write("controllers.yaml", CONTROLLERS);
        }
    }

    @AfterEach
    void end() {
        all.stream().filter(r -> r.process() != null && r.process().isAlive()).forEach(Reroute::kill);
        Shellout.attempt(List.of("sh", "-c", "rm -rf /run/reroute"));
    }

    private static String leader(Reroute at) {
        return at.ask("cluster", "--json").text().replaceAll("(?s).*\"leader\"\\s*:\\s*(\"(\\w+)\"|null).*", "$2");
    }

    private String told() {
        return all.stream().filter(r -> r.process() != null && r.process().isAlive())
                .map(r -> r.ask("cluster").text()).toList() + c1.log();
    }

    private void cluster() {
        assertThat(c1.cli("cluster", "init").text()).contains("c1 is the first controller of the cluster");
        c1.daemon();
        Lab.await("c1 leads", () -> leader(c1).equals("c1"), this::told);
        join();
        awaitAllUp();
    }

    private void join() {
        String token = c1.ok("cluster", "invite", "c2").strip();
        assertThat(c2.cli("cluster", "join", "192.168.1.30", token).text()).contains("this controller is c2");
        c2.daemon();
        Lab.await("c2 follows c1 and has all records", () -> leader(c2).equals("c1") && c1.ask("cluster").text()
                .matches("(?s).*c2\\s+follows\\s+\\S+\\s+now\\s+nothing.*"), () -> c1.ask("cluster").text() + told());
    }

    /** All rows of a journal, with their hashes. */
    static List<ChainedRow> chain(Reroute of) {
        try (JournalReader reader = JournalReader.open(of.home().resolve("state"))) {
            return reader.chain().after(0, 100_000);
        } catch (JournalException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void carriedBy(String address, int host) {
        Lab.await(address + " is carried by host" + (host - 1), () -> lab.nextHop(address).equals("192.168.1." + host),
                this::told);
    }

    @Test
    void aControllerThatIsInvitedKeepsTheSameRecordsAndAnswersTheSame() {
        cluster();
        assertThat(c2.ask("www-1", "to", "host2", "--because", "asked at the other").text())
                .contains("www-1 host1 -> host2");
        carriedBy("192.168.1.33", 3);
        assertThat(c1.ask("history").text()).contains("asked at the other").contains("c1 leads (epoch ");
        assertThat(c2.ask("status").text().replaceAll("[\\d.]+(ms|s)\\b| +", "")).isEqualTo(
                c1.ask("status").text().replaceAll("[\\d.]+(ms|s)\\b| +", ""));
        Lab.await("both journals are the same, row by row", () -> chain(c1).equals(chain(c2)), this::told);
    }

    @Test
    void whenTheLeaderIsKilledTheOtherLeadsAndMovesWhatFails() {
        cluster();
        c1.ok("www-4", "to", "host3", "--because", "kept over the change of leader");
        c1.kill();
        lab.crash("host1");
        Lab.await("c2 leads", () -> leader(c2).equals("c2"), this::told);
        carriedBy("192.168.1.33", 3);
        assertThat(c2.ask("status").text()).contains("kept over the change of leader");
        assertThat(c2.ask("history").text()).contains("c2 leads").contains("c1 did not renew its lease");
        c1.daemon();
        Lab.await("c1 follows", () -> leader(c1).equals("c2"), this::told);
        assertThat(c1.ask("history").text()).contains("c2 leads");
    }

    @Test
    void aLeaderThatWasStoppedTypesNothingWhenItWakes() {
        cluster();
        lab.in("ctl", "kill -STOP " + c1.process().pid());
        lab.crash("host1");
        Lab.await("c2 leads", () -> leader(c2).equals("c2"), this::told);
        carriedBy("192.168.1.33", 3);
        c2.ok("www-2", "to", "host4");
        lab.in("ctl", "kill -CONT " + c1.process().pid());
        Lab.await("c1 follows", () -> leader(c1).equals("c2"), this::told);
        Lab.await("c1 knows what c2 did", () -> c1.ask("history").text().contains("host4"), this::told);
        assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.5");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    @Test
    void aPlannedHandOverMovesNothing() {
        cluster();
        c1.ok("www-1", "to", "host2");
        assertThat(c2.ask("cluster", "lead", "c2").text()).contains("handed over to c2");
        Lab.await("c2 leads", () -> leader(c2).equals("c2") && leader(c1).equals("c2"), this::told);
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
        assertThat(c1.ask("release", "www-1").status()).isZero();
    }
}
