package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.reroute.core.ProgramRemarks.NotTold;
import net.reroute.journal.Journal;
import net.reroute.journal.PendingRow;
import net.reroute.lab.Lab;
import net.reroute.lab.LabSshd;
import net.reroute.lab.Meter;
import net.reroute.lab.Reroute;

/** How much later a crashed web server is left while strangers flood every check and people read a long history. */
final class HostileFigures {

    static final List<String> NAMES = List.of("hostile");

    private static final String WEB = "  web: {http: \"http://{server}/\", every: 100ms, timeout: 100ms, fall: 2}\n";
    private static final int EACH = 8;
    private static final int ROWS = 1_000_000;
    private static final int CALLERS = 8;
    /** Kind to what its check looks like; its peer is the function of the same name below. */
    private static final Map<String, String> KINDS = Map.of("interim", "http: \"http://{server}:%d/\"", "chunks",
            "http: \"http://{server}:%d/\", body: \"</html>\"", "regex",
            "http: \"http://{server}:%d/\", body-regex: \"a*a*a*b\"", "fields", "http: \"http://{server}:%d/\"", "tls",
            "http: \"https://{server}:%d/\"", "greeting", "http: \"http://{service}:%d/\"");
    private static final String PEERS = """
                                        import socket, sys, threading
                                        ok = b'HTTP/1.1 200 OK\\r\\n'
                                        kinds = {'interim': (1, b'', b'HTTP/1.1 100 Continue\\r\\n\\r\\n' * 400),
                                                 'chunks': (1, ok + b'Transfer-Encoding: chunked\\r\\n\\r\\n', b'1\\r\\nx\\r\\n' * 1000),
                                                 'regex': (1, ok + b'Content-Length: 60000\\r\\n\\r\\n', b'a' * 60000),
                                                 'fields': (1, ok, b'a: b\\r\\n' * 1000),
                                                 'tls': (1, b'', b'\\x16\\x03\\x03\\0\\0' * 1000),
                                                 'greeting': (0, b'', b'hello\\r\\n' * 1000)}
                                        def say(c, kind):
                                            asked, first, then = kinds[kind]
                                            try:
                                                if asked: c.recv(65536)
                                                c.sendall(first)
                                                while True: c.sendall(then)
                                            except OSError: c.close()
                                        def serve(s, kind):
                                            while True: threading.Thread(target=say, args=(s.accept()[0], kind), daemon=True).start()
                                        for word in sys.argv[1:]:
                                            kind, port = word.split(':')
                                            s = socket.create_server(('0.0.0.0', int(port)), backlog=100)
                                            threading.Thread(target=serve, args=(s, kind)).start()
                                        """;

    private final Lab lab;
    private final Reroute reroute;

    private HostileFigures(Lab lab) {
        this.lab = lab;
        this.reroute = new Reroute(lab);
    }

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            new HostileFigures(lab).run(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String name) throws IOException {
        rows();
        reroute.inventory(WEB.strip(), "checks: [web], soak: 300ms");
        reroute.daemon();
        allUp();
        Figures.say(name + ": left, alone", "ms", leave());
        reroute.stop();
        strangers();
        reroute.daemon();
        Lab.await("www-1 is at home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
        Figures.say(name + ": left, " + EACH + " strangers of each kind", "ms", leave());
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger read = new AtomicInteger();
        for (int i = 0; i < CALLERS; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!over.get()) {
                    reroute.ask("history", "--verify");
                    read.incrementAndGet();
                }
            });
        }
        Figures.say(name + ": left, and " + CALLERS + " readers", "ms", leave());
        over.set(true);
        System.out.println(read.get() + " times " + ROWS + " rows were read meanwhile");
    }

    /** A history of a million rows, as the daemon writes them. */
    private void rows() throws IOException {
        try (Journal journal = Journal.open(reroute.home().resolve("state"))) {
            for (int i = 1; i <= ROWS; i++) {
                var written = journal.later(List.of(PendingRow.now(
                        new NotTold("host" + i % 4, "host1/web is DOWN (connection refused)"))));
                if (i % 20_000 == 0) {
                    written.join();
                }
            }
        }
    }

    private void strangers() {
        Path script = lab.folder().resolve("strangers.py");
        LabSshd.write(script, PEERS);
        StringBuilder checks = new StringBuilder();
        List<String> names = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        StringBuilder servers = new StringBuilder();
        int port = 8100;
        for (var kind : KINDS.entrySet()) {
            for (int i = 0; i < EACH; i++, port++) {
                String name = kind.getKey() + i;
                command.add(kind.getKey() + ":" + port);
                checks.append("  ").append(name).append(": {").append(kind.getValue().formatted(port))
                        .append(", every: 1s, timeout: 1s, fall: 3}\n");
                if (kind.getKey().equals("greeting")) {
                    servers.append("  greets").append(i).append(": {address: 192.168.1.").append(200 + i)
                            .append(", user: root, port: ").append(port).append(", key: ")
                            .append(lab.sshd().key()).append(", known-hosts: ").append(lab.sshd().knownHosts())
                            .append("}\n");
                    lab.in("host4", "ip addr add 192.168.1." + (200 + i) + "/24 dev $(ip -o route get 192.168.1.1"
                            + " | sed 's/.* dev \\([^ ]*\\).*/\\1/')");
                } else {
                    names.add(name);
                }
            }
        }
        lab.start("host4", lab.folder().resolve("strangers.log"), command);
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < EACH; i++) {
            services.append("  bad").append(i).append(": {prefix: 10.9.9.").append(i)
                    .append("/32, servers: [greets").append(i).append("], checks: [greeting").append(i)
                    .append("]}\n");
        }
        services.append("  bad: {prefix: 10.9.8.1/32, servers: [host4], checks: [").append(String.join(", ", names))
                .append("]}\n");
        String lab = reroute.read("lab.yaml");
        reroute.write("lab.yaml", lab.replace("checks:\n  web", servers + "checks:\n" + checks + "  web") + services);
    }

    private void allUp() {
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
    }

    private List<Double> leave() {
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            LockSupport.parkNanos(Duration.ofMillis(1500 + i * 7).toNanos());
            Meter meter = new Meter(lab, "192.168.1.33", 1000, 60_000);
            meter.running(300);
            lab.crash("host1");
            Lab.await("moved", () -> !lab.nextHop("192.168.1.33").equals("192.168.1.2"));
            gaps.add(meter.stop().gapMillis());
            lab.serve("host1");
            Lab.await("back home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
        }
        return gaps;
    }
}
