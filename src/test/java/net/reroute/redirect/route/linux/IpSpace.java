package net.reroute.redirect.route.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.reroute.lab.Shellout;
import net.reroute.ssh.Shell.Output;

/** A network namespace with real kernel routes, and an {@code ip} of a kind in it; scripts run without SSH. */
public final class IpSpace implements AutoCloseable {

    /** Whose {@code ip} answers. */
    public enum Kind {
        FULL, OLD, BUSYBOX
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String space = "rri" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    private final Path programs;
    final List<Integer> sizes = new ArrayList<>();

    IpSpace(Kind kind) {
        try {
            programs = programs(Files.createTempDirectory("reroute-ip"), kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shellout.run("ip", "netns", "add", space);
        in("ip link set lo up; ip link add v0 type veth peer name v1; ip addr add 192.168.1.1/27 dev v0;"
                + " sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.v0.accept_dad=0;"
                + " ip -6 addr add 2001:db8:1::1/64 dev v0 nodad; ip link set v0 up; ip link set v1 up");
    }

    /** Puts an {@code ip} of a kind into a folder that a PATH can begin with. */
    public static Path programs(Path folder, Kind kind) throws IOException {
        switch (kind) {
            case FULL -> {
            }
            case BUSYBOX -> {
                for (String name : List.of("ip", "awk", "head", "grep", "pidof", "readlink", "cat", "sleep")) {
                    Files.createSymbolicLink(folder.resolve(name), Path.of("/usr/bin/busybox"));
                }
            }
            case OLD -> {
                // What iproute2 4.9 says to what it does not know.
                Path ip = folder.resolve("ip");
                Files.writeString(ip,
                        """
                        #!/bin/sh
                        for word; do
                            case $word in
                            -j*) echo "Option \\"$word\\" is unknown, try \\"ip -help\\"." >&2; exit 255;;
                            -V) echo "ip utility, iproute2-ss161212"; exit 0;;
                            fibmatch) echo 'Error: inet prefix is expected rather than "fibmatch".' >&2; exit 1;;
                            esac
                        done
                        exec /usr/bin/ip "$@"
                        """);
                Files.setPosixFilePermissions(ip, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return folder;
    }

    /** Sets up, by the machine's own {@code ip}. */
    void in(String script) {
        Shellout.run("ip", "netns", "exec", space, "sh", "-ec", script);
    }

    /** Many lines for {@code ip -batch}. */
    void batch(List<String> lines) {
        try {
            Path file = Files.writeString(programs.resolve("batch"), String.join("\n", lines) + "\n");
            Shellout.run("ip", "-n", space, "-batch", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the kept shell would. */
    Output run(String script, Duration within) {
        try {
            Path in = Files.writeString(programs.resolve("script"), script);
            Process process = new ProcessBuilder("ip", "netns", "exec", space, "env", "LC_ALL=C", "PATH=" + programs
                    + ":/usr/sbin:/usr/bin:/sbin:/bin", "sh", in.toString())
                    .redirectError(programs.resolve("err").toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("no end of " + script);
            }
            sizes.add(out.length());
            return new Output(process.exitValue(), out, Files.readString(programs.resolve("err")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    IpProgram program() {
        Output answer = run(new IpScript(false, Optional.empty()).examine(), Duration.ofSeconds(10));
        return IpProgram.of(List.of(answer.out().split(IpScript.NEXT, -1)));
    }

    IpReader reader(Optional<String> table) {
        return new IpReader(this::run, new IpScript(false, table), program());
    }

    @Override
    public void close() {
        Shellout.attempt(List.of("ip", "netns", "del", space));
        try (Stream<Path> files = Files.list(programs)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
