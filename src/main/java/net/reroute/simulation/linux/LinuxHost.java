package net.reroute.simulation.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One simulated machine: its name, network and readable files. */
final class LinuxHost {

    private static final String OS = """
                                     PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                                     NAME="Debian GNU/Linux"
                                     VERSION_ID="12"
                                     VERSION="12 (bookworm)"
                                     VERSION_CODENAME=bookworm
                                     ID=debian
                                     HOME_URL="https://www.debian.org/"
                                     """;
    /** Set to 1: a router forwards both families. */
    private static final List<String> ON = List.of("net.ipv4.ip_forward", "net.ipv4.conf.all.forwarding",
            "net.ipv4.conf.default.forwarding", "net.ipv6.conf.all.forwarding", "net.ipv6.conf.default.forwarding");
    private static final List<String> OFF = List.of("net.ipv4.conf.all.rp_filter", "net.ipv4.conf.default.rp_filter",
            "net.ipv4.conf.all.send_redirects", "net.ipv4.fib_multipath_hash_policy",
            "net.ipv4.conf.all.ignore_routes_with_linkdown", "net.ipv6.conf.all.disable_ipv6");

    private final String name;
    private final String user;
    private final LinuxNetwork network;
    private final Map<String, String> sysctls = new TreeMap<>();

    LinuxHost(String name, String user, LinuxNetwork network) {
        this.name = name;
        this.user = user;
        this.network = network;
        ON.forEach(key -> sysctls.put(key, "1"));
        OFF.forEach(key -> sysctls.put(key, "0"));
    }

    String name() {
        return name;
    }

    String user() {
        return user;
    }

    String home() {
        return user.equals("root") ? "/root" : "/home/" + user;
    }

    LinuxNetwork network() {
        return network;
    }

    Map<String, String> sysctls() {
        return sysctls;
    }

    /** The content of a file; empty if there is no such file. */
    Optional<String> file(String path) {
        return switch (path) {
            case "/dev/null" -> Optional.of("");
            case "/etc/hostname", "/proc/sys/kernel/hostname" -> Optional.of(name + "\n");
            case "/etc/os-release", "/usr/lib/os-release" -> Optional.of(OS);
            case "/etc/debian_version" -> Optional.of("12.5\n");
            default -> path.startsWith("/proc/sys/")
                    ? Optional.ofNullable(sysctls.get(path.substring(10).replace('/', '.'))).map(v -> v + "\n")
                    : Optional.empty();
        };
    }
}
