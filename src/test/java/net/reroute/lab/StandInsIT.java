package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.scenario.SimulatedSession;
import net.reroute.simulation.Link;
import net.reroute.simulation.linux.SimulatedBgp;
import net.reroute.simulation.linux.SimulatedLan;
import net.reroute.simulation.linux.SimulatedLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in for servers of a LAN and for speakers in a rehearsal answers as the real ones do. */
class StandInsIT extends OnBgpNetwork {

    private static final String WORSE = "reroute-worse-community-prepend-med";
    private static final String ADDRESSES = """
                                            ip -force -batch - <<'E' 2>&1
                                            addr add 192.168.1.20/24 brd 192.168.1.255 dev eth0 scope global label eth0
                                            addr add 192.168.1.21/32 dev eth0 label eth0:rr
                                            addr add 192.168.1.21/32 dev eth0 label eth0:rr
                                            addr add 192.168.1.22/32 dev eth9
                                            addr add 2001:db8::20/64 dev eth0 nodad
                                            addr add 2001:db8::20/64 dev eth0 nodad
                                            addr add 2001:db8::21/128 dev eth0 nodad
                                            addr del 2001:db8::22/128 dev eth0
                                            addr del 192.168.1.99/32 dev eth0
                                            E
                                            echo "status $?"
                                            ip -o addr show dev eth0 scope global
                                            ip -4 route show dev eth0
                                            ip -4 route show table local dev eth0
                                            ip -6 route show dev eth0
                                            ip addr del 192.168.1.20/24 dev eth0; echo "status $?"
                                            ip addr del 192.168.1.20/24 dev eth0; echo "status $?"
                                            ip addr del 2001:db8::20/64 dev eth0; echo "status $?"
                                            ip addr add 192.168.1.25/24 dev eth0 brd 192.168.1.255
                                            ip addr del 192.168.1.2/24 dev eth0; echo "status $?"
                                            ip -o -4 addr show dev eth0
                                            ip -4 route show dev eth0
                                            ip addr add 192.168.1.30/32 dev eth0 blah; echo "status $?"
                                            ip addr add 192.168.1.30/32; echo "status $?"
                                            """;

    @TempDir
    Path folder;

    @BeforeEach
    void nothingAnnounced() {
        withdraw(one);
    }

    private String simulated(SimulatedLinux machine, String script) {
        return SimulatedSession.run(machine, folder, script);
    }

    private static String plain(String text) {
        return text.lines().map(l -> l.replaceFirst("^\\d+: ", "").strip()).filter(l -> !l.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void addressesAreAddedShownAndDeletedAsByARealKernel() throws Exception {
        String setUp = "ip link add eth0 type veth peer name p0; ip link set p0 up; ip link set eth0 up;"
                + " ip addr flush dev eth0; ip addr add fe80::ff:fe00:1/64 dev eth0 nodad;"
                + " ip addr add 192.168.1.2/24 brd 192.168.1.255 dev eth0\n";
        String real = Shellout.attempt(List.of("unshare", "-n", "sh", "-c", setUp + "{ " + ADDRESSES + "\n} 2>&1"))
                .text();
        try (SimulatedLinux machine = SimulatedLinux.onLan("host1", "root", SimulatedSession.PASSWORD,
                List.of(Link.of("eth0", Address.parse("192.168.1.2"), 24)), new SimulatedLan())) {
            assertThat(plain(simulated(machine, ADDRESSES))).isEqualTo(plain(real));
        }
    }

    private static String typed(String... commands) {
        return "vtysh " + Stream.of(commands).map(c -> "-c '" + c + "'").collect(Collectors.joining(" "));
    }

    /** The parts of a table that reroute reads. */
    private static String table(String json) throws Exception {
        JsonNode all = new ObjectMapper().readTree(json);
        StringBuilder text = new StringBuilder(
                all.path("prefix").asText() + " told " + all.path("advertisedTo").size());
        all.path("paths").forEach(p -> text.append("; ").append(p.path("aspath").path("string").asText()).append(' ')
                .append(p.path("metric").asText()).append(' ').append(p.path("nexthops").path(0).path("ip").asText())
                .append(p.path("sourced").asBoolean() ? " sourced" : "")
                .append(p.path("bestpath").path("overall").asBoolean() ? " best" : ""));
        return text.toString();
    }

    /** The lines of a configuration that reroute changes. */
    private static List<String> config(String text) {
        return text.lines().filter(l -> l.contains(PREFIX) || l.startsWith("route-map") || l.startsWith(" set ")
                || l.startsWith("router bgp")).toList();
    }

    @Test
    void announcementsAreConfiguredAndShownAsByARealFrr() throws Exception {
        SimulatedBgp network = new SimulatedBgp();
        network.site("gw1");
        String[] inFamily = {"configure terminal", "router bgp 65001", "address-family ipv4 unicast"};
        List<String[]> steps = List.of(with(inFamily, "network " + PREFIX),
                new String[]{"configure terminal", "route-map " + WORSE + " permit 10",
                        "set community 65535:0 additive",
                        "set as-path prepend 65001 65001 65001", "set metric 4294967294", "exit", "router bgp 65001",
                        "address-family ipv4 unicast", "network " + PREFIX + " route-map " + WORSE},
                with(inFamily, "no network " + PREFIX), with(inFamily, "no network " + PREFIX),
                with(inFamily, "network " + PREFIX + " route-map nowhere"), with(inFamily, "blah"),
                new String[]{"configure terminal", "router bgp 65002"}, with(inFamily, "no network " + PREFIX));
        try (SimulatedLinux machine = SimulatedLinux.start("gw1", "root", SimulatedSession.PASSWORD,
                List.of(Link.of("eth0", Address.parse("192.168.1.1"), 24)))) {
            machine.speak(network, "gw1");
            String look = "show bgp ipv4 unicast " + Prefix.parse(PREFIX) + " json";
            for (String[] step : steps) {
                String said = String.join("; ", step);
                assertThat(plain(simulated(machine, typed(step)))).as(said).isEqualTo(plain(one.vtysh(step)));
                String here = table(simulated(machine, typed(look)));
                Lab.await(said + ": " + here, () -> read(one.vtysh(look)).equals(here), () -> one.vtysh(look));
                assertThat(config(simulated(machine, typed("show running-config")))).as(said)
                        .isEqualTo(config(one.vtysh("show running-config")));
            }
        }
    }

    private static String read(String json) {
        try {
            return table(json);
        } catch (Exception e) {
            throw new IllegalStateException(json, e);
        }
    }

    private static String[] with(String[] lines, String more) {
        return Stream.concat(Stream.of(lines), Stream.of(more)).toArray(String[]::new);
    }
}
