package net.reroute.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the lab needs of this machine, and how it is got. */
final class LabNeeds {

    private static final Map<String, String> PACKAGES = Map.of("/usr/sbin/sshd", "openssh-server",
            "/usr/bin/ssh-keygen",
            "openssh-client", "/usr/bin/sudo", "sudo", "/bin/ss", "iproute2", "/bin/ping", "iputils-ping",
            "/usr/lib/frr/zebra", "frr", "/usr/lib/python3/dist-packages/netmiko", "python3-netmiko",
            "/usr/sbin/fake", "fake", "/sbin/ifconfig", "net-tools", "/usr/bin/tcpdump", "tcpdump");
    private static final Map<String, String> FOR_PLAYBOOKS = Map.of("/usr/sbin/nginx", "nginx-light", "/usr/bin/pgrep",
            "procps", "/usr/bin/rsync", "rsync", "/usr/bin/flock", "util-linux", "/usr/bin/openssl", "openssl",
            "/usr/lib/python3/dist-packages/aiosmtpd", "python3-aiosmtpd", "/usr/bin/busybox", "busybox",
            "/usr/bin/arping", "iputils-arping");

    private static final Map<String, String> FOR_NAMES = Map.of("/usr/sbin/named", "bind9", "/usr/bin/dig",
            "bind9-dnsutils", "/usr/sbin/rndc", "bind9-utils", "/usr/sbin/nft", "nftables",
            "/usr/sbin/conntrack", "conntrack", "/usr/bin/curl", "curl");

    private static final Map<String, String> FOR_THE_PAGE = Map.of("/usr/bin/chromium", "chromium",
            "/usr/bin/chromedriver", "chromium-driver", "/usr/bin/promtool", "prometheus");

    private LabNeeds() {}

    static void check() {
        if (!System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException("the lab needs root, to make network namespaces: run this as root");
        }
        Map<String, String> needed = new TreeMap<>(PACKAGES);
        needed.putAll(FOR_PLAYBOOKS);
        needed.putAll(FOR_NAMES);
        needed.putAll(FOR_THE_PAGE);
        List<String> missing = needed.keySet().stream().filter(f -> !Files.exists(Path.of(f))).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the lab needs Debian packages that are not installed; bin/test installs"
                    + " them: " + missing.stream().map(needed::get).collect(Collectors.joining(" ")));
        }
    }
}
