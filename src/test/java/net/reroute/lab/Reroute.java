package net.reroute.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import net.reroute.api.Client;
import net.reroute.api.Request;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;

/** reroute itself in the lab: a home folder on ctl, its command line and its daemon, each a real process. */
public final class Reroute {

    private static final Pattern IN_DOUBT = Pattern.compile("is (in doubt|UNKNOWN) for ");
    private static final int MOST_ROWS = 1_000_000;

    /** Longer than any command of any test takes. */
    private static final int PATIENCE_SECONDS = 150;

    private final Lab lab;
    private final String machine;
    private final Path home;
    private Path socket;
    private Process daemon;
    private long startMillis;

    public Reroute(Lab lab) {
        this(lab, "home");
    }

    public Reroute(Lab lab, String folder) {
        this(lab, folder, "ctl");
    }

    /** On another machine of the lab. */
    public Reroute(Lab lab, String folder, String machine) {
        this.machine = machine;
        this.lab = lab;
        this.home = lab.folder().resolve(folder);
        this.socket = home.resolve("state/socket");
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

    /** The servers, where reroute may log in. */
    public String serversWithLogin() {
        String login = ", user: root, key: " + lab.sshd().key() + ", known-hosts: " + lab.sshd().knownHosts() + "}";
        return servers().replace("}", login);
    }

    /** One playbook. */
    public void playbook(String name, String text) {
        try {
            Files.createDirectories(home.resolve("playbooks"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LabSshd.write(home.resolve("playbooks").resolve(name + ".yaml"), text);
    }

    String readPlaybook(String name) {
        return LabSshd.read(home.resolve("playbooks").resolve(name + ".yaml"));
    }

    static String services(String options) {
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

    public String read(String file) {
        try {
            return Files.readString(home.resolve("inventory").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words that run a command of this home. */
    List<String> command(String... args) {
        return commandOf(Ahead.words(), args);
    }

    private List<String> commandOf(List<String> words, String... args) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(words);
        command.addAll(List.of("net.reroute.app.Main", "--home", home.toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** Runs a command on ctl. */
    public Shellout.Done cli(String... args) {
        return cliOn(machine, args);
    }

    public Shellout.Done cliOn(String machine, String... args) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", lab.space(machine)));
        all.addAll(command(args));
        return Shellout.attempt(all);
    }

    /** With a variable in its environment. */
    public Shellout.Done with(String variable, String value, String... args) {
        return prefixed(List.of("env", variable + "=" + value), args);
    }

    /** As a user who owns nothing. */
    public Shellout.Done asNobody(String... args) {
        return prefixed(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), args);
    }

    /** In a folder, which is not named. */
    Shellout.Done inFolder(Path folder, String... args) {
        List<String> words = command(args);
        words.removeAll(List.of("--home", home.toString()));
        List<String> all = new ArrayList<>(List.of("env", "-C", folder.toString()));
        all.addAll(words);
        return Shellout.attempt(all);
    }

    private Shellout.Done prefixed(List<String> prefix, String... args) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", lab.space(machine)));
        all.addAll(prefix);
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
    public void daemon() {
        daemonWith(List.of());
    }

    /** As {@link #daemon}, with words before the command. */
    public void daemonWith(List<String> before) {
        List<String> command = command("daemon");
        if (Boolean.getBoolean("lab.production")) { // bin/demo and bin/bench show what an admin would see
            command.set(command.indexOf("-XX:TieredStopAtLevel=1"), "-Xms64m");
        }
        command.addAll(0, before);
        command.addAll(0, List.of("env", "--default-signal=HUP")); // the tests may run under nohup
        daemonAs(command);
    }

    /** As {@link #daemon}, by a Java with these words. */
    void daemonOf(List<String> words) {
        daemonAs(commandOf(words, "daemon"));
    }

    /** Starts it by words of its own, with another state folder. */
    void daemonAs(List<String> command, Path state) {
        socket = state.resolve("socket");
        daemonAs(command);
    }

    private void daemonAs(List<String> command) {
        long began = System.nanoTime();
        daemon = lab.start(machine, logFile(), command);
        Lab.await("the daemon answers", 90, () -> Files.exists(socket) && answers("\"reachable\""), this::log);
        startMillis = (System.nanoTime() - began) / 1_000_000;
    }

    /** How long the last start took on this machine as busy as it is, in milliseconds: a measure for other times. */
    long startMillis() {
        return startMillis;
    }

    /** As {@link #daemon}, where the router cannot be reached. */
    void daemonWithoutRouter() {
        List<String> command = command("daemon");
        daemon = lab.start(machine, logFile(), command);
        Lab.await("the daemon answers", 90,
                () -> Files.exists(socket) && answers("\"unreachable\""), this::log);
    }

    private boolean answers(String state) {
        try {
            return ask("status", "--json").text().contains(state);
        } catch (UncheckedIOException e) {
            return false; // a socket left behind by the last one
        }
    }

    /** Asks the daemon from this process: a unix socket does not care for network namespaces. */
    public Shellout.Done ask(String... args) {
        return askAs("", args);
    }

    /** Asks again only while it is refused because a server is in doubt: a busy machine answers a check late. */
    Shellout.Done patiently(String... args) {
        Shellout.Done[] last = new Shellout.Done[1];
        Lab.await(String.join(" ", args), () -> {
            last[0] = ask(args);
            return last[0].status() == 0 || !IN_DOUBT.matcher(last[0].text()).find();
        }, () -> last[0].text() + log());
        return last[0];
    }

    /** As a command that a playbook runs; with no name, as a person. */
    Shellout.Done askAs(String playbook, String... args) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        FutureTask<Integer> answer = new FutureTask<>(() -> Client.ask(socket,
                new Request(List.of(args), home.toString(), 200, false, playbook), out, out));
        Thread.ofVirtual().start(answer);
        try {
            return new Shellout.Done(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    text.toString(StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? new UncheckedIOException(io)
                    : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no answer to " + List.of(args) + " within " + PATIENCE_SECONDS + " s, but:\n"
                    + text.toString(StandardCharsets.UTF_8) + Stacks.of(daemon == null ? null : daemon.toHandle()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            answer.cancel(true); // which closes the socket
        }
    }

    /** SIGTERM, and how long it took in milliseconds. */
    public long stop() {
        long began = System.nanoTime();
        daemon.destroy();
        awaitEnd();
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** kill -9. */
    public void kill() {
        daemon.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        Lab.await("the daemon has ended", () -> !daemon.isAlive());
    }

    /** Who leads of several controllers, as this one says; empty if nobody does. */
    public String leader() {
        return ask("cluster", "--json").text().replaceAll("(?s).*\"leader\"\\s*:\\s*(\"(\\w+)\"|null).*", "$2");
    }

    /** All rows of the journal, with their hashes. */
    public List<ChainedRow> chain() {
        try (JournalReader reader = JournalReader.open(home.resolve("state"))) {
            return reader.chain().after(0, MOST_ROWS);
        } catch (JournalException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** ip netns exec becomes what it runs. */
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
