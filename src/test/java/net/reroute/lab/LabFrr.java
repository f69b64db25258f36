package net.reroute.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** FRR on the lab's router: zebra and staticd with sockets of their own, and vtysh behind a real sshd. */
public final class LabFrr {

    private final Lab lab;
    private final Path folder;

    public LabFrr(Lab lab) {
        this.lab = lab;
        this.folder = lab.folder().resolve("frr");
    }

    /** @param lines the static routes FRR begins with */
    public void start(String lines) {
        lab.openFolders();
        Shellout.run("mkdir", "-p", folder.toString(), "/var/run/frr");
        String place = " --vty_socket " + folder + " -z " + folder + "/zserv -i " + folder;
        LabSshd.write(folder.resolve("zebra.conf"), "");
        LabSshd.write(folder.resolve("staticd.conf"), lines + "\n");
        LabSshd.write(folder.resolve("vtysh.conf"), "hostname gw1\nno service integrated-vtysh-config\n");
        Shellout.run("chown", "-R", "frr:frr", folder.toString());
        daemon("zebra", place);
        Lab.await("zebra listens", () -> Files.exists(folder.resolve("zserv")));
        daemon("staticd", place);
        Lab.await("staticd listens", () -> Files.exists(folder.resolve("staticd.vty")), this::log);
    }

    private void daemon(String name, String place) {
        lab.start("gw1", lab.folder().resolve(name + ".log"), List.of("sh", "-c",
                "exec /usr/lib/frr/" + name + " -P 0 -f " + folder + "/" + name + ".conf" + place + "/" + name
                        + ".pid"));
    }

    String log() {
        return lab.attempt("gw1", "cat " + lab.folder() + "/zebra.log " + lab.folder() + "/staticd.log").text();
    }

    /** What sshd has to run in place of a shell. */
    public String shell() {
        return "vtysh --vty_socket " + folder + " --config_dir " + folder;
    }

    /** Runs a command at FRR's command line. */
    public String vtysh(String... commands) {
        StringBuilder line = new StringBuilder(shell());
        for (String command : commands) {
            line.append(" -c '").append(command).append("'");
        }
        return lab.attempt("gw1", line.toString()).text();
    }
}
