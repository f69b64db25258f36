package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Moves that cut no connection, on a real Linux router. */
class KeptFlowsIT extends OnKeptFlows {

    @Test
    void aPlannedMoveBreaksNoConnectionAndNewOnesGoToTheNewServer() {
        LabConnections before = open(50);
        begin(", flows: keep");
        LabConnections kept = open(200);
        String dry = reroute.ask("www-1", "to", "host2", "--dry-run").text();
        assertThat(dry).as("it is set up, and a move changes the route alone")
                .contains("ip route replace 192.168.1.32/27")
                .doesNotContain("nft ");
        ok("www-1", "to", "host2");
        allAt(2, 20, open(20));
        allAt(1, 200, kept);
        allAt(1, 50, before);
        Lab.await("they are counted", () -> service("www-1").path("connections").path("host1").asInt() == 250,
                () -> service("www-1") + reroute.log());
        assertThat(reroute.ask("status").text()).contains("250 connections go on at host1",
                "250 connections go on here");
        assertThat(reroute.ask("explain", "www-1").text()).contains("connections stay at their server when it moves",
                "connections at host1, which carries nothing new: 250");
        assertThat(reroute.ask("explain", "host1").text()).contains("which it carries no more: 250");
        ok("release", "www-1");
        Lab.await("it is home", () -> lab.nextHop(ADDRESS).equals("192.168.1.2"));
        allAt(1, 200, kept);
        kept.end();
        before.end();
        for (int i = 0; i < 3; i++) {
            ok("www-1", "to", "host3");
            ok("www-1", "to", "host1");
        }
        assertThat(history()).doesNotContain("put back");
    }

    @Test
    void connectionsOfADeadServerAreResetAtOnceAndThoseOfOthersStay() {
        begin(", flows: keep");
        ok("www-1", "to", "host2");
        LabConnections drained = open(30);
        ok("www-1", "to", "host1");
        LabConnections dying = open(100);
        lab.cutOff("host1");
        try {
            Lab.await("all are reset", () -> dying.tally().broken() == 100, () -> dying.tally() + reroute.log());
            allAt(2, 30, drained);
            told("gw1 ends its connections of www-1, www-2, www-3, www-4: host1 is DOWN");
            assertThat(nft()).contains("192.168.1.32/27");
        } finally {
            lab.plugIn("host1");
        }
        Lab.await("nothing ends any more", () -> !nft().replaceAll("(?s)set marked.*?}\\s*}", "")
                .contains("192.168.1.32/27"), () -> nft() + reroute.log());
        Lab.await("it is home", () -> lab.nextHop(ADDRESS).equals("192.168.1.2"), reroute::log);
        allAt(1, 10, open(10));
    }

    @Test
    void aDrainWaitsUntilConnectionsHaveEndedOrPatienceIsOver() throws InterruptedException {
        begin(", flows: keep, patience: 20s");
        LabConnections kept = open(40);
        Path told = lab.folder().resolve("drain");
        Process drain = lab.start("ctl", told, reroute.command("drain", "host1", "--wait"));
        Lab.await("progress", () -> LabSshd.read(told).contains("host1: 40 connections go on (www-1 40)"),
                () -> LabSshd.read(told) + reroute.log());
        assertThat(kept.tally().broken()).isZero();
        Lab.await("the drain ends", () -> !drain.isAlive(), () -> LabSshd.read(told) + reroute.log());
        assertThat(drain.waitFor()).as(LabSshd.read(told)).isZero();
        assertThat(LabSshd.read(told)).contains("host1 has no kept connections any more");
        Lab.await("they are reset", () -> kept.tally().broken() == 40, () -> kept.tally().toString());
        told("gw1 ends the connections at servers that it has left: their patience is over");
        told("host1: has no connections any more of www-1");
        Shellout.Done again = reroute.ask("drain", "host1", "--wait", "10s");
        assertThat(again.status()).as(again.text()).isZero();
        assertThat(reroute.ask("drain", "host1", "--wait", "soon").status()).isEqualTo(2);
        ok("undrain", "host1");
    }

    @Test
    void connectionsEndAtOnceWhereTheyAreCut() {
        begin(", flows: cut");
        LabConnections cut = open(100);
        ok("www-1", "to", "host2");
        Lab.await("all are reset", () -> cut.tally().broken() == 100, () -> cut.tally() + nft());
        allAt(2, 20, open(20));
        assertThat(reroute.ask("explain", "www-1").text()).contains("connections are reset when it moves");
    }

    @Test
    void itIsTakenDownAndWhatOthersHaveStaysByteForByte() {
        lab.in("gw1",
                "nft -f - <<'E'\ntable inet fw {\n chain f { type filter hook forward priority filter; policy accept;"
                        + " ct state established,related counter accept; ct mark 0x7 drop; }\n"
                        + " chain p { type filter hook prerouting priority mangle; policy accept; tcp dport 22 meta mark set 0x7; }\n}\nE\n"
                        + "ip rule add pref 500 fwmark 0x7 lookup 77; ip route add 203.0.113.0/24 dev lo table 77");
        String rules = lab.in("gw1", "ip rule; ip -6 rule; ip route show table 77");
        String tables = others();
        inventory("");
        reroute.daemon();
        awaitAllUp();
        inventory(", flows: keep");
        LabConnections open = open(30);
        ok("reload");
        told("knows whose connections are whose");
        ok("www-1", "to", "host2");
        allAt(1, 30, open);
        assertThat(others()).isEqualTo(tables);
        open.pause(); // whoever speaks in between is led by the route, even if it only acknowledges
        OnKeptFlows.acknowledged();
        lab.in("gw1", "nft delete table inet reroute_flows");
        told("put back: the table inet reroute_flows is not there");
        open.speak();
        allAt(1, 30, open);
        inventory("");
        ok("reload");
        told("what kept connections is taken away");
        assertThat(lab.in("gw1", "ip rule; ip -6 rule; ip route show table 77")).isEqualTo(rules);
        assertThat(nft().replaceAll("packets \\d+ bytes \\d+", "")).as("nothing else is left").isEqualTo(tables);
        assertThat(lab.attempt("gw1", "ip route show table 72002").text()).doesNotContain("via");
        lab.in("gw1", "ip rule del pref 500; ip route flush table 77");
    }

    /** The table of somebody else; in a list of all, nft has no fixed order. */
    private static String others() {
        return lab.in("gw1", "nft list table inet fw").replaceAll("packets \\d+ bytes \\d+", "");
    }

    @Test
    void bothFamiliesAreKept() {
        reroute.write("lab.yaml", reroute.routers()
                + Reroute.servers().replaceAll("192\\.168\\.1\\.(\\d)", "\"2001:db8:1::$1\"")
                + "checks:\n  port: {tcp: \"[{server}]:80\", every: 200ms, fast: 100ms, timeout: 100ms}\nservices:\n"
                + "  six: {prefix: \"2001:db8:33::/64\", address: \"2001:db8:33::1\", servers: [host1, host2],"
                + " checks: [port], soak: 1s, flows: keep}\n");
        lab.in("gw1", "ip -6 route replace 2001:db8:33::/64 via 2001:db8:1::2");
        reroute.daemon();
        awaitAllUp();
        told("knows whose connections are whose");
        LabConnections kept = LabConnections.open(lab, "client", "2001:db8:33::1", 50, 20);
        ok("six", "to", "host2");
        LabConnections later = LabConnections.open(lab, "client", "2001:db8:33::1", 20, 20);
        allAt(2, 20, later);
        allAt(1, 50, kept);
        lab.cutOff("host1");
        try {
            Lab.await("all are reset", () -> kept.tally().broken() == 50, () -> kept.tally() + reroute.log());
        } finally {
            lab.plugIn("host1");
            later.end();
            kept.end();
        }
    }

    @Test
    void datagramsAndFragmentsStayAndGoElsewhereWhenTheServerIsDead() {
        begin(", flows: keep");
        Path told = lab.folder().resolve("datagrams");
        // 3,000 bytes are three fragments; the answer's length tells nothing, its server does
        Process client = lab.start("client", told,
                List.of("python3", "-u", "-c", """
                                               import socket, time
                                               s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                                               s.connect(("192.168.1.33", 7001))
                                               s.settimeout(2)
                                               while True:
                                                   try:
                                                       s.send(b"x" * 3000)
                                                       print(s.recv(100).decode())
                                                   except OSError as e:
                                                       print("lost", e)
                                                   time.sleep(0.02)
                                               """));
        Lab.HOSTS.forEach(h -> lab.start(h, lab.folder().resolve(h + ".datagrams"), List.of("python3", "-c",
                """
                import socket, sys
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.bind(("192.168.1.33", 7001))
                while True:
                    data, peer = s.recvfrom(5000)
                    s.sendto(sys.argv[1].encode() if len(data) == 3000 else b"cut", peer)
                """, h)));
        Lab.await("answers", () -> LabSshd.read(told).endsWith("host1\n"));
        ok("www-1", "to", "host2");
        String before = LabSshd.read(told);
        Lab.await("ten more answers", () -> LabSshd.read(told).length() > before.length() + 60);
        assertThat(LabSshd.read(told).substring(before.length())).doesNotContain("host2", "lost", "cut");
        lab.cutOff("host1");
        try {
            Lab.await("host2 has them", () -> LabSshd.read(told).endsWith("host2\n"), () -> nft() + reroute.log());
        } finally {
            lab.plugIn("host1");
            client.destroyForcibly();
        }
    }

    @Test
    void errorsOfTheNetworkReachTheServerOfTheirConnection() {
        begin(", flows: keep");
        Path told = lab.folder().resolve("errors");
        Process client = lab.start("client", told,
                List.of("python3", "-u", "-c", """
                                               import socket, time
                                               s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                                               s.connect(("192.168.1.33", 7002))
                                               s.settimeout(0.1)
                                               while True:
                                                   try:
                                                       s.send(b"x")
                                                       print(len(s.recv(2000)))
                                                   except OSError as e:
                                                       print("lost", e)
                                               """));
        Process server = lab.start("host1", lab.folder().resolve("large"),
                List.of("python3", "-c", """
                                         import socket
                                         s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                                         s.bind(("192.168.1.33", 7002))
                                         while True:
                                             s.sendto(b"x" * 1400, s.recvfrom(100)[1])
                                         """));
        Lab.await("answers", () -> LabSshd.read(told).endsWith("1400\n"));
        ok("www-1", "to", "host2");
        lab.in("gw1", "ip link set eth1 mtu 1300");
        try {
            Lab.await("host1 has learnt the path's MTU from gw1", () -> lab.in("host1", "ip route get 10.0.0.2")
                    .contains("mtu 1300"));
            assertThat(lab.in("host2", "ip route get 10.0.0.2")).doesNotContain("mtu 1300");
        } finally {
            lab.in("gw1", "ip link set eth1 mtu 1500");
            lab.in("host1", "ip route flush cache");
            client.destroyForcibly();
            server.destroyForcibly();
        }
    }

    @Test
    void aMembersFailureConcernsItsOwnConnectionsAlone() {
        inventory(", share: 3");
        lab.in("gw1", "sysctl -qw net.ipv4.fib_multipath_hash_policy=1");
        reroute.daemon();
        awaitAllUp();
        Lab.await("it is at three servers", () -> lab.in("gw1", "ip -d route show 192.168.1.32/27")
                .contains("type resilient"), () -> lab.in("gw1", "ip route") + reroute.log());
        LabConnections all = open(200);
        Map<Integer, Integer> before = all.tally().by();
        assertThat(before).containsOnlyKeys(1, 2, 3);
        lab.cutOff("host1");
        try {
            Lab.await("host4 is in its place",
                    () -> lab.in("gw1", "ip route show 192.168.1.32/27").contains("192.168.1.5"),
                    reroute::log);
            Lab.await("those of host1 are reset", () -> all.tally().broken() == before.get(1),
                    () -> before + " " + all.tally());
            assertThat(all.tally().by()).isEqualTo(Map.of(2, before.get(2), 3, before.get(3)));
            assertThat(reroute.ask("doctor").text()).doesNotContain("nexthop object");
            assertThat(reroute.ask("www-1", "to", "host2", "--stay").status()).isZero();
            assertThat(lab.in("gw1", "ip route show 192.168.1.32/27")).doesNotContain("nhid");
        } finally {
            lab.plugIn("host1");
        }
    }

    @Test
    void aClientThatReusesItsPortBeginsAnew() {
        begin(", flows: keep");
        LabConnections first = LabConnections.open(lab, "client", ADDRESS, 5, 20, "10.0.0.2,42000");
        allAt(1, 5, first);
        // the client loses its connections without a word
        lab.in("client",
                "sysctl -qw net.ipv4.tcp_orphan_retries=1; nft add table inet quiet; nft 'add chain inet quiet out { type filter hook output priority"
                        + " filter; }'; nft add rule inet quiet out tcp sport 42000-42010 drop");
        first.vanish();
        Lab.await("its ports are free",
                () -> lab.in("client", "ss -Htan sport ge :42000 and sport le :42010").isBlank());
        lab.in("client", "nft delete table inet quiet");
        ok("www-1", "to", "host2");
        LabConnections second = LabConnections.open(lab, "client", ADDRESS, 5, 20, "10.0.0.2,42000");
        assertThat(second.tally().by()).isEqualTo(Map.of(2, 5));
        second.end();
    }
}
