package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three controllers, which elect by majority. */
class RaftIT extends SeveralControllers {

    @Override
    Map<String, Integer> machines() {
        return TWO_MORE;
    }

    @Override
    String goneWord() {
        return "was not heard any more";
    }

    @Test
    void whatOnlyOneOfThemSeesMovesNothingAndIsTold() {
        cluster();
        lab.in("ctl", "ip route add unreachable 192.168.1.2");
        try {
            Lab.await("the others are told of", () -> c2.ask("explain", "host1").text()
                    .contains("c1 sees it DOWN, c2 sees it UP, c3 sees it UP"), this::told);
            Lab.await("status tells it", () -> c1.ask("status").text().contains("controllers are at odds"),
                    () -> c1.ask("status").text());
            assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
            lab.crash("host1");
            carriedBy("192.168.1.33", 3);
        } finally {
            lab.in("ctl", "ip route del unreachable 192.168.1.2");
        }
    }

    @Test
    void withoutAMajorityNothingIsChangedAndReadingWorks() {
        cluster();
        all.get(1).kill();
        all.get(2).kill();
        Lab.await("c1 leads no more", () -> c1.ask("status").text().contains("no controller leads"), this::told);
        Shellout.Done refused = c1.ask("www-1", "to", "host2");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("no majority of the controllers").contains("nothing was changed");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
        all.get(1).daemon();
        Lab.await("two are a majority", () -> c1.ask("www-1", "to", "host2").status() == 0, this::told);
        carriedBy("192.168.1.33", 3);
    }

    @Test
    void aLeaderThatIsCutOffFromTheOthersAndNotFromTheRouterTypesNothingMore() {
        cluster();
        lab.in("ctl", "ip route add blackhole 192.168.1.28/31");
        try {
            Lab.await("another one leads", () -> leader(c2).matches("c[23]"), this::told);
            lab.crash("host1");
            carriedBy("192.168.1.33", 3);
            done(c2, "www-2", "to", "host4");
            assertThat(c1.ask("www-2", "to", "host3").text()).contains("nothing was changed");
            assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.5");
        } finally {
            lab.in("ctl", "ip route del blackhole 192.168.1.28/31");
        }
        Lab.await("all journals are the same, row by row",
                () -> all.stream().allMatch(r -> chain(r).equals(chain(c2))), this::told);
    }
}
