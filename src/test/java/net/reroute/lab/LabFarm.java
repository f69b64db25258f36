package net.reroute.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Three tiers: two switches (host1, host2) that a route chooses between, three web servers behind them (host3 to host5), and
 * a name in BIND above. All of it kept by one daemon on ctl; each switch runs alone, where its connections are.
 */
public final class LabFarm implements AutoCloseable {

    public static final List<String> BOXES = List.of("host1", "host2", "host3", "host4", "host5");
    public static final String ADDRESS = "192.168.1.33";

    private final Lab lab;
    private final LabBind bind;
    private final Reroute reroute;
    private final List<Process> switches = new ArrayList<>();

    public LabFarm(Lab lab) {
        this.lab = lab;
        lab.sshd().start("gw1", "192.168.1.1");
        lab.plugClient("host5", 6);
        Lab.SERVICE_ADDRESSES
                .forEach(a -> lab.in("host5", "ip addr add " + a + (a.contains(":") ? "/128" : "/32") + " dev lo"));
        List.of("host3", "host4", "host5").forEach(h -> {
            lab.serve(h);
            Lab.await(h + " serves", () -> lab.listens(h, 80));
        });
        lab.routesAtHome();
        bind = LabBind.at(lab, "ns", 20).primary("allow-update { key reroute; };",
                "www A 192.168.1.33\nwww A 192.168.1.65\n");
        reroute = new Reroute(lab, "farm");
        String backends = "[\"192.168.1.4:80\", \"192.168.1.5:80\", \"192.168.1.6:80\"], choose: round-robin, connect: 100ms,"
                + " retry: 5s, say: {http: back soon}";
        List.of("host1", "host2").forEach(h -> {
            Reroute alone = new Reroute(lab, "switch-" + h);
            alone.write("all.yaml", "switches:\n  web: {listen: \"0.0.0.0:80\", backends: " + backends + "}\n");
            switches.add(lab.start(h, lab.folder().resolve("switch.log"), alone.command("switch", "web")));
            Lab.await(h + " switches", () -> lab.listens(h, 80));
        });
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "  host5: {address: 192.168.1.6}\n"
                + "checks:\n  up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}\n"
                + "  web: {http: \"http://{server}/\", every: 200ms, fast: 100ms, timeout: 200ms}\n"
                + "services:\n  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [up, web], soak: 1s}\n"
                + "  www-2: {prefix: 192.168.1.64/27, servers: [host2, host1], checks: [up, web], soak: 1s}\n"
                + "names:\n  www.widgetco.example: {zone: widgetco.example, services: [www-1, www-2], soak: 1s,"
                + " servers: [\"" + bind.address() + "\"], tsig: {name: reroute, key: {file: " + bind.key() + "}}}\n");
        reroute.daemon();
        Lab.await("all is well", () -> reroute.ask("status").status() == 0, () -> reroute.ask("status").text());
    }

    public Reroute reroute() {
        return reroute;
    }

    /** The addresses that the name lists. */
    public List<String> listed() {
        return bind.www();
    }

    /** New connections from the client, one after another; the time of each success, in milliseconds. */
    public Process load(Path out) {
        return lab.start("client", out,
                List.of("bash", "-c", "while :; do curl -s --max-time 0.25 -o /dev/null http://" + ADDRESS
                        + "/ && date +%s%3N; done"));
    }

    @Override
    public void close() {
        switches.forEach(Process::destroyForcibly);
        bind.close();
    }
}
