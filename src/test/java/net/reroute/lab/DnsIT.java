package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name in a zone of real BIND, with one service for each of the reference network's servers. */
class DnsIT extends OnReferenceNetwork {

    private static final String ALL = "www A 192.168.1.33\nwww A 192.168.1.65\nwww A 192.168.1.97\nwww A 192.168.1.129\n";
    private static final String FOREIGN = "mail A 203.0.113.5\n  MX 10 mail\nwww TXT \"not ours\"\n*.wild A 203.0.113.6\n";
    private static final String ALLOW = "allow-update { key reroute; };";

    private LabBind bind;

    @AfterEach
    void end() {
        bind.close();
    }

    private static int names;

    private void inventory(String moreOfTheName) {
        inventory(moreOfTheName, bind.key().toString());
    }

    private void inventory(String moreOfTheName, String key) {
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                + "services:\n" + alone(1) + alone(2) + alone(3) + alone(4)
                + "names:\n  www.widgetco.example: {zone: widgetco.example, services: [www-1, www-2, www-3, www-4],"
                + " servers: [\"" + bind.address() + "\"], ttl: 5m, degraded-ttl: 30s, soak: 1s,"
                + " tsig: {name: reroute, algorithm: hmac-sha256, key: {file: " + key + "}}" + moreOfTheName + "}\n");
    }

    private static String alone(int number) {
        return "  www-" + number + ": {prefix: 192.168.1." + number * 32 + "/27, servers: [host" + number
                + "], checks: [port]}\n";
    }

    private static LabBind bind() {
        int number = 8 + names++ % 22;
        return LabBind.at(lab, "ns" + names, number);
    }

    @Test
    void aNameListsTheServicesThatCanBeReached() {
        bind = bind().primary("update-policy { grant reroute name www.widgetco.example A AAAA; };", ALL + FOREIGN);
        String before = bind.records();
        inventory("");
        assertThat(reroute.ok("doctor")).contains("dns:widgetco.example", "can be read, and takes changes");
        reroute.daemon();
        awaitAllUp();
        assertThat(reroute.ask("status").text()).contains("www.widgetco.example", "dns:widgetco.example");
        lab.crash("host3");
        Lab.await("its record is gone",
                () -> bind.www().equals(List.of("192.168.1.129", "192.168.1.33", "192.168.1.65")),
                () -> bind.www() + reroute.log());
        assertThat(bind.ttl()).isEqualTo("30");
        assertThat(reroute.ask("status").status()).isEqualTo(1);
        assertThat(reroute.ask("explain", "www.widgetco.example").text()).contains("www-3", "no other server is UP");
        Lab.await("the outcome is told",
                () -> reroute.ask("history").text().contains("caches may answer the old for 5m"),
                () -> reroute.ask("history").text());
        lab.serve("host3");
        Lab.await("it is listed again", () -> bind.www().size() == 4, reroute::log);
        awaitAllUp();
        assertThat(bind.ttl()).isEqualTo("300");
        assertThat(bind.records()).isEqualTo(before);
    }

    @Test
    void aWrongKeyIsToldOfAndNeverInTheWayOfARoute() {
        bind = bind().primary(ALLOW, ALL);
        LabSshd.write(reroute.home().resolve("wrong"), LabBind.KEY.replace("cmVy", "AAAA"));
        Shellout.run("chmod", "600", reroute.home().resolve("wrong").toString());
        inventory("", reroute.home().resolve("wrong").toString());
        withTwoServers();
        reroute.daemon();
        Lab.await("the key is told of",
                () -> reroute.ask("status").text().contains("another secret for the key reroute (BADSIG)"),
                () -> reroute.ask("status").text());
        lab.crash("host1");
        Lab.await("the route moves", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"), reroute::log);
        assertThat(reroute.log() + reroute.ask("status").text()).doesNotContain("AAAA", "cmVy");
    }

    @Test
    void aNameServerThatIsAwayIsCaughtUpWith() {
        bind = bind().primary(ALLOW, ALL);
        inventory("");
        reroute.daemon();
        awaitAllUp();
        bind.kill();
        lab.crash("host2");
        Lab.await("it is told", () -> reroute.ask("history").text().contains("cannot be asked"), reroute::log);
        bind.again();
        Lab.await("the record goes when it is back", () -> bind.www().size() == 3, reroute::log);
    }

    @Test
    void aNameServerThatRefusesIsToldOfWithWhatToDo() {
        bind = bind().primary("", ALL);
        inventory("");
        reroute.daemon();
        awaitAllUp();
        lab.crash("host2");
        Lab.await("it is told",
                () -> reroute.ask("history").text()
                        .contains("does not allow this (REFUSED); allow it there for the key reroute"),
                () -> reroute.ask("history").text());
        assertThat(bind.www()).hasSize(4);
    }

    @Test
    void whenAllAreSickAllAreListed() {
        bind = bind().primary(ALLOW, ALL);
        inventory("");
        reroute.daemon();
        awaitAllUp();
        lab.crash("host1");
        Lab.await("one is out", () -> bind.www().size() == 3, reroute::log);
        Lab.HOSTS.stream().skip(1).forEach(lab::crash);
        Lab.await("all are listed", () -> reroute.ask("explain", "www.widgetco.example").text()
                .contains("none is left, so all are listed") && bind.www().size() == 4,
                () -> bind.www() + reroute.log());
        assertThat(bind.ttl()).as("caches shall soon ask again").isEqualTo("30");
        lab.serve("host4");
        Lab.await("the one that is back is listed alone", () -> bind.www().equals(List.of("192.168.1.129")),
                reroute::log);
        lab.repair();
        Lab.await("all are well", () -> bind.www().size() == 4 && bind.ttl().equals("300"), reroute::log);
    }

    @Test
    void recordsThatVanishAreMadeAgainAndChangesByHandAreKept() {
        bind = bind().primary(ALLOW, ALL + FOREIGN);
        inventory("");
        reroute.daemon();
        awaitAllUp();
        bind.nsupdate("update delete www.widgetco.example A");
        Lab.await("they are there again", 60, () -> bind.www().size() == 4, reroute::log);
        bind.nsupdate("update delete www.widgetco.example A 192.168.1.65");
        Lab.await("it is told", 60, () -> reroute.ask("status").text().contains("www-1+www-3+www-4"),
                () -> reroute.ask("status").text());
        assertThat(reroute.ask("explain", "www.widgetco.example").text())
                .contains("found there and kept until released");
        assertThat(bind.www()).hasSize(3);
        assertThat(reroute.ask("release", "www.widgetco.example").status()).isZero();
        Lab.await("released, it lists all", () -> bind.www().size() == 4, reroute::log);
        bind.nsupdate("update add www.widgetco.example 300 A 203.0.113.99");
        lab.crash("host3");
        Lab.await("one is out", () -> !bind.www().contains("192.168.1.97"), reroute::log);
        assertThat(bind.www()).contains("203.0.113.99").hasSize(4);
    }

    @Test
    void anAdminSeesTheLinesFirstAndPinsByHand() {
        bind = bind().primary(ALLOW, ALL);
        inventory(", answers: 2");
        reroute.daemon();
        awaitAllUp();
        Shellout.Done dry = reroute.ask("www.widgetco.example", "to", "www-3", "--dry-run");
        assertThat(dry.text()).contains("update delete www.widgetco.example. A 192.168.1.");
        assertThat(bind.www()).as("found, and kept until released").hasSize(4);
        assertThat(reroute.ask("www.widgetco.example", "to", "www-3").status()).isZero();
        assertThat(bind.www()).containsExactly("192.168.1.33", "192.168.1.97");
        assertThat(reroute.ask("release", "www.widgetco.example").status()).isZero();
        Lab.await("the first two again", () -> bind.www().equals(List.of("192.168.1.33", "192.168.1.65")),
                reroute::log);
        assertThat(reroute.ask("www.widgetco.example", "to", "www-9").text()).contains("www-9", "www-3");
        assertThat(reroute.ask("dns", "zone", "widgetco.example").text()).contains("SOA", "hostmaster",
                "www.widgetco.example.\t300\tIN\tA\t192.168.1.33");
        assertThat(reroute.ask("dns", "zone", "widgetco.exampel").text()).contains("did you mean 'widgetco.example'?");
    }

    @Test
    void theLeastBusyServicesAreListed() {
        bind = bind().primary(ALLOW, "www A 192.168.1.33\nwww A 192.168.1.65\n");
        List.of("host1 50", "host2 10", "host3 45", "host4 60").forEach(DnsIT::load);
        inventory(", answers: 2, choose: load");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("tcp: \"{server}:80\"",
                "http: \"http://{server}/load\", load: \"$.load\"").replace("ttl: 5m, degraded-ttl: 30s",
                        "ttl: 1s"));
        reroute.daemon();
        awaitAllUp();
        load("host4 5");
        Lab.await("the busiest gives way", () -> bind.www().equals(List.of("192.168.1.129", "192.168.1.65")),
                () -> bind.www() + reroute.log() + reroute.ask("explain", "www.widgetco.example").text());
        String moved = "www-1+www-2 -> www-2+www-4";
        Lab.await("the journal knows", () -> reroute.ask("history").text().contains(moved));
        assertThat(reroute.ask("history").text()).as("host3 was a little less busy than host1, which is no reason")
                .doesNotContain("www-3");
    }

    private static void load(String hostAndNumber) {
        String[] words = hostAndNumber.split(" ");
        lab.in(words[0], "curl -sf -d " + words[1] + " http://127.0.0.1/load");
    }

    private void withTwoServers() {
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("servers: [host1]", "servers: [host1, host2]"));
    }

    @Test
    void aZoneFileIsRewrittenAndBindReadsItAgain() {
        bind = bind().primary("", ALL + FOREIGN);
        inventory("");
        String reload = String.join(", ", bind.rndc("reload", "widgetco.example"));
        reroute.write("lab.yaml", reroute.read("lab.yaml").replaceAll("servers: \\[\"[^]]*]", "file: " + bind.zoneFile()
                + ", reload: [" + reload + "]").replaceAll(", tsig: .*}}}", "}"));
        reroute.daemon();
        awaitAllUp();
        lab.crash("host3");
        Lab.await("BIND serves it", () -> bind.www().equals(List.of("192.168.1.129", "192.168.1.33", "192.168.1.65")),
                () -> bind.www() + reroute.log());
        assertThat(bind.ttl()).isEqualTo("30");
        assertThat(bind.records()).contains("mail.widgetco.example.", "\"not ours\"", "203.0.113.6");
        assertThat(reroute.ask("dns", "zone", "widgetco.example").text()).contains("mail A 203.0.113.5");
    }

    @Test
    void secondariesThatDoNotFollowAreToldOf() {
        bind = bind().primary(ALLOW, ALL);
        LabBind other = bind().secondaryOf(bind);
        try {
            inventory("");
            reroute.write("lab.yaml", reroute.read("lab.yaml").replace("servers: [\"" + bind.address() + "\"]",
                    "servers: [\"" + bind.address() + "\", \"" + other.address() + "\"]"));
            reroute.daemon();
            awaitAllUp();
            other.kill();
            Lab.await("it is told", 60,
                    () -> reroute.ask("status", "--json").text().contains("cannot be seen everywhere: "
                            + other.address()),
                    () -> reroute.ask("status").text());
        } finally {
            other.close();
        }
    }
}
