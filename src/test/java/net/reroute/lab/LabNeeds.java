package net.reroute.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the lab needs of this machine, and how it is got. */
final class LabNeeds {

    private static final Map<String, String> PACKAGES = Map.of("/usr/sbin/sshd", "openssh-server",
            "/usr/bin/ssh-keygen",
            "openssh-client", "/usr/bin/sudo", "sudo", "/bin/ss", "iproute2", "/bin/ping", "iputils-ping",
            "/usr/lib/frr/zebra", "frr", "/usr/lib/python3/dist-packages/netmiko", "python3-netmiko",
            "/usr/sbin/fake", "fake", "/sbin/ifconfig", "net-tools", "/usr/bin/tcpdump", "tcpdump");

    private LabNeeds() {}

    static void check() {
        if (!System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException("the lab needs root, to make network namespaces: run this as root");
        }
        List<String> missing = PACKAGES.keySet().stream().filter(f -> !Files.exists(Path.of(f))).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the lab needs Debian packages that are not installed; bin/test installs"
                    + " them: " + missing.stream().map(PACKAGES::get).collect(Collectors.joining(" ")));
        }
    }
}
