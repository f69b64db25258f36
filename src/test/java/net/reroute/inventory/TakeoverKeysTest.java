package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
import net.reroute.core.Takeover.Announce;
import net.reroute.core.Takeover.Commands;
import net.reroute.core.Takeover.Fence;
import net.reroute.core.Takeover.Means;
import net.reroute.core.Takeover.Use;
import org.junit.jupiter.api.Test;

/** What an inventory says about taking addresses over, and every mistake in it in one sentence. */
class TakeoverKeysTest extends InInventoryHome {

    /** No router at all. */
    private static final String FLAT = """
                                       servers:
                                         host1: {address: 192.168.1.2, user: root, key: id}
                                         host2: {address: 192.168.1.3, user: root, key: id}
                                       checks:
                                         web: {tcp: "{server}:80"}
                                       services:
                                         www-1: {prefix: 192.168.1.50/32, servers: [host1, host2], checks: [web],
                                           redirect: arp, interface: eth0}
                                       """;
    private static final String ROUTED = """
                                         routers:
                                           gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id}
                                         servers:
                                           host1: {address: 192.168.1.2, next-hop: 192.168.1.102, user: root, key: id}
                                           host2: {address: 192.168.1.3, next-hop: 192.168.1.103, user: root, key: id}
                                         checks:
                                           web: {tcp: "{server}:80"}
                                         services:
                                           www-1: {prefix: 10.0.0.0/24, servers: [host1, host2], checks: [web],
                                             fallback: arp, interface: eth0}
                                         """;

    private Takeover takeover(String text) throws Exception {
        return read(text).services().get("www-1").takeover().orElseThrow();
    }

    /** The problems, without the file. */
    private List<String> problems(String text) throws IOException {
        write(text);
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> InventoryReader.read(home));
        assertThat(bad).isNotNull();
        String file = home + "/inventory/a.yaml:";
        return bad.problems().stream().map(p -> p.toString().replace(file, "")).toList();
    }

    private List<String> problemsOf(String text, String what, String instead) throws IOException {
        assertThat(text).contains(what);
        return problems(text.replace(what, instead));
    }

    private List<String> problemsWith(String text, String keys) throws IOException {
        return problemsOf(text, "interface: eth0", "interface: eth0, " + keys);
    }

    @Test
    void aServiceAddressThatMovesNeedsNoRouterAndLittleMore() throws Exception {
        Service service = read(FLAT).services().get("www-1");
        assertThat(service.livesOnLan()).isTrue();
        assertThat(service.routers()).containsExactly(Takeover.LAN);
        assertThat(service.address()).hasToString("192.168.1.50");
        assertThat(service.takeover()).contains(new Takeover(Use.REDIRECT, Map.of("host1", "eth0", "host2", "eth0"),
                Announce.SERVER, Duration.ofSeconds(10), new Fence(Means.ALIAS, Duration.ofMinutes(5)),
                new Commands(List.of(), List.of())));
    }

    @Test
    void readsEveryKey() throws Exception {
        Inventory inventory = read(ROUTED.replace("host2: {", "host2: {interface: bond0.7, ")
                .replace("interface: eth0", """
                                            interface: eth0, announce: controller, refresh: 1s, fence: interface,
                                                  restore-after: 1h, before-takeover: [test, -e, /srv/www],
                                                  after-takeover: /usr/local/bin/taken"""));
        Service service = inventory.services().get("www-1");
        assertThat(service.fallsBack()).isTrue();
        assertThat(service.routers()).containsExactly("gw1");
        assertThat(service.takeover()).contains(new Takeover(Use.FALLBACK, Map.of("host1", "eth0", "host2", "bond0.7"),
                Announce.CONTROLLER, Duration.ofSeconds(1), new Fence(Means.INTERFACE, Duration.ofHours(1)),
                new Commands(List.of("test", "-e", "/srv/www"), List.of("/usr/local/bin/taken"))));
    }

    @Test
    void theWordsOfACommandAreKeptAsTheyAreWrittenAlsoTwice() throws Exception {
        assertThat(takeover(FLAT.replace("interface: eth0", "interface: eth0, before-takeover:"
                + " [run, -v, -v, \"it's $(id)\", 'a \"b\"', \"\", 010, yes]")).commands().before())
                .containsExactly("run", "-v", "-v", "it's $(id)", "a \"b\"", "", "010", "yes");
    }

    @Test
    void anIpv6AddressMovesToo() throws Exception {
        assertThat(read(FLAT.replace("192.168.1.50/32", "\"2001:db8::50/128\"")).services().get("www-1").livesOnLan())
                .isTrue();
    }

    @Test
    void onlyOneAddressMoves() throws Exception {
        assertThat(problemsOf(FLAT, "192.168.1.50/32", "192.168.1.48/29")).containsExactly("7:19: 'redirect: arp' takes"
                + " over one address, so the prefix is a /32, not a /29");
        assertThat(problemsOf(FLAT, "192.168.1.50/32", "\"2001:db8::/64\"")).containsExactly("7:19: 'redirect: arp'"
                + " takes over one address, so the prefix is a /128, not a /64");
    }

    @Test
    void whatIsSaidToRoutersIsRefusedWhereThereIsNone() throws Exception {
        String says = "' says nothing where there is no router to change; take it away, or write redirect: route";
        assertThat(problemsWith(FLAT, "policy: all")).containsExactly("8:45: 'policy" + says);
        assertThat(problemsWith(FLAT, "fallback: arp")).containsExactly("8:47: 'fallback" + says);
        assertThat(problemsWith(FLAT, "share: 2")).containsExactly("8:44: 'share" + says);
        assertThat(problemsWith("routers:\n  gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id}\n" + FLAT,
                "routers: gw1")).containsExactly("10:46: 'routers" + says);
    }

    @Test
    void aServerWithoutInterfaceIsNamed() throws Exception {
        assertThat(problemsOf(FLAT, ", interface: eth0", ""))
                .containsExactly(
                        "7:45: service www-1 takes addresses over, and host1, host2 have no interface for that;"
                                + " write 'interface: eth0' here or at the server");
        assertThat(problems(FLAT.replace(", interface: eth0", "").replace("host1: {", "host1: {interface: eth1, ")))
                .containsExactly("7:45: service www-1 takes addresses over, and host2 has no interface for that; write"
                        + " 'interface: eth0' here or at the server");
    }

    @Test
    void whatIsNotTheNameOfAnInterfaceIsRefused() throws Exception {
        for (String name : List.of("eth0;id", "$(id)", "eth 0", "-eth0", "a/b", "sixteen-letters0", "eth0:1")) {
            assertThat(problemsOf(FLAT, "interface: eth0", "interface: \"" + name + "\"")).containsExactly("8:31: '"
                    + name + "' is not the name of an interface; write it like eth0");
            assertThat(problemsOf(FLAT, "host1: {", "host1: {interface: \"" + name + "\", ")).containsExactly("2:22: '"
                    + name + "' is not the name of an interface; write it like eth0");
        }
    }

    @Test
    void aServerWithoutLoginCannotTakeAnythingOver() throws Exception {
        assertThat(problemsOf(FLAT, "192.168.1.3, user: root, key: id", "192.168.1.3"))
                .containsExactly("3:3: www-1 takes addresses over, and host2 has no login to bring one up with;"
                        + " write user and key there");
        assertThat(problemsOf(ROUTED, "192.168.1.103, user: root, key: id", "192.168.1.103")).containsExactly("5:3:"
                + " www-1 takes addresses over, and host2 has no login to bring one up with; write user and key there");
    }

    @Test
    void aNextHopThatIsTakenOverIsNotWhereTheServerIsManaged() throws Exception {
        assertThat(problemsOf(ROUTED, " next-hop: 192.168.1.103,", "")).containsExactly("5:3: 'fallback: arp' of www-1"
                + " takes over the next hop of a dead server, so host2 needs a 'next-hop:' of its own beside its"
                + " address 192.168.1.3");
    }

    @Test
    void aServerIsNotManagedAtTheNextHopOfAnother() throws Exception {
        assertThat(problemsOf(ROUTED, "192.168.1.103", "192.168.1.2")).containsExactly("4:3: the address 192.168.1.2 of"
                + " host1 is the next hop of host2");
    }

    @Test
    void noServerIsManagedAtAnAddressThatMoves() throws Exception {
        String says = "the address of www-1 moves between the servers, and %s has it for its own; give one of them"
                + " another";
        assertThat(problemsOf(FLAT, "192.168.1.50/32", "192.168.1.3/32")).containsExactly("7:3: "
                + says.formatted("host2"));
        assertThat(problemsOf(FLAT, "checks:\n", "  other: {address: 192.168.1.50}\nchecks:\n")).containsExactly("8:3: "
                + says.formatted("other"));
    }

    @Test
    void announcementsAreNotRepeatedWithoutPause() throws Exception {
        assertThat(problemsWith(FLAT, "refresh: 999ms")).containsExactly("8:46: 'refresh' is at least 1s; a claim from"
                + " somebody else is answered at once anyway");
    }

    @Test
    void anInterfaceThatIsSetDownSaysWhenItComesUpAgain() throws Exception {
        assertThat(problemsWith(FLAT, "fence: interface")).containsExactly("8:44: 'fence: interface' needs"
                + " 'restore-after: 5m', so that the interface comes up again even if nobody can reach it");
        assertThat(problemsWith(FLAT, "fence: alias, restore-after: 5m")).containsExactly("8:66: 'restore-after'"
                + " belongs to 'fence: interface'");
        assertThat(problemsWith(FLAT, "restore-after: 5m")).containsExactly("8:52: 'restore-after' belongs to"
                + " 'fence: interface'");
    }

    @Test
    void anInterfaceIsDownNeitherTooShortNorForDays() throws Exception {
        for (String wrong : List.of("4s", "4999ms", "3601s", "1d")) {
            assertThat(problemsWith(FLAT, "fence: interface, restore-after: " + wrong)).as(wrong)
                    .containsExactly("8:70: 'restore-after' is from 5s to 1h");
        }
        for (String right : List.of("5s", "1h")) {
            takeover(FLAT.replace("interface: eth0", "interface: eth0, fence: interface, restore-after: " + right));
        }
    }

    @Test
    void detailsOfATakeoverNeedOne() throws Exception {
        for (String detail : List.of("interface: eth0", "announce: server", "refresh: 10s", "fence: none",
                "restore-after: 5m", "before-takeover: x", "after-takeover: x")) {
            String key = detail.replaceAll(":.*", "");
            assertThat(problemsOf(ROUTED, "fallback: arp, interface: eth0", detail)).as(key)
                    .containsExactly(
                            "10:" + (key.length() + 7) + ": '" + key + "' says something about taking addresses"
                                    + " over, and needs 'redirect: arp' or 'fallback: arp' beside it");
        }
    }

    @Test
    void wordsThatAreNoneOfThoseKnownAreNamed() throws Exception {
        assertThat(problemsOf(FLAT, "redirect: arp", "redirect: apr"))
                .contains("8:15: 'redirect' is route or arp or balance or bgp, not"
                        + " 'apr', did you mean 'arp'?");
        assertThat(problemsWith(FLAT, "announce: everybody"))
                .containsExactly("8:47: 'announce' is server or controller,"
                        + " not 'everybody'");
        assertThat(problemsWith(FLAT, "fence: stonith")).containsExactly("8:44: 'fence' is alias or interface or none,"
                + " not 'stonith'");
    }

    @Test
    void noRouterIsCalledLikeTheLan() throws Exception {
        assertThat(problemsOf(ROUTED, "gw1:", "lan:")).containsExactly("2:8: the name 'lan' is taken: it stands for the"
                + " servers' LAN, where addresses are taken over by ARP; name the router otherwise");
    }
}
