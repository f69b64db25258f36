package net.reroute.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A router and two servers whose sshd is as Debian ships it. Nobody can log in but at the console. */
final class StockMachines {

    /** Their names by their addresses. */
    static final Map<String, String> NAMES = new TreeMap<>(
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

    private final Lab lab;
    private final Map<String, Process> sshd = new TreeMap<>();

    StockMachines(Lab lab) throws IOException {
        this.lab = lab;
        Path script = lab.folder().resolve("stock.sh");
        LabSshd.write(script, STOCK);
        for (String machine : NAMES.values()) {
            Path own = Files.createDirectories(lab.folder().resolve("machine-" + machine));
            sshd.put(machine, lab.start(machine, lab.folder().resolve("sshd-" + machine + ".log"),
                    List.of("unshare", "--mount", "sh", script.toString(), own.toString())));
            Lab.await("sshd on " + machine, () -> lab.listens(machine, 22));
        }
    }

    /** Types at the console of a machine, as root. */
    String console(String machine, String line) {
        return Shellout.run("ip", "netns", "exec", lab.space(machine), "nsenter", "-t",
                Long.toString(sshd.get(machine).pid()), "-m", "env", "-i", "HOME=/root",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", "-ec", line);
    }
}
