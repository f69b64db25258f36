package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The web farm of three tiers: whichever box falls silent, the site goes on. */
class FarmIT {

    @Test
    void whicheverBoxFallsSilentTheSiteGoesOn() {
        try (Lab lab = new Lab(); LabFarm farm = new LabFarm(lab)) {
            Path out = lab.folder().resolve("load");
            Process load = farm.load(out);
            for (String box : LabFarm.BOXES) {
                lab.cutOff(box);
                long before = LabSshd.read(out).lines().count();
                Lab.await("clients are served without " + box, () -> LabSshd.read(out).lines().count() > before + 50,
                        () -> farm.reroute().ask("status").text());
                assertThat(farm.listed()).as("the route moves, so the name stays").hasSize(2);
                lab.plugIn(box);
                Lab.await("all is well again", () -> farm.reroute().ask("status").status() == 0
                        && lab.nextHop(LabFarm.ADDRESS).equals("192.168.1.2"),
                        () -> farm.reroute().ask("status").text());
            }
            load.destroyForcibly();
            lab.cutOff("host1");
            lab.cutOff("host2");
            Lab.await("both switches are gone, and the name says so",
                    () -> farm.reroute().ask("explain", "www.widgetco.example")
                            .text().contains("none is left, so all are listed"),
                    () -> farm.reroute().ask("status").text());
            farm.reroute().kill();
        }
    }
}
