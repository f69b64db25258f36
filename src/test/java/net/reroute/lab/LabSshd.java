package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real sshd processes in the lab's namespaces, with host keys of their own and one user key. */
public final class LabSshd {

    private final Lab lab;
    private final Path folder;
    private String extra = "";
    private List<String> before = List.of();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Process> running = new HashMap<>();

    LabSshd(Lab lab, Path folder) {
        this.lab = lab;
        this.folder = folder;
        Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString());
        write(folder.resolve("known_hosts"), "");
    }

    public Path key() {
        return folder.resolve("id_ed25519");
    }

    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** Starts sshd on a machine and makes its host key known under these addresses. */
    public void start(String name, String... addresses) {
        Path hostKey = folder.resolve("host-" + name);
        if (!Files.exists(hostKey)) {
            Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey.toString());
            for (String address : addresses) {
                append(knownHosts(), address + " " + read(folder.resolve("host-" + name + ".pub")));
            }
        }
        Path config = folder.resolve("sshd-" + name);
        write(config, String.join("\n", "Port 22", "HostKey " + hostKey, "AuthorizedKeysFile " + key() + ".pub",
                "PermitRootLogin prohibit-password", "StrictModes no", "UsePAM no", "PidFile none", "LogLevel ERROR",
                "PrintMotd no", "UseDNS no", "MaxStartups 100",
                // What stands in root's .bashrc on this machine is no part of the lab.
                extra.contains("SetEnv") ? extra : "SetEnv HOME=" + folder + "\n" + extra));
        try {
            Files.createDirectories(Path.of("/run/sshd"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        aliases.put(name, addresses[0]);
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("/usr/sbin/sshd", "-D", "-e", "-f", config.toString()));
        running.put(name, lab.start(name, folder.resolve("sshd.log"), command));
        Lab.await("sshd on " + name, () -> lab.listens(name, 22));
    }

    /** As {@link #start}, where every session finds these programs first. */
    public void startWithPrograms(String name, Path programs, String... addresses) {
        // A home of its own: root's .bashrc may put other programs before these.
        extra = "SetEnv PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin HOME=" + programs + "\n";
        start(name, addresses);
        extra = "";
    }

    /** As {@link #start}, with a line more in its configuration. */
    void startWith(String line, String name, String... addresses) {
        extra = line + "\n";
        start(name, addresses);
        extra = "";
    }

    /** As {@link #start}, where every session is this command. */
    public void startWithCommand(String name, String command, String... addresses) {
        extra = "ForceCommand " + command + "\n";
        start(name, addresses);
        extra = "";
    }

    /** As {@link #start}, on a machine that sees only its own processes and has its own /run. */
    public void startAlone(String name, String... addresses) {
        before = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c",
                "mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec \"$@\"", "sh");
        start(name, addresses);
        before = List.of();
    }

    /** Runs a script on a machine by SSH; it must succeed. */
    public String on(String name, String script) {
        return Shellout.run("ip", "netns", "exec", lab.space(name), "ssh", "-i", key().toString(), "-o",
                "UserKnownHostsFile=" + knownHosts(), "-o", "HostKeyAlias=" + aliases.get(name), "root@127.0.0.1",
                script);
    }

    /** kill -9 of sshd and of every session in it. */
    public void kill(String name) {
        Process sshd = running.remove(name);
        sshd.descendants().forEach(ProcessHandle::destroyForcibly);
        sshd.destroyForcibly();
        Lab.await("sshd is gone from " + name, () -> !lab.listens(name, 22));
    }

    /**
     * Ends every session, everywhere. What a killed client had sent to a machine that was cut off arrives once the machine
     * is plugged in again, and would be done in the next test.
     */
    void endSessions() {
        running.values().stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
        Lab.await("all sessions have ended",
                () -> running.values().stream().flatMap(Process::descendants).findAny().isEmpty());
    }

    /** In one step: whoever reads it meanwhile reads what was there or all that is new. */
    public static void write(Path file, String text) {
        try {
            Path whole = file.resolveSibling("." + file.getFileName() + ".new");
            Files.writeString(whole, text);
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
