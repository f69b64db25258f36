package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import net.reroute.lab.Flat;
import net.reroute.lab.Lab;
import net.reroute.lab.Meter;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** Figures of addresses that move between the servers of a LAN. */
final class ArpFigures {

    private interface Figure {
        void take(ArpFigures of);
    }

    private static final Map<String, Figure> ALL = new TreeMap<>(Map.of("arpsilent", ArpFigures::silent, "arpplanned",
            ArpFigures::planned, "arplame", ArpFigures::lame, "arpheal", ArpFigures::heal,
            "arpfallback", ArpFigures::fallback, "arpmany", ArpFigures::many, "arpkeepalived", ArpFigures::keepalived));
    static final List<String> NAMES = List.copyOf(ALL.keySet());

    private final Lab lab;
    private final Flat flat;
    private final Reroute reroute;

    private ArpFigures(Lab lab) {
        this.lab = lab;
        this.flat = new Flat(lab);
        lab.serve();
        this.reroute = new Reroute(lab);
    }

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            ALL.get(name).take(new ArpFigures(lab));
        }
    }

    private void daemon(String more) {
        flat.inventory(reroute, Flat.FAST, ", soak: 300ms" + more);
        reroute.daemon();
        allUp();
    }

    private void allUp() {
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
    }

    private void silent() {
        daemon("");
        Map<String, List<Double>> gaps = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            Map<String, Meter> meters = new TreeMap<>();
            for (String address : List.of(Flat.V4, Flat.V6)) {
                for (String machine : List.of("client", "neighbour")) {
                    meters.put(machine + " " + address, new Meter(lab, machine, address, 500, 60_000));
                }
            }
            LockSupport.parkNanos((300 + i * 7) * 1_000_000L); // another phase of the checks each time
            lab.cutOff("host1");
            Lab.await("taken over",
                    () -> flat.holders(Flat.V4).contains("host2") && flat.holders(Flat.V6).contains("host2"),
                    reroute::log);
            LockSupport.parkNanos(300_000_000L);
            meters.forEach((name, meter) -> gaps.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(meter.stop().gapMillis()));
            lab.plugIn("host1");
            Lab.await("back home", () -> flat.holders(Flat.V4).equals(List.of("host1"))
                    && flat.holders(Flat.V6).equals(List.of("host1")), () -> flat.holders(Flat.V4) + reroute.log());
            allUp();
        }
        gaps.forEach((name, values) -> Figures.say("silent death, gap at " + name, "ms", values));
    }

    private void planned() {
        daemon("");
        Map<String, List<Double>> lost = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            for (String service : List.of("mail", "mail6")) {
                String address = service.equals("mail") ? Flat.V4 : Flat.V6;
                Meter client = new Meter(lab, address, 5_000, 10_000);
                Meter neighbour = new Meter(lab, "neighbour", address, 5_000, 10_000);
                LockSupport.parkNanos(700_000_000L);
                must(service, "to", i % 2 == 0 ? "host3" : "host1");
                lost.computeIfAbsent("client " + address, n -> new ArrayList<>()).add((double) client.read().lost());
                lost.computeIfAbsent("neighbour " + address, n -> new ArrayList<>())
                        .add((double) neighbour.read().lost());
            }
        }
        lost.forEach((name, values) -> Figures.say("planned, of 10000, at " + name, "packets lost", values));
    }

    /** The master answers every ARP request and nothing else, and nobody can log in to it. */
    private void lame() {
        List<String> noRawFrames = List.of("setpriv", "--bounding-set=-net_raw,-net_admin",
                "--inh-caps=-net_raw,-net_admin");
        lame("with refresh and watch", List.of(), "");
        lame("with refresh and watch by the server alone", noRawFrames, "");
        lab.sshd().kill("host2");
        lab.sshd().startWithPrograms("host2", deaf(), "192.168.1.3");
        lame("without refresh and watch", noRawFrames, ", refresh: 1h");
    }

    /** A perl that sends and does not hear. */
    private Path deaf() {
        Path perl = lab.folder().resolve("deaf").resolve("perl");
        write(perl, "rwx------", "#!/bin/sh\nsed -u 's/ watch \\([^ ]*\\).*/ watch \\1/' | /usr/bin/perl \"$@\"\n");
        return perl.getParent();
    }

    private static void write(Path file, String permissions, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lame(String name, List<String> before, String more) {
        flat.inventory(reroute, "up: {http: \"http://{server}/\", every: 100ms, timeout: 100ms, fall: 2}",
                ", failback: manual, soak: 300ms" + more);
        reroute.daemonWith(before);
        allUp();
        lab.sshd().kill("host1");
        lab.crash("host1");
        Lab.await("taken over",
                () -> flat.holders(Flat.V4).contains("host2") && flat.holders(Flat.V6).contains("host2"),
                reroute::log);
        LockSupport.parkNanos(2_000_000_000L); // the burst
        Map<String, Meter> meters = new TreeMap<>();
        for (String address : List.of(Flat.V4, Flat.V6)) {
            for (String machine : List.of("client", "neighbour")) {
                meters.put(machine + " " + address, new Meter(lab, machine, address, 500, 30_000));
            }
        }
        for (int i = 0; i < 20; i++) {
            for (String machine : List.of("gw1", "neighbour")) {
                lab.attempt(machine, "ip neigh flush to " + Flat.V4 + "; ip -6 neigh flush to " + Flat.V6);
            }
            LockSupport.parkNanos(3_000_000_000L);
        }
        meters.forEach((who, meter) -> {
            Meter.Reading reading = meter.stop();
            Figures.say("lame master, " + name + ", at " + who, "% answered",
                    List.of(100.0 * (reading.sent() - reading.lost()) / reading.sent()));
        });
        System.out.println(reroute.ask("status").text());
        reroute.kill();
        lab.repair();
        lab.sshd().start("host1", "192.168.1.2");
        flat.atHome();
    }

    /** The router forwards and takes no commands, a server dies, the router is back. */
    private void fallback() {
        List<Double> gaps = new ArrayList<>();
        List<Double> lost = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            flat.withNextHops();
            flat.fallbackInventory(reroute, Flat.FAST, ", soak: 300ms");
            if (!lab.listens("gw1", 22)) {
                lab.sshd().start("gw1", "192.168.1.1");
            }
            reroute.daemon();
            allUp();
            lab.sshd().kill("gw1");
            Lab.await("the router is known to be lost", () -> reroute.ask("status").text().contains("unreachable"));
            Meter meter = new Meter(lab, "192.168.1.33", 1000, 60_000);
            LockSupport.parkNanos((300 + i * 7) * 1_000_000L);
            lab.cutOff("host1");
            Lab.await("taken over", () -> flat.holders("192.168.1.12").contains("host2"), reroute::log);
            gaps.add(meter.stop().gapMillis());
            meter = new Meter(lab, "192.168.1.33", 10_000, 120_000);
            lab.sshd().start("gw1", "192.168.1.1");
            int times = i + 2;
            Lab.await("released", () -> reroute.log().split("released host1", -1).length >= times, reroute::log);
            lost.add((double) meter.stop().lost());
            lab.plugIn("host1");
            Lab.await("back home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.12"), reroute::log);
            reroute.kill();
        }
        Figures.say("router without commands, silent death, gap", "ms", gaps);
        Figures.say("router back, until released", "packets lost", lost);
    }

    /** Fifty addresses of one server, which falls silent. */
    private void many() {
        StringBuilder services = new StringBuilder();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String address = "2001:db8:1::%x".formatted(0x100 + i);
            addresses.add(address);
            services.append("  many-" + i + ": {prefix: \"" + address + "/128\", redirect: arp, servers: [host1, host2,"
                    + " host3], checks: [up], soak: 300ms}\n");
            lab.in("host1", "ip addr add " + address + "/64 dev eth0 nodad");
            lab.serveAlso(address);
        }
        Lab.HOSTS.forEach(lab::crash);
        Lab.HOSTS.forEach(lab::serve); // on those addresses too
        flat.inventory(reroute, Flat.FAST, ", soak: 300ms");
        reroute.write("lab.yaml", reroute.read("lab.yaml") + services);
        reroute.daemon();
        allUp();
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Meter> meters = List.of(0, 25, 49).stream().map(n -> new Meter(lab, addresses.get(n), 200, 60_000))
                    .toList();
            LockSupport.parkNanos((300 + i * 7) * 1_000_000L);
            lab.cutOff("host1");
            Lab.await("taken over", () -> addresses.stream().allMatch(a -> flat.holders(a).contains("host2")),
                    reroute::log);
            LockSupport.parkNanos(500_000_000L);
            gaps.add(meters.stream().mapToDouble(m -> m.stop().gapMillis()).max().orElseThrow());
            lab.plugIn("host1");
            Lab.await("back home", () -> addresses.stream().allMatch(a -> flat.holders(a).equals(List.of("host1"))),
                    reroute::log);
            allUp();
        }
        Figures.say("silent death with 50 addresses, longest gap of three", "ms", gaps);
    }

    /** The same silence, with keepalived on the servers. */
    private void keepalived() {
        lab.in("host1", "ip addr del " + Flat.V4 + "/27 dev eth0");
        for (String advert : List.of("0.05", "1")) {
            List<Double> gaps = new ArrayList<>();
            Map<String, Process> running = new TreeMap<>();
            for (int i = 1; i < 3; i++) {
                Path file = lab.folder().resolve("keepalived-" + i + ".conf");
                write(file, "rw-------",
                        "global_defs {\n vrrp_version 3\n}\nvrrp_instance mail {\n state BACKUP\n interface"
                                + " eth0\n virtual_router_id 20\n priority " + (200 - i) + "\n advert_int " + advert
                                + "\n virtual_ipaddress {\n " + Flat.V4 + "/27\n }\n}\n");
                running.put("host" + i, lab.start("host" + i, lab.folder().resolve("keepalived.log"), List.of(
                        "/usr/sbin/keepalived", "-n", "-l", "-f", file.toString(), "-p", file + ".pid", "-r",
                        file + ".vrrp")));
            }
            for (int i = 0; i < 5; i++) {
                Lab.await("host1 is master", () -> flat.holders(Flat.V4).equals(List.of("host1")),
                        () -> lab.attempt("host1", "cat " + lab.folder().resolve("keepalived.log")).text());
                Lab.await("it is served", () -> lab.attempt("neighbour", "ping -c 1 -W 1 " + Flat.V4).status() == 0);
                Meter meter = new Meter(lab, "neighbour", Flat.V4, 500, 60_000);
                LockSupport.parkNanos((500 + i * 13) * 1_000_000L);
                lab.cutOff("host1");
                Lab.await("taken over", () -> flat.holders(Flat.V4).contains("host2"));
                LockSupport.parkNanos(500_000_000L);
                gaps.add(meter.stop().gapMillis());
                lab.plugIn("host1");
            }
            running.values().forEach(p -> {
                p.destroy();
                Lab.await("it has ended", () -> !p.isAlive());
            });
            Figures.say("keepalived, advert_int " + advert + ", silent death, gap", "ms", gaps);
        }
    }

    /** A partition of ten seconds with a client on either side, healed. */
    private void heal() {
        daemon(", failback: manual");
        List<Double> alone = new ArrayList<>();
        List<Double> reached = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lab.aside("host1", "neighbour");
            Lab.await("taken over", () -> flat.holders(Flat.V4).contains("host2"));
            LockSupport.parkNanos((10_000 + i * 13) * 1_000_000L);
            lab.in("neighbour", "ping -c 1 -W 1 " + Flat.V4);
            long began = System.nanoTime();
            lab.together("host1", "neighbour");
            Lab.await("one holder", () -> flat.holders(Flat.V4).equals(List.of("host2")), reroute::log);
            alone.add((System.nanoTime() - began) / 1e6);
            Lab.await("the client knows", () -> flat.believed("neighbour", Flat.V4).equals(flat.hardware("host2")),
                    reroute::log);
            reached.add((System.nanoTime() - began) / 1e6);
            must("mail", "to", "host1");
            must("mail6", "to", "host1");
            must("release", "mail");
            must("release", "mail6");
            allUp();
        }
        Figures.say("healed partition, one holder after", "ms", alone);
        Figures.say("healed partition, client reaches it after", "ms", reached);
    }

    private void must(String... command) {
        Shellout.Done done = reroute.ask(command);
        if (done.status() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + done.text() + reroute.log());
        }
    }
}
