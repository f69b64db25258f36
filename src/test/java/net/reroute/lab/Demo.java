package net.reroute.lab;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shows the main job on the lab's network, with real namespaces, sshd and kernel routes: bin/demo. With a file's name it
 * also draws there what it printed: bin/demo docs/demo.svg.
 */
public final class Demo {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 100ms, timeout: 100ms,"
            + " fall: 2}\nup: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";

    private static final Picture PICTURE = new Picture();

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
            new Demo(lab).show(Stream.of(args).findFirst().map(Path::of));
        }
        tell("all of it is taken down again");
    }

    private static void tell(String text) {
        print("\n== " + text + "\n");
    }

    private static void print(String text) {
        System.out.print(text);
        PICTURE.add(text);
    }

    private void show(Optional<Path> picture) {
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
        picture.ifPresent(PICTURE::write);
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
        print("\n$ reroute " + String.join(" ", args) + "\n");
        print(reroute.ask(args).text());
    }
}
