package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A check of the service's own address, made at each server over its login, with real sshd and real nginx. */
@Timeout(180)
class AskedThereIT extends OnNginx {

    private static final String CHECKS = "web: {http: \"http://{service}/\", body: \"</html>\", every: 1s, fast: 500ms,"
            + " timeout: 1s, fall: 3}";

    @BeforeEach
    void askThere() {
        reroute.write("lab.yaml",
                reroute.routers() + reroute.serversWithLogin() + "checks:\n  " + CHECKS + "\nservices:\n"
                        + Reroute.services("checks: [web], soak: 1s").indent(2));
    }

    /** From here the address of www-1 leads to host1 alone, and would make every server DOWN with it. */
    @Test
    void aDeadServerIsLeftAndTheOthersAreSeenAsTheyAre() {
        start();
        assertThat(lab.nextHop("192.168.1.33")).as(reroute.log()).isEqualTo("192.168.1.2");
        lab.sshd().on("host1", "nginx -s stop");
        carriedBy("192.168.1.33", 2);
        String status = reroute.ask("status").text();
        assertThat(status).as(reroute.log()).contains("host1 DOWN for", "web: connection refused")
                .containsPattern("host2 +UP").containsPattern("host3 +UP")
                .containsPattern("host4 +UP");
        assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.3");
    }
}
