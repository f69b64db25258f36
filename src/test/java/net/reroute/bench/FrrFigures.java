package net.reroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.reroute.lab.Lab;
import net.reroute.lab.LabFrr;
import net.reroute.lab.Meter;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** Figures for a router with a command line: FRR's vtysh behind a real sshd, with the kernel's routes below it. */
final class FrrFigures {

    static final List<String> NAMES = List.of("frrplanned", "frrnofirst", "frrone", "frrmany", "frrdistance");

    private static final String CHECKS = "up: {icmp: \"{server}\", every: 200ms, timeout: 200ms, fall: 3}";
    private static final int PREFIXES = 200;

    private final Lab lab;
    private final LabFrr frr;
    private final Reroute reroute;

    private FrrFigures(Lab lab) {
        this.lab = lab;
        this.frr = new LabFrr(lab);
        this.reroute = new Reroute(lab);
    }

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            FrrFigures figures = new FrrFigures(lab);
            switch (name) {
                case "frrplanned" -> figures.planned();
                case "frrnofirst" -> figures.noFirst();
                case "frrone" -> figures.one();
                case "frrmany" -> figures.many("", "");
                default -> figures.many(" 10", ", distance: 5");
            }
        }
    }

    private void start(String routes, String services, String more) {
        frr.start(routes);
        lab.sshd().startWithCommand("gw1", frr.shell(), "192.168.1.1");
        lab.serve();
        reroute.write("lab.yaml", reroute.routers().replace("dialect: linux", "dialect: frr" + more) + Reroute.servers()
                + "checks:\n  " + CHECKS + "\nservices:\n" + services);
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
    }

    private void oneService() {
        start("ip route 192.168.1.32/27 192.168.1.2",
                "  www-1: {prefix: 192.168.1.32/27, servers: [host1, host3], checks: [up]}\n", "");
    }

    private void planned() {
        oneService();
        List<Double> lost = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Meter meter = new Meter(lab, "192.168.1.33", 10_000, 30_000);
            meter.running(1000);
            Shellout.Done done = reroute.ask("www-1", "to", i % 2 == 0 ? "host3" : "host1");
            if (done.status() != 0) {
                throw new IllegalStateException(done.text());
            }
            lost.add((double) meter.read().lost());
        }
        Figures.say("FRR planned move, of 30000", "packets lost", lost);
    }

    /** The other order, typed at one open session: no ip route, and when that is answered, ip route. */
    private void noFirst() {
        oneService();
        reroute.stop();
        List<Double> lost = new ArrayList<>();
        try (Typist typist = new Typist(lab)) {
            for (int i = 0; i < 20; i++) {
                String from = i % 2 == 0 ? "192.168.1.2" : "192.168.1.4";
                String to = i % 2 == 0 ? "192.168.1.4" : "192.168.1.2";
                Meter meter = new Meter(lab, "192.168.1.33", 10_000, 30_000);
                meter.running(1000);
                typist.type("configure terminal");
                typist.type("no ip route 192.168.1.32/27 " + from);
                typist.type("ip route 192.168.1.32/27 " + to);
                typist.type("end");
                lost.add((double) meter.read().lost());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Figures.say("FRR 'no' first, of 30000", "packets lost", lost);
    }

    /** Somebody at vtysh who waits for each prompt, over ssh from where reroute would be. */
    private static final class Typist implements AutoCloseable {

        private final Process ssh;

        Typist(Lab lab) throws IOException {
            ssh = new ProcessBuilder("ip", "netns", "exec", lab.space("ctl"), "ssh", "-tt", "-q", "-i",
                    lab.sshd().key().toString(), "-o", "UserKnownHostsFile=" + lab.sshd().knownHosts(),
                    "root@192.168.1.1").start();
            untilPrompt();
        }

        void type(String line) throws IOException {
            ssh.getOutputStream().write((line + "\r").getBytes(StandardCharsets.US_ASCII));
            ssh.getOutputStream().flush();
            untilPrompt();
        }

        private void untilPrompt() throws IOException {
            StringBuilder heard = new StringBuilder();
            while (!heard.toString().matches("(?s).*\ngw1(\\(config\\))?# ")) {
                int c = ssh.getInputStream().read();
                if (c < 0) {
                    throw new IOException("vtysh ended: " + heard);
                }
                heard.append((char) c);
            }
        }

        @Override
        public void close() {
            ssh.destroyForcibly();
        }
    }

    private void one() {
        oneService();
        List<Double> phases = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Shellout.Done done = reroute.ask("www-1", "to", i % 2 == 0 ? "host3" : "host1", "--json");
            JsonNode ms = Figures.json(done.text()).path(0).path("milliseconds");
            if (i >= 20) {
                phases.add(ms.path("apply").asDouble());
            }
        }
        Figures.say("FRR one change, typed to verified", "ms", phases);
    }

    /**
     * @param distance behind the admin's own routes
     * @param entry more of the router's entry
     */
    private void many(String distance, String entry) {
        StringBuilder routes = new StringBuilder();
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < PREFIXES; i++) {
            routes.append("ip route 10.9.0." + i + "/32 192.168.1.2" + distance + "\n");
            services.append("  s" + i + ": {prefix: 10.9.0." + i + "/32, servers: [host1, host2], checks: [up],"
                    + " soak: 300ms}\n");
        }
        List.of("host1", "host2").forEach(h -> lab.in(h, "ip route add local 10.9.0.0/16 dev lo"));
        start(routes.toString(), services.toString(), entry);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Shellout.Done drained = reroute.ask("drain", "host1");
            Lab.await("all moved", () -> count("192.168.1.3") == PREFIXES,
                    () -> count("192.168.1.3") + " moved\n" + drained.text() + reroute.log());
            times.add(applied());
            reroute.ask("undrain", "host1");
            Lab.await("all back", () -> count("192.168.1.2") == PREFIXES,
                    () -> count("192.168.1.2") + " back\n" + reroute.ask("status").text());
        }
        Figures.say("FRR 200 prefixes in one session" + (entry.isEmpty() ? "" : ", distance"), "ms", times);
    }

    private double applied() {
        for (JsonNode row : Figures.json(reroute.ask("history", "--json").text())) {
            if (row.path("kind").asText().equals("moved") && row.path("text").asText().contains("maintenance")) {
                return row.path("detail").path("phases").path("apply").asDouble();
            }
        }
        throw new IllegalStateException(reroute.ask("history").text());
    }

    private int count(String hop) {
        return Integer.parseInt(lab.in("gw1", "ip route show via " + hop + " | grep -c '^10.9' || true").strip());
    }
}
