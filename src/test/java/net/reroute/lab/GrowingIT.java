package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Controllers come and go while the others run. */
class GrowingIT extends OnSeveralControllers {

    @Override
    Map<String, Integer> machines() {
        return TWO_MORE;
    }

    @Test
    void aThirdControllerIsAddedAndRemovedWithoutAnEndOfTheOthers() {
        Reroute c3 = all.get(2);
        controllers(2);
        cluster(2);
        done(c1, "www-4", "to", "host3", "--because", "before the third one");
        controllers(3);
        c2.ok("reload");
        assertThat(c2.ask("cluster").text()).as("the leader still goes by the lease")
                .contains("c1          leads", "has another inventory");
        c1.ok("reload");
        Lab.await("c1 leads, by majority", () -> leader(c1).equals("c1") && leader(c2).equals("c1")
                && !c1.ask("cluster").text().contains("lease"), this::told);
        join("c3", c3);
        c1.kill();
        lab.crash("host1");
        carriedBy("192.168.1.33", 3);
        assertThat(c3.ask("status").text()).contains("before the third one");
        c1.daemon();
        Lab.await("c1 follows", () -> leader(c1).matches("c[23]") && leader(c1).equals(leader(c2)), this::told);
        insist(c2, "c2", "cluster", "lead", "c2");
        Lab.await("c2 leads", () -> leader(c1).equals("c2"), this::told);

        c3.kill();
        insist(c2, "no member any more", "cluster", "remove", "c3");
        controllers(2);
        c1.ok("reload");
        c2.ok("reload");
        Lab.await("one of two leads, by a lease", () -> leader(c1).matches("c[12]") && leader(c1).equals(leader(c2))
                && c1.ask("cluster").text().contains("lease"), this::told);
        done(c1, "www-4", "to", "host4");
        Lab.await("both journals are the same, row by row", () -> chain(c1).equals(chain(c2)), this::told);
    }

    @Test
    void inWhicheverOrderTheyReloadOneLeadsInTheEndAndHasAllRecords() {
        controllers(2);
        cluster(2);
        c2.ok("cluster", "lead", "c2");
        Lab.await("c2 leads", () -> leader(c1).equals("c2") && leader(c2).equals("c2"), this::told);
        controllers(3);
        c1.ok("reload");
        done(c2, "www-4", "to", "host3", "--because", "while they differed");
        c2.ok("reload");
        Lab.await("one leads, by majority", () -> leader(c1).matches("c[12]") && leader(c1).equals(leader(c2))
                && !c1.ask("cluster").text().contains("lease") && c1.ask("www-1", "to", "host2").status() == 0,
                this::told);
        Lab.await("both journals are the same, row by row", () -> chain(c1).equals(chain(c2)), this::told);
        assertThat(c1.ask("history").text()).contains("while they differed");
    }
}
