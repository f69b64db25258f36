package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The first steps, word by word: a router and two servers whose sshd is as Debian ships it, and an admin who reads. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InitIT {

    private static final Map<String, String> MACHINES = new TreeMap<>(
            Map.of("192.168.1.1", "gw1", "192.168.1.2", "host1", "192.168.1.3", "host2"));
    /** A machine of its own, as far as sshd can tell: its host keys, its root, its configuration as shipped. */
    private static final String STOCK = """
                                        set -eu
                                        mount --make-rprivate /
                                        mkdir -p "$1/etc-ssh" "$1/root"
                                        cp /etc/ssh/sshd_config "$1/etc-ssh/"
                                        cp -r /etc/ssh/sshd_config.d "$1/etc-ssh/" 2>/dev/null || :
                                        ssh-keygen -q -t ed25519 -N '' -f "$1/etc-ssh/ssh_host_ed25519_key"
                                        ssh-keygen -q -t rsa -N '' -f "$1/etc-ssh/ssh_host_rsa_key"
                                        chmod 700 "$1/root"
                                        mount --bind "$1/etc-ssh" /etc/ssh
                                        mount --bind "$1/root" /root
                                        mkdir -p /run/sshd
                                        exec /usr/sbin/sshd -D -e
                                        """;

    private final Lab lab = new Lab();
    private final Reroute reroute = new Reroute(lab, "fresh");
    private final Map<String, Process> sshd = new TreeMap<>();

    @BeforeAll
    void stockMachines() throws IOException {
        Path script = lab.folder().resolve("stock.sh");
        LabSshd.write(script, STOCK);
        for (String machine : MACHINES.values()) {
            Path own = Files.createDirectories(lab.folder().resolve("machine-" + machine));
            sshd.put(machine, lab.start(machine, lab.folder().resolve("sshd-" + machine + ".log"),
                    List.of("unshare", "--mount", "sh", script.toString(), own.toString())));
            Lab.await("sshd on " + machine, () -> lab.listens(machine, 22));
        }
        lab.serve();
        lab.routesAtHome();
        Files.delete(reroute.home().resolve("inventory"));
    }

    @AfterAll
    void end() {
        lab.close();
    }

    /** Types at the console of a machine, as root. */
    private String console(String machine, String line) {
        return Shellout.run("ip", "netns", "exec", lab.space(machine), "nsenter", "-t",
                Long.toString(sshd.get(machine).pid()), "-m", "env", "-i", "HOME=/root",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "sh", "-ec", line);
    }

    /** What an admin does with what is printed. */
    private final class Admin {

        private final List<String> said = new ArrayList<>();
        private String machine = "";
        private String compare = "";
        private String type = "";

        int run(String... args) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", lab.space("ctl")));
            words.addAll(reroute.command(args));
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            try (BufferedReader in = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                    Writer answers = process.outputWriter()) {
                StringBuilder line = new StringBuilder();
                for (int c = in.read(); c >= 0; c = in.read()) {
                    line.append((char) c);
                    if (c == '\n') {
                        read(line.toString().strip());
                        line.setLength(0);
                    } else if (line.toString().endsWith("[yes/no] ")) {
                        said.add(line.toString());
                        answers.write(isSame() ? "yes\n" : "no\n");
                        answers.flush();
                        line.setLength(0);
                    } else if (line.toString().matches("  Enter when that is done.*: ")) {
                        said.add(line.toString());
                        console(machine, type);
                        answers.write("\n");
                        answers.flush();
                        line.setLength(0);
                    }
                }
            }
            return process.waitFor();
        }

        private void read(String line) {
            said.add(line);
            MACHINES.forEach((address, name) -> {
                if (line.contains("root@" + address)) {
                    machine = name;
                }
            });
            if (line.startsWith("On its console, this prints the same:")) {
                compare = line.substring(line.indexOf(':') + 1).strip();
            }
            if (line.startsWith("mkdir -p")) {
                type = line;
            }
        }

        private boolean isSame() {
            String fingerprint = console(machine, compare).split(" ")[1];
            return said.stream().anyMatch(s -> s.contains(fingerprint));
        }

        String all() {
            return String.join("\n", said);
        }
    }

    @Test
    void fromNothingToTheFirstMovedRoute() throws Exception {
        Admin admin = new Admin();
        int code = admin.run("init", "root@192.168.1.1", "192.168.1.2", "192.168.1.3", "--watch", "100ms");
        assertThat(code).as(admin.all()).isZero();
        assertThat(admin.all()).contains("gw1 routes 192.168.1.32/27 to 192.168.1.2",
                "root@192.168.1.2: its loopback holds 192.168.1.33", "web: {http: \"http://{server}/\"}",
                "none runs here").doesNotContain("bad  ");
        String inventory = reroute.read("init.yaml");
        assertThat(inventory).contains("settings: {mode: observe}",
                "www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}",
                "# now at host1 on gw1");
        assertThat(reroute.cli("validate").text()).startsWith("good: 1 router, 2 servers");
        again(inventory);
        reroute.daemon();
        Lab.await("watched", () -> reroute.ask("status").text().contains("observe: nothing is typed"));
        assertThat(reroute.ask("resume").status()).isZero();
        assertThat(reroute.ask("www-1", "to", "host2", "--because", "my first move").text()).contains("read back");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    /** All of it a second time: nothing is asked, nothing is overwritten, also not what the admin has changed. */
    private void again(String inventory) throws IOException, InterruptedException {
        Admin second = new Admin();
        assertThat(second.run("init", "root@192.168.1.1", "192.168.1.2", "192.168.1.3")).as(second.all()).isZero();
        assertThat(second.all()).doesNotContain("[yes/no]").contains("is there, and as it would be written");
        reroute.write("init.yaml", inventory + "# mine\n");
        Admin third = new Admin();
        assertThat(third.run("init", "root@192.168.1.1", "192.168.1.2", "192.168.1.3")).isZero();
        assertThat(third.all()).contains("There is an inventory already, and it was left as it is");
        assertThat(reroute.read("init.yaml")).endsWith("# mine\n");
    }

    @Test
    void nobodyAtTheTerminalIsToldWhatToName() {
        Shellout.Done done = reroute.cli("init", "root@192.168.1.1", "192.168.1.2", "192.168.1.3", "--home",
                lab.folder().resolve("unattended").toString());
        assertThat(done.status()).as(done.text()).isEqualTo(1);
        assertThat(done.text()).contains("--host-key SHA256:");
    }
}
