package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A bare Debian that boots with systemd on a machine of the lab: no Java in it, no Maven, no SSH. */
final class LabDebian implements AutoCloseable {

    /** .ci/debian makes it, where there is a network. */
    static final Path TAR = Path.of("target/debian.tar");

    private final Path root;
    private final Process container;

    /** Unpacks it and boots it. */
    LabDebian(Lab lab, String machine) {
        root = lab.folder().resolve("debian");
        Shellout.run("mkdir", root.toString());
        Shellout.run("tar", "-xf", TAR.toString(), "-C", root.toString());
        Path log = lab.folder().resolve("debian.log");
        container = start(log, List.of("systemd-nspawn", "--quiet", "--directory=" + root, "--boot", "--register=no",
                "--keep-unit", "--console=pipe", "--capability=CAP_NET_RAW",
                "--network-namespace-path=/run/netns/" + lab.space(machine)));
        Lab.await("Debian runs", () -> first().isPresent()
                && attempt("systemctl is-system-running").text().strip().matches("running|degraded"),
                () -> LabSshd.read(log));
    }

    /** Not inside a namespace of the lab, where the control groups are not mounted. */
    private static Process start(Path log, List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private java.util.Optional<ProcessHandle> first() {
        try (Stream<ProcessHandle> below = container.descendants()) {
            return below.filter(p -> p.info().command().filter(c -> c.endsWith("/systemd")).isPresent()).findFirst();
        }
    }

    Path root() {
        return root;
    }

    /** Runs a script in it, as root. */
    Shellout.Done attempt(String script) {
        return Shellout.attempt(words(script));
    }

    /** The words that do so. */
    List<String> words(String script) {
        return List.of("nsenter", "-t", Long.toString(first().orElseThrow().pid()), "-m", "-u", "-i",
                "-n", "-p", "-r", "-w", "--", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root",
                "LC_ALL=C", "sh", "-c", script);
    }

    /** Runs a script in it that must succeed. Returns what it printed. */
    String in(String script) {
        Shellout.Done done = attempt(script);
        if (done.status() != 0) {
            throw new AssertionError(script + " ended with " + done.status() + ":\n" + done.text());
        }
        return done.text();
    }

    /** Puts a file into it, for root alone. */
    void put(Path file, String at) {
        try {
            Path to = root.resolve(at.substring(1));
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
            in("chown root:root " + at + " && chmod 600 " + at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        first().ifPresent(ProcessHandle::destroyForcibly);
        container.destroyForcibly();
    }
}
