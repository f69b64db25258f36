package net.reroute.lab;

import java.nio.file.Path;
import java.util.List;

/** GoBGP on a machine of the lab, with one neighbour. */
final class LabGobgp {

    private final Lab lab;
    private final String machine;
    private final Path config;
    private Process running;

    /** @param address its own, which is also its router id */
    LabGobgp(Lab lab, String machine, int asn, String address, String neighbor, int neighborAsn) {
        this.lab = lab;
        this.machine = machine;
        this.config = lab.folder().resolve("gobgpd-" + machine + ".toml");
        LabSshd.write(config, """
                              [global.config]
                                as = %d
                                router-id = "%s"
                                port = -1
                              [[neighbors]]
                                [neighbors.config]
                                  neighbor-address = "%s"
                                  peer-as = %d
                                [neighbors.timers.config]
                                  connect-retry = 1
                                  idle-hold-time-after-reset = 1
                                [[neighbors.afi-safis]]
                                  [neighbors.afi-safis.config]
                                    afi-safi-name = "ipv4-unicast"
                              """.formatted(asn, address, neighbor, neighborAsn));
        start();
    }

    void start() {
        running = lab.start(machine, lab.folder().resolve("gobgpd-" + machine + ".log"),
                List.of("gobgpd", "-f", config.toString()));
        Lab.await("GoBGP is connected", () -> lab.attempt(machine, "gobgp neighbor").text().contains("Establ"),
                () -> LabSshd.read(lab.folder().resolve("gobgpd-" + machine + ".log")));
    }

    void end() {
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        Lab.await("GoBGP has ended", () -> !running.isAlive());
    }

    String rib() {
        return lab.attempt(machine, "gobgp global rib").text();
    }
}
