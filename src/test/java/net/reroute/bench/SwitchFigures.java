package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.lab.Lab;
import net.reroute.lab.Shellout;

/**
 * Figures of the TCP switch beside HAProxy in TCP mode, in turns on the loopback of this machine: wrk, two nginx as
 * backends, two threads each.
 */
final class SwitchFigures {

    static final List<String> NAMES = List.of("switch");

    private static final int FIRST = 8101;
    private static final int SECOND = 8102;
    private static final int HAPROXY = 8103;
    private static final int OURS = 8104;
    private static final int ROUNDS = 3;
    /** Two descriptors each; the usual hard limit of a container is 20,000. */
    private static final int MANY = 9_880;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private Process ours;

    private SwitchFigures(Path folder) {
        this.folder = folder;
    }

    static void measure() {
        try {
            SwitchFigures figures = new SwitchFigures(Files.createTempDirectory("reroute-switch"));
            try {
                figures.run();
            } finally {
                figures.processes.forEach(Process::destroyForcibly);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws IOException {
        nginx(FIRST);
        nginx(SECOND);
        Files.writeString(folder.resolve("haproxy"), "global\n nbthread 2\n maxconn " + MANY + "\ndefaults\n mode tcp\n"
                + " timeout connect 5s\n timeout client 1h\n timeout server 1h\n maxconn " + MANY + "\nlisten x\n bind"
                + " 127.0.0.1:" + HAPROXY + "\n server a 127.0.0.1:" + FIRST + "\n");
        start("haproxy", "-db", "-f", folder.resolve("haproxy").toString());
        ours = ourSwitch();
        wrk(OURS, 32, 10, true); // warm
        wrk(OURS, 100, 5, false);
        for (int i = 0; i < ROUNDS; i++) {
            both("new connections/s", port -> wrk(port, 32, 5, true).rate);
            both("requests/s, 1 kept connection", port -> wrk(port, 1, 4, false).rate);
            both("requests/s, 100 kept", port -> wrk(port, 100, 4, false).rate);
            both("p99 ms, 100 kept", port -> wrk(port, 100, 4, false).p99);
            both("one stream, MB/s", this::stream);
        }
        idle();
        figures.forEach((what, all) -> System.out.println("switch: " + what + ": " + all));
        killed();
    }

    private void nginx(int port) throws IOException {
        Path conf = folder.resolve("nginx" + port);
        Path big = folder.resolve("big");
        if (!Files.exists(big)) {
            Files.write(big, new byte[200_000_000]);
        }
        Files.writeString(conf, "daemon off; worker_processes 2; worker_rlimit_nofile 20000; pid " + conf
                + ".pid; error_log "
                + conf
                + ".log; events { worker_connections 19000; }\nhttp { access_log off; keepalive_requests 1000000000;"
                + " server { listen 127.0.0.1:" + port + " backlog=1024; location / { return 200 \"hello\\n\"; }"
                + " location /big { root " + folder + "; } } }\n");
        Shellout.run("chmod", "755", folder.toString());
        start("nginx", "-c", conf.toString());
        Lab.await("nginx",
                () -> Shellout.attempt(List.of("curl", "-s", "http://127.0.0.1:" + port + "/")).status() == 0);
    }

    private Process ourSwitch() throws IOException {
        Files.createDirectories(folder.resolve("home/inventory"));
        Files.writeString(folder.resolve("home/inventory/all.yaml"), "switches:\n  bench: {listen: \"127.0.0.1:" + OURS
                + "\", backends: [\"127.0.0.1:" + FIRST + "\", \"127.0.0.1:" + SECOND + "\"], most: 9880}\n");
        Process process = start(System.getProperty("java.home") + "/bin/java", "-XX:-UsePerfData", "-XX:+UseSerialGC",
                "-Xms64m", "-Xmx1g", "-cp", System.getProperty("java.class.path"), "net.reroute.app.Main", "--home",
                folder.resolve("home").toString(), "switch", "bench");
        Lab.await("the switch",
                () -> Shellout.attempt(List.of("curl", "-s", "http://127.0.0.1:" + OURS + "/")).status() == 0);
        return process;
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        processes.add(process);
        return process;
    }

    private interface Figure {
        double of(int port);
    }

    private void both(String what, Figure figure) {
        for (Map.Entry<String, Integer> one : Map.of("haproxy", HAPROXY, "reroute", OURS).entrySet()) {
            figures.computeIfAbsent(what + ", " + one.getKey(), n -> new ArrayList<>()).add(figure.of(one.getValue()));
        }
    }

    private record Wrk(double rate, double p99) {}

    private static Wrk wrk(int port, int connections, int seconds, boolean each) {
        List<String> command = new ArrayList<>(
                List.of("wrk", "--latency", "-t1", "-c" + connections, "-d" + seconds + "s"));
        if (each) {
            command.addAll(List.of("-H", "Connection: close"));
        }
        command.add("http://127.0.0.1:" + port + "/");
        String text = Shellout.attempt(command).text();
        Matcher rate = RATE.matcher(text);
        Matcher p99 = P99.matcher(text);
        if (!rate.find() || !p99.find()) {
            throw new IllegalStateException(text);
        }
        double unit = switch (p99.group(2)) {
            case "us" -> 0.001;
            case "ms" -> 1;
            default -> 1000;
        };
        return new Wrk(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * unit);
    }

    private double stream(int port) {
        return Math.round(Double.parseDouble(Shellout.run("curl", "-s", "-o", "/dev/null", "-w", "%{speed_download}",
                "http://127.0.0.1:" + port + "/big")) / 1e6);
    }

    /** Opens idle connections: what each costs, and what is left for others. */
    private void idle() throws IOException {
        for (Map.Entry<String, Integer> one : Map.of("haproxy", HAPROXY, "reroute", OURS).entrySet()) {
            List<SocketChannel> open = new ArrayList<>();
            double before = resident(one.getKey());
            for (int i = 0; i < MANY - 150; i++) {
                open.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", one.getValue())));
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            figures.put("kB for each of " + open.size() + " idle connections, " + one.getKey(),
                    List.of(Math.round((resident(one.getKey()) - before) * 10.0 / open.size()) / 10.0));
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rates.add(wrk(one.getValue(), 100, 4, false).rate);
            }
            figures.put("requests/s beside them, 100 kept, " + one.getKey(), rates);
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    private double resident(String who) throws IOException {
        long pid = who.equals("haproxy") ? processes.get(2).pid() : ours.pid();
        return Files.readString(Path.of("/proc/" + pid + "/status")).lines().filter(l -> l.startsWith("VmRSS"))
                .mapToDouble(l -> Double.parseDouble(l.replaceAll("\\D", ""))).sum();
    }

    /** A thousand new connections a second for five seconds; the first backend is killed after two. */
    private void killed() {
        AtomicInteger served = new AtomicInteger();
        Map<String, AtomicInteger> failures = new java.util.concurrent.ConcurrentHashMap<>();
        long began = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5000; i++) {
                LockSupport.parkNanos(began + i * 1_000_000L - System.nanoTime());
                if (i == 2000) {
                    processes.getFirst().descendants().forEach(ProcessHandle::destroyForcibly);
                    processes.getFirst().destroyForcibly();
                }
                clients.submit(() -> {
                    try (Socket socket = new Socket("127.0.0.1", OURS)) {
                        socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                        if (answer.endsWith("hello\n")) {
                            served.incrementAndGet();
                        } else {
                            failures.computeIfAbsent("no answer", k -> new AtomicInteger()).incrementAndGet();
                        }
                    } catch (IOException e) {
                        failures.computeIfAbsent(String.valueOf(e.getMessage()), k -> new AtomicInteger())
                                .incrementAndGet();
                    }
                });
            }
        }
        System.out.println(
                "switch: backend killed at 1,000 new connections/s: served " + served + ", failed " + failures);
    }
}
