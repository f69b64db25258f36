package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A switch on ctl for the reference network's servers, as clients on the LAN see it. */
class SwitchIT extends OnReferenceNetwork {

    private static final String AT = "192.168.1.30:8080";

    private void inventory(String options) {
        reroute.write("lab.yaml", Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 200ms, timeout: 200ms}\n"
                + "switches:\n  web: {listen: \"" + AT
                + "\", backends: [\"host1:80\", \"host2:80\"], say: {http: back at nine}"
                + options + "}\n");
    }

    /** What a client gets, or curl's complaint. */
    private String get() {
        return lab.attempt("client", "curl -sS --max-time 2 http://" + AT + "/").text();
    }

    private void serves(String host) {
        Lab.await(host + " serves", () -> get().contains(host), () -> get() + reroute.log());
    }

    @Test
    void theControllersHealthKeepsClientsFromADeadServer() {
        inventory(", checks: [port], connect: 30s");
        reroute.daemon();
        serves("host1");
        assertThat(reroute.cli("doctor").text().replaceAll("\\s+", " "))
                .contains("good switch:web 192.168.1.2:80 takes connections");
        lab.cutOff("host1");
        Lab.await("the switch uses host2 alone",
                () -> reroute.ask("explain", "web").text().contains("is at 192.168.1.3:80;"),
                () -> reroute.ask("explain", "web").text());
        assertThat(get()).as("at once, though host1 swallows every packet").contains("host2");
        assertThat(reroute.ask("status").status()).isZero();
        assertThat(reroute.ask("status").text()).contains("SWITCH", "gets no new connections")
                .containsPattern("host1 +DOWN");
        Lab.await("history tells why", () -> reroute.ask("history").text()
                .contains("web 192.168.1.2:80+192.168.1.3:80 -> 192.168.1.3:80: 192.168.1.2:80 is DOWN (port: "),
                () -> reroute.ask("history").text());
        lab.plugIn("host1");
        serves("host1");
        assertThat(reroute.ask("drain", "host1", "--because", "kernel").status()).isZero();
        serves("host2");
        assertThat(reroute.ask("explain", "web").text()).contains("in maintenance by");
        assertThat(reroute.ask("undrain", "host1").status()).isZero();
        serves("host1");
        assertThat(reroute.ask("status", "--json").text()).contains("\"taken\"", "\"bytesToClients\"");
        assertThat(reroute.ask("explain", "host1").text()).contains("web", "port");
        Shellout.Done drill = reroute.ask("drill", "host2");
        assertThat(drill.text()).contains("drill of host2: PASS", "web went away and came back");
    }

    @Test
    void aServerThatCrashesUnderLoadCostsNoClientMoreThanItsOwnConnection() {
        inventory("");
        reroute.daemon();
        serves("host1");
        Process load = lab.start("client", lab.folder().resolve("load"),
                List.of("sh", "-c", "i=0; while [ $i -lt 400 ]; do"
                        + " curl -sS --max-time 5 -o /dev/null -w '%{http_code}\\n' http://" + AT
                        + "/; i=$((i+1)); done"));
        Path out = lab.folder().resolve("load");
        Lab.await("load", () -> LabSshd.read(out).lines().count() > 50);
        lab.crash("host1");
        Lab.await("all have been served", 180, () -> !load.isAlive(), () -> LabSshd.read(out));
        List<String> others = LabSshd.read(out).lines().filter(l -> !l.equals("200")).toList();
        assertThat(others.stream().filter(l -> l.equals("000")).count()).as(others.toString()).isLessThanOrEqualTo(1);
    }

    @Test
    void withNobodyLeftClientsAreToldWhenToComeBackAndAReloadCutsNobody() {
        inventory("");
        reroute.daemon();
        serves("host1");
        Path go = lab.folder().resolve("go");
        Process long1 = lab.start("client", lab.folder().resolve("long"), List.of("bash", "-c",
                "exec 3<>/dev/tcp/192.168.1.30/8080; printf 'GET / HTTP/1.1\\r\\nHost: x\\r\\n' >&3; while [ ! -e " + go
                        + " ]; do read -t 0.05 < <(:); done; printf 'Connection: close\\r\\n\\r\\n' >&3; cat <&3"));
        Lab.await("it is there", () -> reroute.ask("status", "--json").text().contains("\"connections\" : 1"));
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("\"host1:80\", \"host2:80\"", "\"host2:80\""));
        assertThat(reroute.ask("reload").status()).isZero();
        serves("host2");
        LabSshd.write(go, "");
        Lab.await("the old connection is served", () -> LabSshd.read(lab.folder().resolve("long")).contains("host1"),
                () -> LabSshd.read(lab.folder().resolve("long")));
        Lab.await("and has ended", () -> !long1.isAlive());
        lab.crash("host2");
        Lab.await("the last words", () -> get().contains("back at nine"), this::get);
        assertThat(lab.attempt("client", "curl -s -o /dev/null -D - http://" + AT + "/").text()).contains("503",
                "Retry-After: 30");
    }

    @Test
    void aloneItNeedsOnlyTheJarAndRunsOutOfDescriptorsWithoutSpinning() {
        inventory("");
        List<String> command = reroute.command("switch", "web");
        command.addAll(0, List.of("prlimit", "--nofile=170"));
        Path log = lab.folder().resolve("alone");
        Process alone = lab.start("ctl", log, command);
        Lab.await("it serves", () -> get().contains("host1"), () -> LabSshd.read(log));
        Process many = lab.start("client", lab.folder().resolve("many"), List.of("bash", "-c",
                "for i in $(seq 1 100); do exec {fd}<>/dev/tcp/192.168.1.30/8080; done; read < /dev/tty || exec sleep 600"));
        Lab.await("it tells", () -> LabSshd.read(log).contains("cannot open any more connections"),
                () -> LabSshd.read(log));
        many.descendants().forEach(ProcessHandle::destroyForcibly);
        many.destroyForcibly();
        Lab.await("it serves again", () -> get().contains("host1"), () -> LabSshd.read(log));
        assertThat(LabSshd.read(log).lines().filter(l -> l.contains("cannot open any more"))).hasSizeLessThan(6);
        alone.destroy();
        Lab.await("it ends", () -> !alone.isAlive());
    }

    @Test
    void clientsAndServersMayHaveIpv6() {
        reroute.write("lab.yaml", "servers:\n  host1: {address: \"2001:db8:1::2\"}\n"
                + "  host2: {address: \"2001:db8:1::3\"}\n"
                + "checks:\n  port: {tcp: \"[{server}]:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                + "switches:\n  six: {listen: \"[2001:db8:1::30]:8080\", backends: [\"host1:80\", \"192.168.1.4:80\"],"
                + " checks: [port]}\n");
        reroute.daemon();
        String get = "curl -sS --max-time 2 'http://[2001:db8:1::30]:8080/'";
        Lab.await("host1 serves", () -> lab.attempt("client", get).text().contains("host1"), reroute::log);
        lab.cutOff("host1");
        Lab.await("then one of the other family", () -> lab.attempt("client", get).text().contains("host3"),
                reroute::log);
        lab.plugIn("host1");
    }

    @Test
    void whatItNoticesByItselfIsToldAtOnce() {
        inventory("");
        reroute.daemon();
        serves("host1");
        Lab.HOSTS.stream().limit(2).forEach(lab::crash);
        Lab.await("nobody is left", () -> get().contains("back at nine"));
        Lab.await("status says so", 20,
                () -> reroute.ask("status").text().contains("can connect to none of the backends"),
                () -> reroute.ask("status").text());
        lab.repair();
    }

    @Test
    void killedInTheMiddleOfAReloadItStartsWithWhatIsWritten() {
        inventory("");
        reroute.daemon();
        serves("host1");
        for (String only : List.of("host3", "host4")) {
            reroute.write("lab.yaml", reroute.read("lab.yaml").replaceAll("backends: \\[[^]]*]",
                    "backends: [\"" + only + ":80\"]"));
            Process reload = lab.start("ctl", lab.folder().resolve("reload"), reroute.command("reload"));
            reroute.kill();
            Lab.await("the reload has ended", () -> !reload.isAlive());
            reroute.daemon();
            serves(only);
        }
        assertThat(reroute.ask("history", "--verify").status()).isZero();
    }

    @Test
    void aloneItWaitsForAnAddressThatComesLater() {
        reroute.write("lab.yaml",
                "switches:\n  web: {listen: \"192.168.1.29:8080\", backends: [\"192.168.1.2:80\"]}\n");
        Path log = lab.folder().resolve("waits");
        Process alone = lab.start("ctl", log, reroute.command("switch", "web"));
        Lab.await("it waits", () -> LabSshd.read(log).contains("does not have 192.168.1.29; waiting"),
                () -> LabSshd.read(log));
        lab.in("ctl", "ip addr add 192.168.1.29/27 dev eth0");
        Lab.await("it serves", () -> lab.attempt("client", "curl -sS --max-time 2 http://192.168.1.29:8080/").text()
                .contains("host1"), () -> LabSshd.read(log));
        alone.destroy();
        Lab.await("it ends", () -> !alone.isAlive());
        lab.in("ctl", "ip addr del 192.168.1.29/27 dev eth0");
    }

    /** As in docs/switch.md: two caching proxies that a route chooses between, and a switch as their origin. */
    @Test
    void cachingProxiesAreMovedAndAnswerWhileNoOriginIsLeft() {
        List.of("host1", "host2").forEach(h -> {
            lab.crash(h);
            Lab.await(h + " serves no more", () -> !lab.listens(h, 80));
            Path conf = lab.folder().resolve("cache-" + h);
            LabSshd.write(conf, "user root; daemon off; pid " + conf + ".pid; error_log " + conf
                    + ".log; events {}\nhttp { access_log off;"
                    + " proxy_cache_path " + conf
                    + ".d keys_zone=web:1m; server { listen 80; location / { proxy_pass http://" + AT
                    + "; proxy_cache web; proxy_cache_valid 200 1s; proxy_cache_use_stale error timeout http_502 http_503"
                    + " http_504; add_header X-Cache " + h + "; } } }\n");
            lab.start(h, lab.folder().resolve("nginx.log"), List.of("nginx", "-c", conf.toString()));
            Lab.await(h + " caches", () -> lab.listens(h, 80));
        });
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                + "services:\n  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [port], soak: 1s}\n"
                + "switches:\n  origin: {listen: \"" + AT
                + "\", backends: [\"host3:80\", \"host4:80\"], checks: [port],"
                + " say: {http: back soon}}\n");
        reroute.daemon();
        Lab.await("the origin's page through the cache",
                () -> page().contains("host3") && page().contains("X-Cache: host1"),
                this::page);
        lab.crash("host3");
        Lab.await("the other origin", () -> page().contains("host4"), this::page);
        lab.in("host1", "pkill -F " + lab.folder().resolve("cache-host1.pid"));
        Lab.await("the other cache", () -> page().contains("X-Cache: host2") && page().contains("host4"), this::page);
        lab.crash("host4");
        Lab.await("no origin is left", () -> get().contains("back soon"), this::get);
        assertThat(page()).as("the cache goes on").contains("200 OK", "host4");
        lab.in("host2", "pkill -F " + lab.folder().resolve("cache-host2.pid"));
    }

    private String page() {
        return lab.attempt("client", "curl -s -i --max-time 3 http://192.168.1.33/").text();
    }
}
