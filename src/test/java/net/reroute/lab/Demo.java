package net.reroute.lab;

import java.util.function.Supplier;

/** Shows the main job on the lab's network, with real namespaces, sshd and kernel routes: bin/demo. */
public final class Demo {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 100ms, timeout: 100ms,"
            + " fall: 2}\nup: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";

    private final Lab lab;
    private final Reroute reroute;

    private Demo(Lab lab) {
        this.lab = lab;
        this.reroute = new Reroute(lab);
    }

    public static void main(String[] args) {
        tell("building a network of namespaces: client -- gw1 -- host1, host2, host3, host4; reroute works from ctl");
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            new Demo(lab).show();
        }
        tell("all of it is taken down again");
    }

    private static void tell(String text) {
        System.out.println("\n== " + text);
    }

    private void show() {
        reroute.inventory(CHECKS, "checks: [web, up], soak: 1s");
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
        command("status");
        tell("gw1's own routes: " + route());
        tell("a planned move, under 10,000 packets a second from the client");
        Meter planned = new Meter(lab, "192.168.1.33", 10_000, 20_000);
        planned.running(500);
        command("192.168.1.32/27", "to", "host3", "--because", "demo");
        report(planned::read);
        command("release", "www-1");
        tell("host1 falls silent: its port is taken off the switch, and nobody is told");
        failure(() -> lab.cutOff("host1"), "192.168.1.33", "192.168.1.3");
        tell("the web server of host3 crashes: kill -9");
        failure(() -> lab.crash("host3"), "192.168.1.97", "192.168.1.5");
        command("status");
        command("history");
    }

    private void failure(Runnable what, String address, String next) {
        Meter meter = new Meter(lab, address, 1000, 60_000);
        meter.running(500);
        what.run();
        Lab.await("moved", () -> lab.nextHop(address).equals(next));
        report(meter::stop);
    }

    private void report(Supplier<Meter.Reading> meter) {
        Meter.Reading reading = meter.get();
        tell("what the client saw: " + reading.sent() + " packets sent, " + reading.lost() + " lost, longest gap "
                + reading.gapMillis() + " ms; gw1 says: " + route());
    }

    private String route() {
        return lab.in("gw1", "ip route show 192.168.1.32/27").strip();
    }

    private void command(String... args) {
        System.out.println("\n$ reroute " + String.join(" ", args));
        System.out.print(reroute.ask(args).text());
    }
}
