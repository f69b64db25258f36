package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kept connections where something else uses the router, or breaks what keeps them. */
class KeptFlowsFaultsIT extends OnKeptFlows {

    private static final String KEPT = ", flows: keep";

    @AfterEach
    void away() {
        lab.in("gw1",
                "rm -f /usr/local/sbin/nft; ip rule del pref 400 2>/dev/null || :; ip rule del pref 50 2>/dev/null || :;"
                        + " ip route flush table 72003 2>/dev/null || :; ip rule del pref 7100 2>/dev/null || :");
    }

    /** Puts something before nft, on gw1 alone: machines share files, and other labs may run beside this one. */
    private static void nftOfGw1(String script) {
        String space = lab.in("gw1", "readlink /proc/self/ns/net").strip();
        Path program = Path.of("/usr/local/sbin/nft");
        LabSshd.write(program, "#!/bin/sh\nif [ \"$(readlink /proc/self/ns/net)\" = '" + space + "' ]; then\n" + script
                + "\nfi\nexec /usr/sbin/nft \"$@\"\n");
        Shellout.run("chmod", "755", program.toString());
    }

    /** The lines that a dry run shows for a move, as they would be typed. */
    private List<String> lines(String server) throws IOException {
        JsonNode json = new ObjectMapper().readTree(reroute.ask("www-1", "to", server, "--dry-run", "--json").text());
        List<String> lines = new ArrayList<>();
        json.path(0).path("routers").path(0).path("typed").forEach(l -> lines.add(l.asText()));
        return lines;
    }

    @Test
    void aFlushByAnotherToolIsMendedAtOnceAndTold() {
        begin(KEPT);
        LabConnections kept = open(30);
        ok("www-1", "to", "host2");
        allAt(1, 30, kept);
        idle(kept);
        lab.in("gw1", "nft flush ruleset");
        told("put back: the table inet reroute_flows is not there");
        kept.speak();
        allAt(1, 30, kept);
        lab.in("gw1",
                "nft add rule inet reroute_flows forwarded drop; nft add element inet reroute_flows marked4 '{ 10.9.9.9 }'");
        told("put back: its chain forwarded is not as reroute writes it");
        allAt(1, 30, kept);
        lab.in("gw1", "ip rule del pref 7100; ip route flush table 72003");
        ok("www-1", "to", "host3");
        Lab.await("rules of routing are put back", () -> lab.in("gw1", "ip rule show pref 7100").lines().count() == 4,
                reroute::log);
        Lab.await("and tables", () -> lab.in("gw1", "ip route show table 72003 2>&1 || :").contains("via 192.168.1.3"));
    }

    private static void idle(LabConnections connections) {
        connections.pause(); // whoever speaks in between is led by the route, even if it only acknowledges
        acknowledged();
    }

    @Test
    void aSetUpThatWasCutOffAnywhereIsCompleted() throws IOException {
        inventory(KEPT);
        reroute.write("lab.yaml", reroute.read("lab.yaml") + "settings: {mode: observe}\n");
        reroute.daemon();
        awaitAllUp();
        List<String> all = lines("host2");
        assertThat(all).anyMatch(l -> l.startsWith("ip -4 route replace default via 192.168.1.2 table 72002"))
                .anyMatch(l -> l.startsWith("nft add table inet reroute_flows")).last().asString()
                .startsWith("ip route replace 192.168.1.32/27");
        assertThat(nft()).as("an observing daemon types nothing").isBlank();
        LabConnections open = open(20);
        List<String> first = all.stream().filter(l -> l.startsWith("ip -4")).toList();
        for (int typed = 1; typed <= first.size(); typed += 3) {
            for (String line : first.subList(0, typed)) {
                lab.in("gw1", line);
            }
            allAt(1, 20, open);
            List<String> left = lines("host2");
            assertThat(left).doesNotContainAnyElementsOf(first.subList(0, typed)).hasSize(all.size() - typed);
            lab.in("gw1", "while ip rule del pref 7100 2>/dev/null; do :; done; for t in 2 3 4 5; do"
                    + " ip route flush table 7200$t 2>/dev/null || :; done");
        }
        for (String line : first) {
            lab.in("gw1", line);
        }
        assertThat(lines("host2").stream().filter(l -> l.startsWith("ip -4"))).isEmpty();
        ok("resume");
        told("knows whose connections are whose");
        ok("www-1", "to", "host2");
        allAt(1, 20, open);
    }

    @Test
    void marksAndTablesOfOthersAreAvoided() {
        lab.in("gw1",
                "nft add table inet fw; nft 'add chain inet fw p { type filter hook prerouting priority mangle; }';"
                        + " nft add rule inet fw p tcp dport 9999 meta mark set 0x02000001;"
                        + " ip route add 203.0.113.0/24 dev lo table 72003; ip rule add pref 400 fwmark 0x4000000 lookup 72003");
        begin(KEPT);
        assertThat(lab.in("gw1", "ip rule show pref 7100")).doesNotContain("0x2000000/", "0x3000000/", "0x4000000/")
                .contains("0x5000000/0xff000000 lookup 72005");
        LabConnections kept = open(30);
        ok("www-1", "to", "host2");
        allAt(1, 30, kept);
        assertThat(reroute.ask("doctor").text().replaceAll("\\s+", " "))
                .contains("uses the mark 0x2000001 in chain p of table inet fw",
                        "gw1 knows whose connections are whose");
        assertThat(lab.in("gw1", "ip route show table 72003")).contains("203.0.113.0/24");
        lab.in("gw1", "ip rule add pref 50 from all lookup main");
        assertThat(reroute.ask("doctor").text().replaceAll("\\s+", " "))
                .contains(
                        "bad gw1 does not keep all connections: another rule of routing comes before those for marked packets");
        Lab.await("status tells it, too", () -> reroute.ask("status").text().contains("another rule of routing"),
                reroute::log);
        lab.in("gw1", "ip rule del pref 50");
    }

    @Test
    void whoCannotKeepThemSaysSoAndMovesAllTheSame() {
        nftOfGw1("echo 'nftables v0.9.3 (Topsy)'; exit 0");
        inventory(KEPT);
        reroute.daemon();
        awaitAllUp();
        told("keeps no connections: its nft is 0.9, and keeping connections needs 1.0 or later");
        ok("www-1", "to", "host2");
        assertThat(lab.nextHop(ADDRESS)).isEqualTo("192.168.1.3");
        assertThat(reroute.ask("status").text().replaceAll("\\s+", " "))
                .contains("keeps no connections: its nft is 0.9");
        assertThat(reroute.ask("www-1", "to", "host3", "--dry-run").text().replaceAll("\\s+", " "))
                .contains("connections are not kept: its nft is 0.9");
        Shellout.Done drain = reroute.ask("drain", "host2", "--wait");
        assertThat(drain.text()).contains("none are kept by gw1 (its nft is 0.9");
        assertThat(drain.status()).isEqualTo(5);
        assertThat(reroute.ask("doctor").text().replaceAll("\\s+", " "))
                .contains("bad gw1 cannot keep connections: its nft is 0.9");
        lab.in("gw1", "rm /usr/local/sbin/nft");
        told("knows whose connections are whose");
    }

    @Test
    void answersThatPassByAreTold() {
        begin(KEPT);
        // the client sits on host1's LAN, so host1 answers past gw1
        lab.plugClient("neighbour", 27);
        lab.in("neighbour", "ip route add 192.168.1.32/27 via 192.168.1.1");
        for (int i = 0; i < 6; i++) {
            lab.attempt("neighbour", "timeout 1 bash -c 'exec 3<>/dev/tcp/192.168.1.33/7000; sleep 1' &");
        }
        Lab.await("gw1 tracks them", () -> lab.in("gw1", "conntrack -L 2>/dev/null").lines()
                .filter(l -> l.contains("UNREPLIED") && l.contains("dport=7000")).count() >= 6);
        assertThat(reroute.ask("doctor").text().replaceAll("\\s+", " ")).contains("bad gw1 sees no answers of host1");
    }

    @Test
    void severalInterfacesAreKeptAndAStrictFilterIsTold() {
        // host4 on a network of its own
        lab.in("gw1", "ip link add eth7 type veth peer name eth7 netns " + lab.space("host4")
                + "; ip addr add 192.168.7.1/24 dev eth7; ip link set eth7 up");
        lab.in("host4",
                "ip addr add 192.168.7.5/24 dev eth7; ip link set eth7 up; ip route replace default via 192.168.7.1");
        try {
            inventory(KEPT);
            reroute.write("lab.yaml", reroute.read("lab.yaml").replaceFirst("address: 192.168.1.5",
                    "address: 192.168.1.5, next-hop: 192.168.7.5"));
            lab.in("gw1", "ip route replace 192.168.1.128/27 via 192.168.7.5");
            reroute.daemon();
            awaitAllUp();
            told("knows whose connections are whose");
            LabConnections kept = open(30);
            ok("www-1", "to", "host4");
            allAt(4, 20, open(20));
            allAt(1, 30, kept);
            assertThat(reroute.ask("doctor").text()).doesNotContain("rp_filter is strict on");
            lab.in("gw1", "sysctl -qw net.ipv4.conf.eth0.rp_filter=1");
            assertThat(reroute.ask("doctor").text().replaceAll("\\s+", " "))
                    .contains("bad gw1 rp_filter is strict on eth0"
                            + ", and servers of one service are on several interfaces");
        } finally {
            lab.in("gw1", "sysctl -qw net.ipv4.conf.eth0.rp_filter=0; ip link del eth7");
            lab.in("host4", "ip route replace default via 192.168.1.1");
        }
    }

    @Test
    void aFailoverToAServerThatWasLeftLongAgoResetsNobody() {
        begin(", flows: keep, patience: 1s");
        ok("www-1", "to", "host2");
        Lab.await("its patience is over", () -> nft().replaceAll("(?s).*set over4(.*?})\\s*}.*", "$1")
                .contains("192.168.1.32/27"), this::nft);
        // from now on nothing about connections can be changed there
        nftOfGw1("case \"$*\" in *-f*) exit 1;; esac");
        lab.cutOff("host2");
        try {
            Lab.await("host1 carries it", () -> lab.nextHop(ADDRESS).equals("192.168.1.2"), reroute::log);
            LabConnections fresh = open(20);
            allAt(1, 20, fresh);
            assertThat(fresh.tally().broken()).isZero();
            told("gw1: keeps no connections: it refuses what keeps connections");
        } finally {
            lab.plugIn("host2");
        }
    }

    @Test
    void aNextHopThatCannotBeReachedDoesNotHoldUpTheOthers() {
        lab.in("gw1", "ip link add eth7 type veth peer name eth7 netns " + lab.space("host4")
                + "; ip addr add 192.168.7.1/24 dev eth7; ip link set eth7 up");
        lab.in("host4", "ip addr add 192.168.7.5/24 dev eth7; ip link set eth7 up");
        inventory(KEPT);
        reroute.write("lab.yaml", reroute.read("lab.yaml").replaceFirst("address: 192.168.1.5",
                "address: 192.168.1.5, next-hop: 192.168.7.5"));
        lab.in("gw1", "ip route replace 192.168.1.128/27 via 192.168.7.5");
        try {
            reroute.daemon();
            awaitAllUp();
            told("knows whose connections are whose");
            LabConnections kept = open(30);
            lab.in("gw1", "ip link set eth7 down");
            lab.cutOff("host1");
            Lab.await("those of host1 are reset", () -> kept.tally().broken() == 30,
                    () -> kept.tally() + reroute.log());
        } finally {
            lab.plugIn("host1");
            lab.in("gw1", "ip link del eth7");
        }
    }

    @Test
    void whoIsNoLongerKeptFollows() {
        begin(KEPT);
        LabConnections kept = open(30);
        ok("www-1", "to", "host2");
        allAt(1, 30, kept);
        reroute.write("lab.yaml", reroute.read("lab.yaml").replaceFirst(KEPT, ""));
        ok("reload");
        Lab.await("host2 does not know them", () -> kept.tally().broken() == 30, () -> kept.tally() + nft());
    }

    @Test
    void aUserKeepsThemWithTheRightsThatTheDocumentsName() throws IOException {
        String rights = Files.readString(Path.of("docs/flows.md")).lines()
                .filter(l -> l.contains("reroute ALL=(root) NOPASSWD: /usr/sbin/nft -f -")).findFirst().orElseThrow()
                .strip().replace("reroute ALL", "rr-flows ALL");
        Shellout.attempt(List.of("useradd", "--system", "--shell", "/bin/sh", "--no-create-home", "--password", "*",
                "rr-flows"));
        Path sudoers = Path.of("/etc/sudoers.d/rr-flows");
        try {
            Files.writeString(sudoers,
                    rights + "\nrr-flows ALL=(root) NOPASSWD: /usr/sbin/ip, /sbin/ip, /usr/bin/ip, /bin/ip\n");
            Files.setPosixFilePermissions(sudoers, PosixFilePermissions.fromString("r--r-----"));
            lab.openFolders();
            inventory(KEPT + ", patience: 1s");
            reroute.write("lab.yaml", reroute.read("lab.yaml").replace("user: root", "user: rr-flows, become: sudo"));
            reroute.daemon();
            awaitAllUp();
            told("knows whose connections are whose");
            LabConnections kept = open(10);
            ok("www-1", "to", "host2");
            Lab.await("they are counted and end", () -> kept.tally().broken() == 10, () -> history() + reroute.log());
            assertThat(reroute.ask("status").text()).doesNotContain("keeps no connections");
            assertThat(reroute.ask("doctor").text().replaceAll("\\s+", " "))
                    .contains("gw1 knows whose connections are whose");
            lab.in("gw1", "nft flush ruleset");
            told("put back: the table inet reroute_flows is not there");
        } finally {
            Files.deleteIfExists(sudoers);
            Shellout.attempt(List.of("userdel", "rr-flows"));
        }
    }

    @Test
    void oneOfTwoRoutersMayLoseItsRules() {
        lab.plugClient("gw2", 29);
        lab.sshd().start("gw2", "192.168.1.29");
        String routes = IntStream.rangeClosed(1, 4).mapToObj(i -> "ip route add 192.168.1." + i * 32
                + "/27 via 192.168.1." + (i + 1)).collect(Collectors.joining("; "));
        lab.in("gw2", routes + "; sysctl -qw net.ipv4.ip_forward=1");
        inventory(KEPT);
        String gw1 = reroute.routers().lines().skip(1).findFirst().orElseThrow();
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace(gw1, gw1 + "\n"
                + gw1.replace("gw1", "gw2").replace("192.168.1.1,", "192.168.1.29,")));
        reroute.daemon();
        awaitAllUp();
        told("gw1: knows whose connections are whose");
        told("gw2: knows whose connections are whose");
        LabConnections kept = open(20);
        String rules = nft();
        lab.in("gw2", "nft flush ruleset; ip rule del pref 7100");
        told("gw2: what keeps connections was changed by somebody else and is put back");
        assertThat(nft()).isEqualTo(rules);
        ok("www-1", "to", "host2");
        allAt(1, 20, kept);
        assertThat(history()).doesNotContain("gw1: what keeps connections was changed");
    }

    @Test
    void aServerWithAnotherAddressIsANewOne() {
        begin(KEPT);
        ok("www-1", "to", "host2");
        LabConnections kept = open(20);
        ok("www-1", "to", "host1");
        allAt(2, 20, kept);
        lab.in("host2", "ip addr add 192.168.1.23/27 dev eth0");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("address: 192.168.1.3}", "address: 192.168.1.23}"));
        ok("reload", "--force");
        Lab.await("it leads to the new address", () -> lab.in("gw1", "ip route show table 72023 2>&1 || :")
                .contains("via 192.168.1.23"), () -> history() + lab.in("gw1", "ip rule"));
        Lab.await("and to the old one no more", () -> !lab.in("gw1", "ip rule").contains("72003"));
        ok("www-1", "to", "host2");
        assertThat(open(10).tally().by()).isEqualTo(Map.of(2, 10));
        lab.in("host2", "ip addr del 192.168.1.23/27 dev eth0");
    }
}
