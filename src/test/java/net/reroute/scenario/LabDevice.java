package net.reroute.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.reroute.core.RouterSpec;
import net.reroute.lab.Lab;
import net.reroute.lab.Shellout;
import net.reroute.router.CliHome;
import net.reroute.router.Router;
import net.reroute.router.RouterException;

/** A router of its own network namespace behind a real sshd on loopback, with real kernel routes. */
abstract class LabDevice extends Device {

    private static final AtomicInteger COUNT = new AtomicInteger();

    final Path folder;
    final String space = "rrs" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    private final CliHome home;
    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();
    private RouterSpec spec;

    LabDevice() {
        try {
            folder = Files.createTempDirectory("reroute-device");
            home = new CliHome(folder.resolve("home"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shellout.run("ip", "netns", "add", space);
        in("ip link set lo up; sysctl -qw net.ipv4.ip_forward=1; ip link add e0 type veth peer name e1;"
                + " ip addr add 192.168.1.1/27 dev e0; ip link set e0 up; ip link set e1 up");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String in(String script) {
        return Shellout.run("ip", "netns", "exec", space, "sh", "-ec", script);
    }

    /** Starts a program in the namespace. */
    final void start(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space));
        all.addAll(List.of(command));
        run(all);
    }

    private void run(List<String> command) {
        try {
            processes.add(new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param command what every session is */
    final void sshd(String command) {
        for (String key : List.of("host", "user")) {
            Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(key).toString());
        }
        try {
            Files.createDirectories(Path.of("/run/sshd"));
            Files.writeString(folder.resolve("sshd"), String.join("\n", "Port " + port, "ListenAddress 127.0.0.1",
                    "HostKey " + folder.resolve("host"), "AuthorizedKeysFile " + folder.resolve("user.pub"),
                    "PermitRootLogin prohibit-password", "StrictModes no", "UsePAM no", "PidFile none",
                    "LogLevel ERROR", "PrintMotd no", "UseDNS no", "ForceCommand " + command, ""));
            Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " "
                    + Files.readString(folder.resolve("host.pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("sshd").toString()));
        Lab.await("sshd listens", () -> Shellout.attempt(List.of("sh", "-c", "ss -Hltn sport = :" + port)).text()
                .contains("127.0.0.1"));
    }

    @Override
    RouterSpec spec(String name) {
        spec = home.spec(name, "{dialect: " + dialect() + ", address: \"127.0.0.1:" + port + "\", user: root, key: "
                + folder.resolve("user") + ", known-hosts: " + folder.resolve("known_hosts") + "}");
        return spec;
    }

    abstract String dialect();

    @Override
    Router connect() throws RouterException {
        return Router.open(spec, Duration.ofSeconds(20));
    }

    @Override
    List<String> hops(String prefix) {
        return in("ip route show " + prefix).lines()
                .flatMap(l -> java.util.regex.Pattern.compile("via (\\S+)").matcher(l)
                        .results())
                .map(m -> m.group(1)).sorted().toList();
    }

    @Override
    public void close() {
        processes.forEach(p -> {
            p.descendants().forEach(ProcessHandle::destroyForcibly);
            p.destroyForcibly();
        });
        Shellout.attempt(List.of("sh", "-c", "ip netns pids " + space + " | xargs -r kill -9; ip netns del " + space
                + "; rm -rf " + folder));
    }
}
