package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What users rely on of several controllers, however they elect. */
abstract class SeveralControllers extends OnSeveralControllers {

    /** How history tells that a leader was lost. */
    abstract String goneWord();

    @Test
    void aControllerThatIsInvitedKeepsTheSameRecordsAndAnswersTheSame() {
        cluster();
        done(c2, "www-1", "to", "host2", "--because", "asked at the other");
        carriedBy("192.168.1.33", 3);
        assertThat(c1.ask("history").text()).contains("asked at the other").contains(" leads (epoch ");
        Lab.await("all say the same", () -> status(c2).equals(status(c1)), () -> status(c2) + status(c1) + told());
        Lab.await("all journals are the same, row by row",
                () -> all.stream().allMatch(r -> chain(r).equals(chain(c1))), this::told);
    }

    private static String status(Reroute at) {
        return at.ask("status").text().replaceAll("[\\d.]+(ms|s)\\b| +", "");
    }

    @Test
    void whenTheLeaderIsKilledTheOtherLeadsAndMovesWhatFails() {
        cluster();
        done(c1, "www-4", "to", "host3", "--because", "kept over the change of leader");
        c1.kill();
        lab.crash("host1");
        Lab.await("another one leads", () -> others().contains(leader(c2)), this::told);
        carriedBy("192.168.1.33", 3);
        assertThat(c2.ask("status").text()).contains("kept over the change of leader");
        assertThat(c2.ask("history").text()).contains("leads (epoch ").contains("c1 " + goneWord());
        c1.daemon();
        Lab.await("c1 follows", () -> leader(c1).equals(leader(c2)) && others().contains(leader(c1)), this::told);
        assertThat(c1.ask("history").text()).contains("c1 " + goneWord());
    }

    @Test
    void aLeaderThatWasStoppedTypesNothingWhenItWakes() {
        cluster();
        lab.in("ctl", "kill -STOP " + c1.process().pid());
        lab.crash("host1");
        Lab.await("another one leads", () -> others().contains(leader(c2)), this::told);
        carriedBy("192.168.1.33", 3);
        done(c2, "www-2", "to", "host4");
        lab.in("ctl", "kill -CONT " + c1.process().pid());
        Lab.await("c1 follows", () -> leader(c1).equals(leader(c2)) && others().contains(leader(c1)), this::told);
        Lab.await("c1 knows what c2 did", () -> c1.ask("history").text().contains("host4"), this::told);
        assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.5");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    @Test
    void aPlannedHandOverMovesNothing() {
        cluster();
        done(c1, "www-1", "to", "host2");
        insist(c2, "handed over to c2", "cluster", "lead", "c2");
        Lab.await("c2 leads", () -> leader(c2).equals("c2") && leader(c1).equals("c2"), this::told);
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
        done(c1, "release", "www-1");
    }
}
