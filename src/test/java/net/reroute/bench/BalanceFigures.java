package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.reroute.lab.Lab;
import net.reroute.lab.Reroute;

/** What a virtual server costs the router's other traffic, and how many connections it takes: nginx on host1, wrk at the client. */
final class BalanceFigures {

    static final List<String> NAMES = List.of("balance");

    private static final int ROUNDS = 9;

    private BalanceFigures() {}

    static void measure() {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.routesAtHome();
            Path conf = lab.folder().resolve("nginx");
            Files.writeString(conf, "daemon off; worker_processes 1; pid " + conf + ".pid; error_log " + conf
                    + ".log; events {"
                    + " worker_connections 9000; }\nhttp { access_log off; keepalive_requests 1000000000; server { listen 80"
                    + " backlog=1024; location / { return 200 \"hello\\n\"; } } }\n");
            lab.start("host1", lab.folder().resolve("log"), List.of("nginx", "-c", conf.toString()));
            Lab.await("nginx", () -> lab.listens("host1", 80));
            Reroute reroute = new Reroute(lab);
            reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                    + "checks:\n  up: {icmp: \"{server}\"}\nservices:\n"
                    + "  farm: {address: 10.0.0.200, port: 80, redirect: balance, servers: [host1], checks: [up]}\n");
            lab.in("gw1", "ip addr add 10.0.0.200/32 dev eth1; nft flush ruleset");
            List<Double> bare = new ArrayList<>();
            List<Double> tracked = new ArrayList<>();
            List<Double> beside = new ArrayList<>();
            List<Double> through = new ArrayList<>();
            wrk(lab, "192.168.1.33", "");
            for (int i = 0; i < ROUNDS; i++) {
                lab.in("gw1", "nft flush ruleset");
                bare.add(wrk(lab, "192.168.1.33", ""));
                lab.in("gw1", "nft 'add table ip t; add chain ip t c { type filter hook forward priority 0; };"
                        + " add rule ip t c ct state established accept'");
                tracked.add(wrk(lab, "192.168.1.33", ""));
                lab.in("gw1", "nft flush ruleset");
                reroute.cli("farm", "to", "host1"); // made again by the look, so that nothing is left to move
                lab.in("gw1", "nft list map inet reroute s_farm");
                beside.add(wrk(lab, "192.168.1.33", ""));
                through.add(wrk(lab, "10.0.0.200", "-H 'Connection: close'"));
            }
            System.out.println("balance: requests/s past the router, without rules " + bare
                    + ", with a rule that tracks connections " + tracked + ", with the virtual server " + beside);
            System.out.println("balance: median of the ratios, to no rules " + ratio(beside, bare)
                    + ", to tracking alone " + ratio(beside, tracked));
            System.out.println("balance: new connections/s by the rules " + through);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double ratio(List<Double> some, List<Double> others) {
        return IntStream.range(0, some.size()).mapToDouble(i -> some.get(i) / others.get(i)).sorted().skip(
                some.size() / 2).findFirst().orElseThrow();
    }

    private static double wrk(Lab lab, String to, String more) {
        return Double.parseDouble(
                lab.in("client", "wrk -t1 -c64 -d4s " + more + " http://" + to + "/ | awk '/Requests.sec/{print $2}'")
                        .strip());
    }
}
