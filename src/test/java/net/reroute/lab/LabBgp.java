package net.reroute.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** FRR's zebra and bgpd on a machine of the lab. */
public final class LabBgp {

    private final Lab lab;
    private final String machine;
    private final Path folder;
    private final String config;
    private final List<Process> running = new ArrayList<>();

    /** @param lines within {@code router bgp} */
    LabBgp(Lab lab, String machine, int asn, String... lines) {
        this.lab = lab;
        this.machine = machine;
        this.folder = lab.folder().resolve("bgp-" + machine);
        this.config = "router bgp " + asn + "\n no bgp ebgp-requires-policy\n no bgp network import-check\n "
                + String.join("\n ", lines) + "\n";
        lab.openFolders();
        Shellout.run("mkdir", "-p", folder.toString(), "/var/run/frr");
        LabSshd.write(folder.resolve("zebra.conf"), "");
        LabSshd.write(folder.resolve("bgpd.conf"), config);
        LabSshd.write(folder.resolve("vtysh.conf"), "no service integrated-vtysh-config\n");
        LabSshd.write(folder.resolve("vtysh"),
                "#!/bin/sh\nexec /usr/bin/vtysh --vty_socket " + folder + " --config_dir "
                        + folder + " \"$@\"\n");
        Shellout.run("chown", "-R", "frr:frr", folder.toString());
        Shellout.run("chmod", "755", folder.resolve("vtysh").toString(), folder.toString());
        start();
    }

    private void start() {
        String place = " -P 0 --vty_socket " + folder + " -z " + folder + "/zserv -i " + folder;
        daemon("zebra", place, "");
        Lab.await("zebra", () -> Files.exists(folder.resolve("zserv")));
        daemon("bgpd", place, "");
        Lab.await("bgpd", () -> vtysh("show bgp summary").contains("AS number"),
                () -> vtysh("show bgp summary") + LabSshd.read(lab.folder().resolve("bgpd-" + machine)));
    }

    private void daemon(String name, String place, String more) {
        running.add(
                lab.start(machine, lab.folder().resolve(name + "-" + machine), List.of("sh", "-c", "exec /usr/lib/frr/"
                        + name + " -f " + folder + "/" + name + ".conf" + place + "/" + name + ".pid" + more)));
    }

    /** kill -9 of both, and a start with the configuration of the beginning. */
    void restart() {
        running.forEach(p -> {
            p.descendants().forEach(ProcessHandle::destroyForcibly);
            p.destroyForcibly();
        });
        Lab.await("FRR has ended", () -> running.stream().noneMatch(Process::isAlive));
        running.clear();
        Shellout.run("sh", "-c", "rm -f " + folder + "/*.vty " + folder + "/zserv " + folder + "/*.pid");
        start();
    }

    /** Where a session finds vtysh. */
    Path programs() {
        return folder;
    }

    String vtysh(String... commands) {
        StringBuilder line = new StringBuilder(folder.resolve("vtysh").toString());
        for (String command : commands) {
            line.append(" -c '").append(command).append("'");
        }
        return lab.attempt(machine, line.toString()).text();
    }
}
