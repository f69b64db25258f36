package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A controller that lost the others goes on by itself, where the inventory wants that. */
class ActingAloneIT extends OnSeveralControllers {

    @Override
    Map<String, Integer> machines() {
        return TWO_MORE;
    }

    @Test
    void whatItDidAloneStaysAndWhatItRecordedIsSetAsideAndTold() {
        all.forEach(r -> r.write("alone.yaml", "settings: {when-alone: act}\n"));
        cluster();
        all.get(1).kill();
        all.get(2).kill();
        Lab.await("it acts alone", () -> c1.ask("status").text().contains("c1 acts alone"), this::told);
        lab.crash("host1");
        carriedBy("192.168.1.33", 3);
        assertThat(c1.ask("www-2", "to", "host4").status()).isZero();
        assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.5");
        assertThat(c1.ask("cluster", "--json").text()).contains("\"alone\" : true");

        c2.daemon();
        Lab.await("one is elected", () -> leader(c1).matches("c[12]") && leader(c1).equals(leader(c2)), this::told);
        Lab.await("history tells of it", () -> c2.ask("history").text().contains("c1: acted alone until row"),
                this::told);
        Lab.await("both journals are the same, row by row", () -> chain(c1).equals(chain(c2)), this::told);
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }
}
