package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two controllers and a witness, which votes and never leads. */
class WitnessIT extends OnSeveralControllers {

    @Override
    Map<String, Integer> machines() {
        return TWO_MORE;
    }

    @Override
    List<String> witnesses() {
        return List.of("ctl3");
    }

    @Test
    void aWitnessKeepsTheRecordsAndLetsTheOtherLeadWithoutLookingAtAnything() {
        cluster();
        Reroute witness = all.get(2);
        assertThat(witness.ask("cluster").text()).containsPattern("c3 \\(here\\)\\s+witness");
        assertThat(c1.ask("cluster", "lead", "c3").text()).contains("witness");
        c1.kill();
        lab.crash("host1");
        carriedBy("192.168.1.33", 3);
        assertThat(leader(witness)).isEqualTo("c2");
        done(c2, "www-2", "to", "host4");
        Lab.await("the witness has been there for longer than any check may take",
                () -> witness.process().info().startInstant().orElseThrow().isBefore(Instant.now().minusSeconds(10)));
        assertThat(witness.ask("history").text()).as("it misses no check").doesNotContain("no check has ended");
        Lab.await("the witness has all records", () -> chain(witness).equals(chain(c2)), this::told);
        assertThat(lab.in("ctl3", "ss -Hatn")).as("it checks no server and logs in nowhere")
                .doesNotContain(":80 ").doesNotContain(":22 ");
    }

    @Test
    void ofTwoControllersThatAreLeftOneMayFailOnlyIfTheWitnessIsThere() {
        cluster();
        all.get(2).kill();
        done(c1, "www-1", "to", "host2");
        carriedBy("192.168.1.33", 3);
        c2.kill();
        Lab.await("c1 leads no more", () -> c1.ask("status").text().contains("no controller leads"), this::told);
        assertThat(c1.ask("release", "www-1").text()).contains("nothing was changed");
        all.get(2).daemon();
        Lab.await("with the witness it leads", () -> c1.ask("release", "www-1").status() == 0,
                () -> c1.ask("release", "www-1").text() + told());
    }
}
