package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reference network: client -- gw1 -- host1..host4, and ctl, from which reroute works, on the servers' LAN. Each is a
 * network namespace; the LAN is a bridge in one of its own, so that a port can be taken off it.
 */
public final class Lab implements AutoCloseable {

    public static final List<String> HOSTS = List.of("host1", "host2", "host3", "host4");
    static final List<String> SERVICE_ADDRESSES = List.of("192.168.1.33", "192.168.1.65", "192.168.1.97",
            "192.168.1.129", "2001:db8:33::1");

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Longer than anything takes on a busy machine that works at all. */
    private static final int LONG_SECONDS = 60;
    private static final long SHORTEST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final String tag = "rr" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    private final List<String> spaces = new ArrayList<>();
    private final Map<String, Process> servers = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<String> moreAddresses = new ArrayList<>();
    private final Path folder;
    private final LabSshd sshd;

    public Lab() {
        LabNeeds.check();
        try {
            folder = Files.createTempDirectory("reroute-lab");
            sshd = new LabSshd(this, folder);
            build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void build() {
        for (String name : List.of("lan", "gw1", "client", "ctl", "host1", "host2", "host3", "host4")) {
            Shellout.run("ip", "netns", "add", space(name));
            spaces.add(name);
            in(name, "ip link set lo up; sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0"
                    + " net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0");
        }
        in("lan", "ip link add name br type bridge; ip link set dev br up");
        plug("gw1", 1);
        in("gw1", "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.send_redirects=0"
                + " net.ipv4.conf.default.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0");
        for (int i = 0; i < HOSTS.size(); i++) {
            plug(HOSTS.get(i), i + 2);
            in(HOSTS.get(i), "sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2"
                    + " net.ipv4.ping_group_range='0 2147483647'");
            in(HOSTS.get(i), SERVICE_ADDRESSES.stream()
                    .map(a -> "ip addr add " + a + (a.contains(":") ? "/128" : "/32") + " dev lo")
                    .collect(Collectors.joining("; ")));
        }
        plug("ctl", 30);
        Shellout.run("ip", "link", "add", "eth0", "netns", space("client"), "type", "veth", "peer", "name", "eth1",
                "netns", space("gw1"));
        in("client", "ip addr add 10.0.0.2/24 dev eth0; ip -6 addr add 2001:db8:10::2/64 dev eth0 nodad;"
                + " ip link set eth0 up; ip route add default via 10.0.0.1; ");
        in("gw1", "ip addr add 10.0.0.1/24 dev eth1; ip -6 addr add 2001:db8:10::1/64 dev eth1 nodad;"
                + " ip link set eth1 up");
        in("client", "ip -6 route add default via 2001:db8:10::1");
    }

    private void plug(String name, int number) {
        Shellout.run("ip", "link", "add", "eth0", "netns", space(name), "type", "veth", "peer", "name", name, "netns",
                space("lan"));
        in("lan", "ip link set " + name + " master br up");
        in(name, "ip addr add 192.168.1." + number + "/27 dev eth0; ip -6 addr add 2001:db8:1::" + number
                + "/64 dev eth0 nodad; ip link set eth0 up");
        if (number != 1) {
            in(name, "ip route add default via 192.168.1.1; ip -6 route add default via 2001:db8:1::1");
        }
    }

    /** An address that every server's echo shall answer at as well. */
    public void serveAlso(String address) {
        moreAddresses.add(address);
    }

    /** One more machine on the servers' LAN. */
    public void plugClient(String name, int number) {
        Shellout.run("ip", "netns", "add", space(name));
        spaces.add(name);
        in(name, "ip link set lo up; sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0");
        plug(name, number);
    }

    /** The namespace of a machine. */
    public String space(String name) {
        return tag + "-" + name;
    }

    public Path folder() {
        return folder;
    }

    public LabSshd sshd() {
        return sshd;
    }

    /** Lets other users walk through the lab's folder. */
    void openFolders() {
        Shellout.run("chmod", "755", folder.toString());
        Shellout.run("sh", "-c", "chmod 644 " + folder + "/*.pub");
    }

    /** Runs a script on a machine; it must succeed. */
    public String in(String name, String script) {
        return Shellout.run("ip", "netns", "exec", space(name), "sh", "-ec", script);
    }

    /** Runs a script on a machine, whatever comes of it. */
    public Shellout.Done attempt(String name, String script) {
        return Shellout.attempt(List.of("ip", "netns", "exec", space(name), "sh", "-c", script));
    }

    /** Starts a program on a machine. */
    public Process start(String name, Path log, List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space(name)));
        all.addAll(command);
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A small JVM for one of the lab's own programs. */
    static List<String> java(Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m", "-Xshare:auto", "-cp",
                System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    // ---- servers -------------------------------------------------------------------------------------------------

    /** Starts web server and echo server on every host, and waits until they answer. */
    public void serve() {
        HOSTS.forEach(this::serve);
        HOSTS.forEach(h -> await(h + " serves", () -> listens(h, 80)));
    }

    public void serve(String host) {
        List<String> arguments = new ArrayList<>(List.of(host));
        arguments.addAll(moreAddresses);
        servers.put(host,
                start(host, folder.resolve(host + ".log"), java(LabServer.class, arguments.toArray(String[]::new))));
    }

    public boolean listens(String host, int port) {
        return !Shellout.attempt(List.of("ss", "-N", space(host), "-Hltn", "sport", "=", ":" + port)).text().isBlank();
    }

    /** kill -9 of the web server. */
    public void crash(String host) {
        servers.get(host).destroyForcibly();
    }

    /** The host's port is taken off the bridge: nobody is told. */
    public void cutOff(String name) {
        in("lan", "ip link set " + name + " nomaster");
    }

    /** A partition: these machines see each other and nobody else. */
    public void aside(String... names) {
        in("lan",
                "ip link add name br2 type bridge 2>/dev/null || :; ip link set dev br2 up; for n in "
                        + String.join(" ", names)
                        + "; do ip link set $n master br2; done");
    }

    /** The end of a partition. */
    public void together(String... names) {
        in("lan", "for n in " + String.join(" ", names) + "; do ip link set $n master br; done");
    }

    public void plugIn(String name) {
        in("lan", "ip link set " + name + " master br");
    }

    /** The four routes of the reference network, each at its home, as an admin would have set them. */
    public void routesAtHome() {
        in("gw1", IntStream.rangeClosed(1, HOSTS.size())
                .mapToObj(i -> "p=192.168.1." + i * 32
                        + "/27; ip route del $p 2>/dev/null || ip route flush $p; ip route add $p via 192.168.1."
                        + (i + 1))
                .collect(Collectors.joining("; ")));
    }

    /** Everything plugged in, every sshd and every web server running, whatever the last test did. */
    public void repair() {
        together("host1", "host2", "host3", "host4", "ctl");
        if (!listens("gw1", 22)) {
            sshd.start("gw1", "192.168.1.1");
        }
        HOSTS.stream().filter(h -> !listens(h, 80)).forEach(this::serve);
        HOSTS.forEach(h -> await(h + " serves", () -> listens(h, 80)));
    }

    /** The next hop the router's kernel really uses. */
    public String nextHop(String address) {
        return Shellout.attempt(List.of("ip", "-n", space("gw1"), "route", "get", address)).text()
                .replaceAll("(?s).*? via (\\S+).*", "$1");
    }

    /** The processes on a machine whose command line has a text in it; the sessions' own shells are not among them. */
    List<ProcessHandle> running(String machine, String text) {
        return Shellout.run("ip", "netns", "pids", space(machine)).lines().map(String::strip)
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .filter(p -> read(Path.of("/proc", Long.toString(p.pid()), "cmdline")).contains(text)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** Waits for something to become true. */
    public static void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> "");
    }

    /** @param otherwise what to tell if it does not */
    public static void await(String what, BooleanSupplier condition, Supplier<String> otherwise) {
        await(what, LONG_SECONDS, condition, otherwise);
    }

    /** As the others, for what takes a busy machine longer. */
    static void await(String what, int seconds, BooleanSupplier condition, Supplier<String> otherwise) {
        long begun = System.nanoTime();
        long asked = begun;
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - begun > seconds * 1_000_000_000L) {
                throw new AssertionError("not within " + seconds + " s: " + what + "\n" + otherwise.get());
            }
            // Most conditions start a process: asked without a pause, they take the time from what they wait for.
            LockSupport.parkNanos(Math.clamp(2 * (now - asked), SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
            asked = System.nanoTime();
        }
    }

    @Override
    public void close() {
        processes.forEach(Lab::end);
        for (String name : spaces) {
            Shellout.attempt(List.of("sh", "-c", "ip netns pids " + space(name) + " | xargs -r kill -9; ip netns del "
                    + space(name)));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
