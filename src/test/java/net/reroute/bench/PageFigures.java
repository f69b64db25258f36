package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.lab.Lab;
import net.reroute.lab.LabSshd;
import net.reroute.lab.Meter;
import net.reroute.lab.Reroute;

/** What the page costs: memory, the gap of a failover, and the punctuality of checks while many look. */
final class PageFigures {

    static final List<String> NAMES = List.of("page");

    private static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";
    private static final int DEATHS = 10;
    private static final int SECONDS = 20;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    /** Writes down when each check connects, in milliseconds. */
    private static final String CLOCK = """
                                        import socket, sys, time
                                        s = socket.create_server(('0.0.0.0', 8099), backlog=50)
                                        out = open(sys.argv[1], 'w', buffering=1)
                                        while True:
                                            c = s.accept()[0]
                                            out.write('%.3f\\n' % (time.monotonic() * 1000))
                                            c.close()
                                        """;
    /** A hundred pages keep their events open; fifty requests a second ask for the state. */
    private static final String PAGES = """
                                        import socket, sys, threading, time, urllib.request
                                        def page():
                                            s = socket.create_connection(('127.0.0.1', 8480))
                                            s.sendall(b'GET /api/v1/events HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n')
                                            while s.recv(65536): pass
                                        for i in range(100): threading.Thread(target=page, daemon=True).start()
                                        end = time.time() + float(sys.argv[1])
                                        done = [0]
                                        def ask():
                                            while time.time() < end:
                                                urllib.request.urlopen('http://127.0.0.1:8480/api/v1/status').read()
                                                done[0] += 1
                                                time.sleep(0.08)
                                        all = [threading.Thread(target=ask) for i in range(5)]
                                        for t in all: t.start()
                                        for t in all: t.join()
                                        print(done[0])
                                        """;

    private final Lab lab;

    private PageFigures(Lab lab) {
        this.lab = lab;
    }

    static void measure() {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            PageFigures figures = new PageFigures(lab);
            figures.failovers();
            figures.punctuality();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reroute daemon(String folder, String checks, String names, boolean page) {
        Reroute reroute = new Reroute(lab, folder);
        reroute.inventory(checks, "checks: [" + names + "], soak: 300ms");
        reroute.write("web.yaml", page ? "" : "settings: {web: off}\n");
        reroute.daemon();
        Lab.await("all UP", () -> reroute.ask("status").status() == 0);
        return reroute;
    }

    // ---- memory and gap -------------------------------------------------------------------------------------------

    private void failovers() throws IOException {
        Figures.say("page: resident without a page", "MB", List.of(failovers("off", false)));
        Figures.say("page: resident with it, one open", "MB", List.of(failovers("on", true)));
    }

    private double failovers(String folder, boolean page) throws IOException {
        Reroute reroute = daemon(folder, FAST, "up", page);
        Process open = page ? viewers(1_000) : null;
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < DEATHS; i++) {
            Meter meter = new Meter(lab, "192.168.1.33", 1000, 60_000);
            meter.running(300 + i * 7);
            lab.cutOff("host1");
            Lab.await("moved", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
            gaps.add(meter.stop().gapMillis());
            lab.plugIn("host1");
            Lab.await("back home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
            Lab.await("all UP", () -> reroute.ask("status").status() == 0);
        }
        Figures.say("page: gap of a failover, page " + folder, "ms", gaps);
        double resident = resident(reroute.process().pid());
        if (open != null) {
            open.destroy();
        }
        reroute.stop();
        return resident;
    }

    private Process viewers(int seconds) throws IOException {
        Path script = lab.folder().resolve("one.py");
        LabSshd.write(script, PAGES.replace("range(100)", "range(1)").replace("range(5)", "range(0)")
                .replace("print(done[0])", "time.sleep(" + seconds + ")"));
        return lab.start("ctl", lab.folder().resolve("one.log"), List.of("python3", script.toString(), "1"));
    }

    static double resident(long pid) throws IOException {
        Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        return line.find() ? Double.parseDouble(line.group(1)) / 1024 : Double.NaN;
    }

    // ---- punctuality ----------------------------------------------------------------------------------------------

    private void punctuality() throws IOException {
        Path clock = lab.folder().resolve("clock.py");
        Path times = lab.folder().resolve("times");
        LabSshd.write(clock, CLOCK);
        for (String host : List.of("host1", "host2", "host3", "host4")) {
            Path into = host.equals("host1") ? times : lab.folder().resolve("times-" + host);
            lab.start(host, lab.folder().resolve("clock.log"), List.of("python3", clock.toString(), into.toString()));
            Lab.await("the clock listens", () -> lab.listens(host, 8099));
        }
        Reroute reroute = daemon("many", "port: {tcp: \"{server}:80\", every: 100ms, timeout: 100ms}\n"
                + "tick: {tcp: \"{server}:8099\", every: 100ms, timeout: 100ms}", "port, tick", true);
        lab.in("ctl", "sleep " + SECONDS);
        int before = lines(times).size();
        Figures.say("page: late, nobody looks (99 %)", "ms", List.of(late(lines(times))));
        Path script = lab.folder().resolve("pages.py");
        LabSshd.write(script, PAGES);
        String done = lab.in("ctl", "python3 " + script + " " + SECONDS);
        List<Double> all = lines(times);
        Figures.say("page: late, 100 pages, 50 requests/s (99 %)", "ms",
                List.of(late(all.subList(before, all.size()))));
        System.out.println(done.strip() + " requests were answered in " + SECONDS + " s");
        reroute.stop();
    }

    private static List<Double> lines(Path times) throws IOException {
        return Files.readAllLines(times).stream().map(Double::parseDouble).toList();
    }

    /** By how much the time between two checks of a server differs from the usual, at the 99th percentile. */
    private static double late(List<Double> times) {
        double[] between = new double[times.size() - 1];
        for (int i = 0; i < between.length; i++) {
            between[i] = times.get(i + 1) - times.get(i);
        }
        Arrays.sort(between);
        return between[(int) (between.length * 0.99)] - between[between.length / 2];
    }
}
