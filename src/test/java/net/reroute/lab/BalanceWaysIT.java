package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Virtual servers by direct routing, with patience, and of IPv6, on a real Linux router. */
class BalanceWaysIT extends OnReferenceNetwork {

    private static final String MOVED = "10.0.0.200";
    /** Every server has it on its loopback. */
    private static final String SHARED = "192.168.1.65";
    private static final String SIX = "2001:db8:33::1";

    private void inventory(String address, String options) {
        String servers = address.contains(":")
                ? Reroute.servers().replaceAll("192\\.168\\.1\\.(\\d)", "\"2001:db8:1::$1\"")
                : Reroute.servers();
        String check = address.contains(":") ? "[{server}]:80" : "{server}:80";
        reroute.write("lab.yaml", reroute.routers() + servers + "checks:\n  port: {tcp: \"" + check
                + "\", every: 200ms, fast: 100ms, timeout: 100ms}\nservices:\n  farm: {address: \"" + address
                + "\", port: 80, redirect: balance, servers: [host1, host2, host3, host4], checks: [port], soak: 1s"
                + options + "}\n");
        lab.in("gw1", "nft flush ruleset; ip addr replace " + MOVED + "/32 dev eth1");
    }

    private Map<String, Integer> spread(String address, int connections) {
        String at = address.contains(":") ? "[" + address + "]" : address;
        Map<String, Integer> counts = new TreeMap<>();
        lab.in("client",
                "for i in $(seq 1 " + connections + "); do curl -s --max-time 2 'http://" + at
                        + "/' || echo lost; done")
                .lines().map(l -> l.replaceAll("(?s).*?(host\\d|lost).*", "$1")).filter(l -> l.matches("host\\d|lost"))
                .forEach(h -> counts.merge(h, 1, Integer::sum));
        return counts;
    }

    private void begin() {
        reroute.daemon();
        assertThat(reroute.ask("farm", "to", "host1", "--because", "first").status()).as(reroute.log()).isZero();
        assertThat(reroute.ask("release", "farm").status()).isZero();
        awaitAllUp();
    }

    private void isAt(String servers) {
        Lab.await("it is at " + servers, () -> reroute.ask("explain", "farm").text().contains("is at " + servers + ";"),
                () -> reroute.ask("explain", "farm").text() + reroute.log());
    }

    /** One connection to each of four servers, with half a request. They end when the file "go" is there. */
    private Process connections(String at, Path out) {
        return lab.start("client", out, List.of("bash", "-c",
                "for i in 1 2 3 4; do exec {fd}<>/dev/tcp/" + at
                        + "/80; fds+=($fd); printf 'GET / HTTP/1.1\\r\\nHost: x\\r\\n' >&$fd; done; echo ready;"
                        + " while [ ! -e " + lab.folder().resolve("go") + " ]; do read -t 0.05 < <(:); done;"
                        + " for fd in ${fds[@]}; do printf 'Connection: close\\r\\n\\r\\n' >&$fd; cat <&$fd"
                        + " || echo reset; done 2>&1"));
    }

    private static void go(boolean on) {
        if (on) {
            LabSshd.write(lab.folder().resolve("go"), "");
        } else {
            Shellout.run("rm", "-f", lab.folder().resolve("go").toString());
        }
    }

    @Test
    void serversThatShareTheAddressGetPacketsAsTheyAre() {
        inventory(SHARED, ", forward: route");
        String rules = lab.in("gw1", "ip rule");
        assertThat(reroute.cli("doctor").text().replaceAll("\\s+", " "))
                .contains("good gw1 root may use nft (nftables v1")
                .doesNotContain("gw1 has 192.168.1.65 itself");
        lab.in("gw1", "ip addr add " + SHARED + "/32 dev lo");
        assertThat(reroute.cli("doctor").text().replaceAll("\\s+", " ")).contains("bad gw1 has 192.168.1.65 itself");
        lab.in("gw1", "ip addr del " + SHARED + "/32 dev lo");
        begin();
        assertThat(spread(SHARED, 100)).isEqualTo(Map.of("host1", 25, "host2", 25, "host3", 25, "host4", 25));
        assertThat(lab.in("gw1", "ip rule")).startsWith(rules.lines().findFirst().orElseThrow())
                .contains("fwmark 0x72a80102 lookup 1923612930");
        go(false);
        Path out = lab.folder().resolve("direct");
        Process kept = connections(SHARED, out);
        Lab.await("connections", () -> LabSshd.read(out).contains("ready"));
        assertThat(reroute.ask("drain", "host2").status()).isZero();
        isAt("host1+host3+host4");
        assertThat(spread(SHARED, 30)).containsOnlyKeys("host1", "host3", "host4");
        go(true);
        Lab.await("all answers", () -> !kept.isAlive(), () -> LabSshd.read(out));
        assertThat(LabSshd.read(out).split("HTTP/1.1 200", -1)).as(LabSshd.read(out)).hasSize(5);
        reroute.ask("pause"); // what is missing would be put back before it is shown
        lab.in("gw1", "ip rule del pref 7200; ip route flush table 1923612931");
        String route = "ip -4 route replace default via 192.168.1.3 table 1923612931";
        Lab.await("the lines are shown",
                () -> reroute.ask("farm", "to", "host1", "--dry-run", "--json").text().contains(route));
        reroute.ask("resume");
        Lab.await("it is back", () -> lab.in("gw1", "ip route show table 1923612931 2>&1 || true")
                .contains("via 192.168.1.3"));
        Lab.await("rules are back", () -> lab.in("gw1", "ip rule").lines()
                .filter(l -> l.startsWith("7200:")).count() == 4);
        assertThat(reroute.ask("farm", "to", "host1").text()).contains("has host1 already, beside others");
        assertThat(reroute.ask("undrain", "host2").status()).isZero();
        isAt("host1+host2+host3+host4");
        assertThat(spread(SHARED, 40)).isEqualTo(Map.of("host1", 10, "host2", 10, "host3", 10, "host4", 10));
    }

    @Test
    void connectionsOfADrainedServerEndWhenPatienceIsOver() {
        inventory(MOVED, ", patience: 2s");
        begin();
        go(false);
        Path out = lab.folder().resolve("patience");
        Process kept = connections(MOVED, out);
        Lab.await("connections", () -> LabSshd.read(out).contains("ready"));
        String name = "host2";
        assertThat(reroute.ask("drain", name).status()).isZero();
        isAt("host1+host3+host4");
        assertThat(lab.in("gw1", "nft list set inet reroute k_farm")).contains("192.168.1.3");
        Lab.await("it is over",
                () -> !lab.in("gw1", "nft list set inet reroute k_farm").contains("192.168.1.3"));
        go(true);
        Lab.await("all answers", () -> !kept.isAlive(), () -> LabSshd.read(out));
        assertThat(LabSshd.read(out).split("HTTP/1.1 200", -1)).as(LabSshd.read(out)).hasSize(4);
        assertThat(LabSshd.read(out)).contains("reset").doesNotContain("<html>" + name);
        assertThat(reroute.ask("undrain", name).status()).isZero();
        isAt("host1+host2+host3+host4");
        assertThat(spread(MOVED, 40)).isEqualTo(Map.of("host1", 10, "host2", 10, "host3", 10, "host4", 10));
    }

    @Test
    void whatARenamedServiceLeavesBehindIsTold() {
        inventory(MOVED, ", patience: 1m");
        begin();
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replace("farm:", "shop:").replace("host1, host2, host3", "host2, host3"));
        assertThat(reroute.ask("reload").status()).isZero();
        String explained = reroute.ask("shop", "to", "host2").text();
        assertThat(explained).contains("has the same address and port for farm",
                "nft delete chain inet reroute s_farm", "nft delete chain inet reroute e_farm",
                "nft delete set inet reroute i_farm");
        lab.in("gw1", explained.replaceAll("(?s).*?remove that: (.*?nft delete set inet reroute k_farm).*", "$1")
                .replaceAll("\\s+", " "));
        assertThat(reroute.ask("shop", "to", "host2").status()).as(reroute.log()).isZero();
        assertThat(spread(MOVED, 12)).isEqualTo(Map.of("host2", 4, "host3", 4, "host4", 4));
    }

    @Test
    void aDrillTakesAServerOutAndBack() {
        inventory(MOVED, "");
        begin();
        Shellout.Done shadow = reroute.ask("drill", "host2", "--shadow");
        assertThat(shadow.text()).contains("farm host1+host2+host3+host4 -> host1+host3+host4");
        Shellout.Done drill = reroute.ask("drill", "host2");
        assertThat(drill.status()).as(drill.text()).isZero();
        assertThat(drill.text()).contains("drill of host2: PASS");
        isAt("host1+host2+host3+host4");
    }

    @Test
    void bothWaysKnowIpv6() {
        lab.in("gw1", "ip -6 addr replace 2001:db8:10::200/128 dev eth1 nodad");
        inventory("2001:db8:10::200", ", patience: 5m");
        begin();
        assertThat(spread("2001:db8:10::200", 20)).isEqualTo(Map.of("host1", 5, "host2", 5, "host3", 5, "host4", 5));
        reroute.kill();
        inventory(SIX, ", forward: route, patience: 5m");
        lab.in("gw1", "ip -6 route replace " + SIX + "/128 via 2001:db8:1::2");
        reroute.daemon();
        isAt("host1+host2+host3+host4");
        awaitAllUp();
        assertThat(spread(SIX, 20)).isEqualTo(Map.of("host1", 5, "host2", 5, "host3", 5, "host4", 5));
        lab.cutOff("host3");
        isAt("host1+host2+host4");
        assertThat(spread(SIX, 30)).containsOnlyKeys("host1", "host2", "host4");
        lab.plugIn("host3");
    }
}
