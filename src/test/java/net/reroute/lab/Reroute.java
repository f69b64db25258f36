package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** reroute itself in the lab: a home folder on ctl, its command line and its daemon, each a real process. */
public final class Reroute {

    private final Lab lab;
    private final Path home;
    private Process daemon;

    public Reroute(Lab lab) {
        this.lab = lab;
        this.home = lab.folder().resolve("home");
        try {
            Files.createDirectories(home.resolve("inventory"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path home() {
        return home;
    }

    /** The reference network; {@code checks} and {@code settings} as they stand in a file. */
    public void inventory(String checks, String serviceOptions) {
        write("lab.yaml", routers() + servers() + "checks:\n" + checks.indent(2) + "services:\n"
                + services(serviceOptions).indent(2));
    }

    public String routers() {
        return "routers:\n  gw1: {dialect: linux, address: 192.168.1.1, user: root, key: " + lab.sshd().key()
                + ", known-hosts: " + lab.sshd().knownHosts() + "}\n";
    }

    public static String servers() {
        return "servers:\n  host1: {address: 192.168.1.2}\n  host2: {address: 192.168.1.3}\n"
                + "  host3: {address: 192.168.1.4}\n  host4: {address: 192.168.1.5}\n";
    }

    private static String services(String options) {
        String[] orders = {"host1, host2, host3, host4", "host2, host3, host4, host1", "host3, host4, host1, host2",
                "host4, host1, host2, host3"};
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < orders.length; i++) {
            services.append("www-" + (i + 1) + ": {prefix: 192.168.1." + (i + 1) * 32 + "/27, servers: [" + orders[i]
                    + "], " + options + "}\n");
        }
        return services.toString();
    }

    public void write(String file, String text) {
        LabSshd.write(home.resolve("inventory").resolve(file), text);
    }

    private List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), "net.reroute.app.Main", "--home", home.toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** Runs a command on ctl. */
    public Shellout.Done cli(String... args) {
        return cliOn("ctl", args);
    }

    public Shellout.Done cliOn(String machine, String... args) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", lab.space(machine)));
        all.addAll(command(args));
        return Shellout.attempt(all);
    }

    /** Runs a command that must succeed. */
    public String ok(String... args) {
        Shellout.Done done = cli(args);
        if (done.status() != 0) {
            throw new AssertionError(String.join(" ", args) + " -> " + done.status() + "\n" + done.text() + log());
        }
        return done.text();
    }

    /** Starts the daemon, and waits until it answers and every router is reachable. */
    public void daemon(String... javaOptions) {
        List<String> command = command("daemon");
        command.addAll(1, List.of(javaOptions));
        command.remove("-XX:TieredStopAtLevel=1");
        daemon = lab.start("ctl", logFile(), command);
        Lab.await("the daemon answers", () -> Files.exists(home.resolve("state/socket"))
                && cli("status", "--json").text().contains("\"reachable\""));
    }

    public Process process() {
        return daemon;
    }

    public Path logFile() {
        return lab.folder().resolve("daemon.log");
    }

    public String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
