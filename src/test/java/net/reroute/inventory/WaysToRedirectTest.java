package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.SwitchSpec;
import net.reroute.core.SwitchSpec.Choose;
import org.junit.jupiter.api.Test;

/** Switches, virtual servers and announcements as the inventory writes them, and every mistake in one sentence. */
class WaysToRedirectTest extends InInventoryHome {

    private static final String ALL = """
                                      routers:
                                        gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id}
                                        gw2: {dialect: vyos, address: 192.168.1.6, user: root, key: id}
                                        gw4: {dialect: cisco-ios, address: 192.168.1.7, user: root, key: id}
                                      servers:
                                        host1: {address: 192.168.1.2}
                                        host2: {address: 192.168.1.3}
                                      checks:
                                        web: {tcp: "{server}:80"}
                                        site: {http: "http://{server}/", host: "{service}"}
                                      services:
                                        farm: {address: 10.0.0.200, port: 80, redirect: balance, servers: [host1, host2], checks: [web],
                                          routers: [gw1], weights: {host1: 3}, sticky: source}
                                        net: {prefix: 203.0.113.0/24, redirect: bgp, speakers: {gw1: [host1, host2]}, checks: [web]}
                                        six: {prefix: 2001:db8::/32, redirect: bgp, speakers: {gw4: [host1]}, checks: [web], worse: [med], route-map: OUT, vantage: gw1}
                                        four: {prefix: 198.51.100.0/24, redirect: bgp, speakers: {gw4: [host1], own: [host2]}, checks: [web]}
                                      speakers:
                                        own: {gobgp: 127.0.0.1, next-hop: 192.168.1.4}
                                      switches:
                                        pop: {listen: "192.168.1.20:110", backends: ["host1:110", "192.0.2.7:110"], choose: weighted,
                                          weights: {"host1:110": 2}, checks: [web], say: {pop3: later}, proxy-to: v2,
                                          proxy-from: [10.0.0.0/8], names: {www.a.example: "host1:110"}, greets: 5s}
                                      """;

    private static final String NET = "net: {prefix: 203.0.113.0/24, redirect: bgp, ";

    /** @param changes what to replace, and by what, in turns */
    private String mistake(String... changes) throws IOException {
        String text = ALL;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        String to = text;
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> read(to));
        assertThat(bad).as(to).isNotNull();
        assertThat(bad.problems()).as(bad.problems().toString()).hasSize(1);
        return bad.problems().getFirst().toString();
    }

    @Test
    void allWaysAreRead() throws IOException, BadInventoryException {
        Inventory inventory = read(ALL);
        SwitchSpec pop = inventory.switches().get("pop").switched().orElseThrow().spec();
        assertThat(pop.backends()).map(Object::toString).containsExactly("192.168.1.2:110", "192.0.2.7:110");
        assertThat(pop.choose()).isEqualTo(Choose.WEIGHTED);
        assertThat(pop.weight(pop.backends().getFirst())).isEqualTo(2);
        assertThat(pop.waits().greeting()).contains(Duration.ofSeconds(5));
        assertThat(pop.names()).containsKey("www.a.example");
        assertThat(inventory.switches().get("pop").switched().orElseThrow().servers())
                .containsOnlyKeys("192.168.1.2:110");
        Service farm = inventory.services().get("farm");
        assertThat(farm.balanced().orElseThrow().weight("host1")).isEqualTo(3);
        assertThat(farm.balanced().orElseThrow().sticky()).isTrue();
        Service net = inventory.services().get("net");
        assertThat(net.servers()).containsExactly("gw1");
        assertThat(net.checkedMembers()).containsExactly("host1", "host2");
        assertThat(inventory.devices()).containsKeys("gw1", "gw2", "bgp:net", "switch:pop");
    }

    @Test
    void mistakesInSwitchesAreToldOf() throws IOException {
        assertThat(mistake("\"192.0.2.7:110\"]", "\"192.168.1.20:110\"]")).contains("is the switch itself");
        assertThat(mistake("\"192.0.2.7:110\"]", "\"192.0.2.7\"]")).contains("has no port");
        assertThat(mistake("\"192.0.2.7:110\"]", "\"host1:110\"]")).contains("stands twice");
        assertThat(mistake("\"192.0.2.7:110\"]", "\"hots1:111\"]")).contains("did you mean 'host1'?");
        assertThat(mistake("listen: \"192.168.1.20:110\"", "listen: \"www:110\"")).contains("address of this machine");
        assertThat(mistake("{pop3: later}", "{pop: later}")).contains("one of pop3, imap, smtp, http, lines");
        assertThat(mistake("{pop3: later}", "later")).contains("'say'");
        assertThat(mistake("choose: weighted", "choose: random")).contains("round-robin");
        assertThat(mistake("proxy-to: v2", "proxy-to: 2")).contains("v1 or v2");
        assertThat(mistake("www.a.example: \"host1:110\"", "www.a.example: \"host2:110\""))
                .contains("none of the backends");
        assertThat(mistake("checks: [web], say", "checks: [site], say")).contains("asks about {service}");
        assertThat(mistake("  pop: {", "  farm: {")).contains("a service farm already");
        assertThat(mistake("greets: 5s", "greet: 5s")).contains("did you mean 'greets'?");
    }

    @Test
    void switchesThatLeadToEachOtherAreToldOf() throws IOException {
        String loop = "switches:\n  far: {listen: \"192.168.1.9:1\", backends: [\"192.168.1.9:2\", \"host1:1\"]}\n"
                + "  further: {listen: \"192.168.1.9:2\", backends: [\"192.168.1.9:1\"]}\n";
        assertThat(mistake("switches:\n", loop))
                .contains("the switch far leads back to itself by way of further");
    }

    @Test
    void allMistakesOfASwitchAreToldAtOnce() {
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class,
                () -> read(ALL.replace("192.168.1.20:110", "192.168.1.20")
                        .replace("host1:110", "host9:110")
                        .replace("say: {pop3: later}", "say: {pop: later}").replace("v2", "v3")
                        .replace("greets: 5s", "greets: 5")));
        assertThat(bad.problems()).as(bad.problems().toString()).hasSize(5);
    }

    @Test
    void mistakesInVirtualServersAreToldOf() throws IOException {
        assertThat(mistake("port: 80, ", "")).contains("needs 'port:'");
        assertThat(mistake("routers: [gw1], weights", "routers: [gw2], weights")).contains("needs Linux");
        assertThat(mistake("weights: {host1: 3}", "weights: {host1: 0}")).contains("from 1 to 20");
        assertThat(mistake("weights: {host1: 3}", "weights: {host3: 3}")).contains("none of the servers");
        assertThat(mistake("sticky: source", "share: 2")).contains("says nothing where connections are spread");
        assertThat(mistake("address: 10.0.0.200", "address: 192.168.1.3")).contains("is that of the server host2");
        assertThat(mistake("address: 10.0.0.200, port: 80", "address: 192.168.1.1, port: 22"))
                .contains("those of the login to gw1");
        assertThat(mistake("redirect: balance", "redirect: Balance")).contains("or balance or bgp, not 'Balance'");
        assertThat(mistake("sticky: source", "forward: tunnel")).contains("nat or route, not 'tunnel'");
        assertThat(mistake("host2: {address: 192.168.1.3}", "host2: {address: 192.168.1.3, next-hop: 10.168.1.2}",
                "sticky: source", "forward: route")).contains("must differ in their last 24 bits");
        assertThat(mistake("sticky: source", "failback: never")).contains("auto or manual, not 'never'");
    }

    @Test
    void mistakesInAnnouncementsAreToldOf() throws IOException {
        assertThat(mistake("speakers: {gw1: [host1, host2]}", "speakers: {gw2: [host1, host2]}"))
                .contains("does not say how BGP is configured");
        assertThat(mistake(NET, NET + "vantage: gw1, ")).contains("is one of the speakers");
        assertThat(mistake(NET, NET + "address: 198.51.100.1, ")).contains("is not in the prefix");
        assertThat(mistake(NET, NET + "vantage: gw2, "))
                .contains("does not say how BGP is configured");
        assertThat(mistake(NET, NET + "worse: [med, local], "))
                .contains("community or prepend or med, not 'local'");
        assertThat(mistake(NET, NET + "route-map: reroute-x, ")).contains("of yours");
        assertThat(mistake("own: {gobgp: 127.0.0.1, next-hop: 192.168.1.4}", "own: {gobgp: 127.0.0.1}"))
                .contains("needs 'next-hop:'");
        assertThat(mistake("own: {gobgp: 127.0.0.1", "gw1: {gobgp: 127.0.0.1", ", own: [host2]", ""))
                .contains("is a router already");
        assertThat(mistake("198.51.100.0/24", "\"2001:db8:1::/48\"")).contains("cannot announce 2001:db8:1::/48");
        assertThat(mistake("speakers: {gw1: [host1, host2]}", "speakers: {gw1: [host1, host9]}"))
                .contains("unknown server");
        assertThat(mistake("speakers: {gw1: [host1, host2]}", "speakers: {gw3: [host1]}"))
                .contains("unknown router or speaker 'gw3'");
        assertThat(mistake("speakers: {gw1: [host1, host2]}", "speakers: [gw1]")).contains("written as");
        assertThat(mistake(NET, NET + "servers: [host1], "))
                .contains("says nothing of announcements");
        assertThat(mistake(NET, NET + "failback: never, "))
                .contains("auto or manual, not 'never'");
        assertThat(mistake(NET, NET + "share: 3, ")).contains("the number of sites is 1");
    }
}
