package net.reroute.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.reroute.lab.Lab;
import net.reroute.lab.Shellout;

/** A network namespace that one logs in to by a real sshd on loopback. */
final class LabSpace implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    final Path folder;
    final String name = "rrs" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    final int port = freePort();
    private final List<Process> processes = new ArrayList<>();

    LabSpace() {
        try {
            folder = Files.createTempDirectory("reroute-device");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shellout.run("ip", "netns", "add", name);
        in("ip link set lo up");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String in(String script) {
        return Shellout.run("ip", "netns", "exec", name, "sh", "-ec", script);
    }

    /** Starts a program in the namespace. */
    void start(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
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

    /** Lets in who has the key. Every session is in the namespace. */
    void sshd() {
        sshd("ip netns exec " + name + " sh -c \"$SSH_ORIGINAL_COMMAND\"");
    }

    /** @param command what every session is */
    void sshd(String command) {
        for (String key : List.of("host", "user")) {
            Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(key).toString());
        }
        try {
            Files.createDirectories(Path.of("/run/sshd"));
            Files.writeString(folder.resolve("sshd"), String.join("\n", "Port " + port, "ListenAddress 127.0.0.1",
                    "HostKey " + folder.resolve("host"), "AuthorizedKeysFile " + folder.resolve("user.pub"),
                    "PermitRootLogin prohibit-password", "StrictModes no", "UsePAM no", "PidFile none",
                    "LogLevel ERROR", "PrintMotd no", "UseDNS no",
                    // What stands in root's .bashrc on this machine is no part of the lab.
                    "SetEnv HOME=" + folder, "ForceCommand " + command, ""));
            Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " "
                    + Files.readString(folder.resolve("host.pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("sshd").toString()));
        Lab.await("sshd listens", () -> Shellout.attempt(List.of("sh", "-c", "ss -Hltn sport = :" + port)).text()
                .contains("127.0.0.1"));
    }

    Path key() {
        return folder.resolve("user");
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    @Override
    public void close() {
        processes.forEach(p -> {
            p.descendants().forEach(ProcessHandle::destroyForcibly);
            p.destroyForcibly();
        });
        Shellout.attempt(List.of("sh", "-c", "ip netns pids " + name + " | xargs -r kill -9; ip netns del " + name
                + "; rm -rf " + folder));
    }
}
