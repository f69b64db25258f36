package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A virtual server on a real Linux router: real nftables, real connections. */
class BalanceIT extends OnReferenceNetwork {

    private static final String AT = "10.0.0.200";

    private void inventory(String options) {
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                + "services:\n  farm: {address: " + AT + ", port: 80, redirect: balance,"
                + " servers: [host1, host2, host3, host4], checks: [port], soak: 1s" + options + "}\n"
                + "  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [port], soak: 1s}\n");
        lab.in("gw1", "ip addr replace " + AT + "/32 dev eth1; nft flush ruleset; nft -f - <<X\n" + ADMINS_OWN + "X");
    }

    private static final String ADMINS_OWN = """
                                             table ip admin {
                                               chain input { type filter hook input priority 0; policy accept; tcp dport 9999 drop; }
                                               chain pre { type nat hook prerouting priority -90; ip daddr 10.0.0.201 dnat to 192.168.1.3; }
                                             }
                                             """;

    private String ruleset() {
        return lab.in("gw1", "nft list ruleset");
    }

    private static String without(String ruleset) {
        return ruleset.replaceAll("(?s)table inet reroute \\{.*?\n}\n?", "");
    }

    /** How many of so many new connections each host served. */
    private Map<String, Integer> spread(int connections) {
        Map<String, Integer> counts = new TreeMap<>();
        lab.in("client",
                "for i in $(seq 1 " + connections + "); do curl -s --max-time 2 http://" + AT + "/ || echo lost; done")
                .lines().map(l -> l.replaceAll("(?s).*?(host\\d|lost).*", "$1")).filter(l -> l.matches("host\\d|lost"))
                .forEach(h -> counts.merge(h, 1, Integer::sum));
        return counts;
    }

    private void begin() {
        reroute.daemon();
        assertThat(reroute.ask("farm", "to", "host1", "--because", "first").status()).isZero();
        assertThat(reroute.ask("release", "farm").status()).isZero();
        awaitAllUp();
    }

    @Test
    void connectionsAreSpreadAndADeadServerGetsNoMore() {
        inventory("");
        String before = without(ruleset());
        reroute.daemon();
        Lab.await("it says what to do", () -> reroute.ask("status").text().contains("'reroute farm to host1' makes it"),
                () -> reroute.ask("status").text());
        reroute.kill();
        begin();
        assertThat(spread(100)).isEqualTo(Map.of("host1", 25, "host2", 25, "host3", 25, "host4", 25));
        lab.cutOff("host3");
        Lab.await("host3 is out", () -> reroute.ask("explain", "farm").text().contains("is at host1+host2+host4"),
                () -> reroute.ask("explain", "farm").text());
        Map<String, Integer> then = spread(60);
        assertThat(then).containsOnlyKeys("host1", "host2", "host4");
        assertThat(then.values()).allMatch(n -> n >= 19 && n <= 21);
        lab.plugIn("host3");
        Lab.await("host3 is in", () -> reroute.ask("explain", "farm").text().contains("is at host1+host2+host3+host4"));
        assertThat(spread(40)).isEqualTo(Map.of("host1", 10, "host2", 10, "host3", 10, "host4", 10));
        assertThat(without(ruleset())).as("nothing else is touched").isEqualTo(before);
    }

    @Test
    void weightsAndSourcesAreHeeded() {
        inventory(", weights: {host1: 3, host2: 2}");
        begin();
        assertThat(spread(70)).isEqualTo(Map.of("host1", 30, "host2", 20, "host3", 10, "host4", 10));
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replace(", weights: {host1: 3, host2: 2}", ", sticky: source"));
        assertThat(reroute.ask("reload").status()).isZero();
        Lab.await("one client, one server", () -> spread(10).size() == 1,
                () -> ruleset() + reroute.ask("status").text());
        String host = spread(1).keySet().iterator().next();
        String other = host.equals("host1") ? "host2" : "host1";
        assertThat(reroute.ask("drain", other).status()).isZero();
        Lab.await("it is out", () -> !reroute.ask("explain", "farm").text().contains("is at host1+host2+"));
        assertThat(spread(10)).as("the others' clients stay").containsOnlyKeys(host);
    }

    @Test
    void aDrainedServerKeepsItsConnectionsAndAFlushIsMended() {
        inventory("");
        begin();
        Path go = lab.folder().resolve("go");
        Process kept = lab.start("client", lab.folder().resolve("kept"), List.of("bash", "-c",
                "for i in 1 2 3 4 5 6 7 8; do exec {fd}<>/dev/tcp/" + AT
                        + "/80; fds+=($fd); printf 'GET / HTTP/1.1\\r\\nHost: x\\r\\n'"
                        + " >&$fd; done; echo ready; while [ ! -e " + go + " ]; do read -t 0.05 < <(:); done;"
                        + " for fd in ${fds[@]}; do printf 'Connection: close\\r\\n\\r\\n' >&$fd; cat <&$fd; done"));
        Path out = lab.folder().resolve("kept");
        Lab.await("connections", () -> LabSshd.read(out).contains("ready"));
        assertThat(reroute.ask("drain", "host2", "--because", "kernel").status()).isZero();
        Lab.await("host2 is out", () -> reroute.ask("explain", "farm").text().contains("is at host1+host3+host4"),
                () -> reroute.ask("explain", "farm").text());
        assertThat(spread(30)).containsOnlyKeys("host1", "host3", "host4");
        LabSshd.write(go, "");
        Lab.await("all answers", () -> !kept.isAlive());
        assertThat(LabSshd.read(out).split("HTTP/1.1 200", -1)).as(LabSshd.read(out)).hasSize(9);
        assertThat(LabSshd.read(out)).contains("host2");
        lab.in("gw1", "nft flush ruleset");
        Lab.await("made again", 5, () -> ruleset().contains("reroute farm"), reroute::log);
        lab.in("gw1", "nft 'chain inet reroute s_farm { policy drop; }'");
        Lab.await("written as it was", 5, () -> !ruleset().contains("policy drop"), reroute::log);
        assertThat(reroute.ask("history").text()).contains("farm");
        assertThat(reroute.ask("undrain", "host2").status()).isZero();
        String dry = reroute.ask("farm", "to", "host3", "--stay", "--dry-run", "--json").text();
        assertThat(dry).contains(
                "nft add rule inet reroute s_farm ip daddr 10.0.0.200 tcp dport 80 dnat ip to numgen inc mod 12"
                        + " map @s_farm");
    }
}
