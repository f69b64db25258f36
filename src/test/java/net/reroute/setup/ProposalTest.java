package net.reroute.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Prefix;
import net.reroute.inventory.InventoryReader;
import net.reroute.redirect.route.router.Route;
import net.reroute.setup.Proposal.RouterEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed can be read, whatever was found. */
class ProposalTest {

    private static final RouterEntry GW1 = new RouterEntry("gw1", Machine.of("root@192.168.1.1"), "linux",
            "user: root, key: keys/id_ed25519");
    private static final RouterEntry GW2 = new RouterEntry("gw2", Machine.of("admin@192.168.1.6:2222"), "cisco-ios",
            "user: admin, key: keys/id_ed25519");
    private static final List<Answering.Proposed> WEB = List
            .of(new Answering.Proposed("web", "{http: \"http://{server}/\"}", "all answer"));

    @TempDir
    Path home;

    private static Holder holder(String name, String address, boolean seen, String... held) {
        return new Holder(name, Machine.of("root@" + address), seen, Set.copyOf(
                List.of(held).stream().map(Address::parse).toList()));
    }

    private static Route route(String prefix, String hop) {
        return new Route(Prefix.parse(prefix), List.of(Address.parse(hop)), prefix + " via " + hop, Optional.empty());
    }

    private Inventory read(String text) throws Exception {
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("keys"));
        Files.writeString(home.resolve("inventory/init.yaml"), text);
        return InventoryReader.forPractice(home);
    }

    @Test
    void whoServesWhatIsWhereTheRouteLeadsAndWhoHoldsAnAddressOfIt() throws Exception {
        List<Holder> holders = List.of(holder("host1", "192.168.1.2", true, "192.168.1.33", "192.168.1.65"),
                holder("host2", "192.168.1.3", true, "192.168.1.33"), holder("host3", "192.168.1.4", false));
        Map<RouterEntry, Map<Prefix, Route>> routes = new java.util.LinkedHashMap<>();
        routes.put(GW1, new TreeMap<>(Map.of(Prefix.parse("192.168.1.32/27"), route("192.168.1.32/27", "192.168.1.3"),
                Prefix.parse("192.168.1.64/27"), route("192.168.1.64/27", "192.168.1.2"))));
        routes.put(GW2, Map.of(Prefix.parse("192.168.1.32/27"), route("192.168.1.32/27", "192.168.1.3")));
        String text = new Proposal(List.of(GW1, GW2), holders, new Found(routes, holders).services(), WEB, true).text();
        Inventory inventory = read(text);
        assertThat(inventory.settings().act()).isFalse();
        assertThat(inventory.services().get("www-1").servers()).as("where it is now comes first")
                .containsExactly("host2", "host1", "host3");
        assertThat(inventory.services().get("www-1").routers()).containsExactly("gw1", "gw2");
        assertThat(inventory.services().get("www-2").servers()).as("host2 does not hold it")
                .containsExactly("host1", "host3");
        assertThat(inventory.services().get("www-2").routers()).containsExactly("gw1");
        assertThat(text).contains("# now at host2 on gw1, gw2", "# no login, so its addresses are not known");
    }

    @Test
    void aRouteToSeveralServersStaysOne() throws Exception {
        List<Holder> holders = List.of(holder("host1", "192.168.1.2", true, "192.168.1.33"),
                holder("host2", "192.168.1.3", true, "192.168.1.33"), holder("host3", "192.168.1.4", true,
                        "192.168.1.33"));
        Prefix prefix = Prefix.parse("192.168.1.32/27");
        Route both = new Route(prefix, List.of(Address.parse("192.168.1.3"), Address.parse("192.168.1.4")),
                prefix + " nexthop via 192.168.1.3 nexthop via 192.168.1.4", Optional.empty());
        String text = new Proposal(List.of(GW1), holders,
                new Found(Map.of(GW1, Map.of(prefix, both)), holders).services(), WEB, true).text();
        assertThat(read(text).services().get("www-1").rules().share()).isEqualTo(2);
        assertThat(read(text).services().get("www-1").servers()).containsExactly("host2", "host3", "host1");
    }

    @Test
    void whatARouterSaysStaysInItsComment() throws Exception {
        List<Holder> holders = List.of(holder("host1", "192.168.1.2", false), holder("host2", "192.168.1.3", false));
        Route hostile = new Route(Prefix.parse("192.168.1.32/27"), List.of(Address.parse("192.168.1.2")),
                "x\nsettings: {mode: act}\n\u001b[2J", Optional.of("is owned by a\nprogram"));
        Proposal proposal = new Proposal(List.of(GW1), holders,
                new Found(Map.of(GW1, Map.of(hostile.prefix(), hostile)), holders).services(), WEB, true);
        proposal.unrouted(Address.parse("192.168.1.97"), "host1");
        assertThat(read(proposal.text()).settings().act()).isFalse();
        assertThat(proposal.text()).doesNotContain("\u001b").contains("# host1 holds 192.168.1.97, and no router");
    }

    @Test
    void addressesOfTheSixthVersionAreQuoted() throws Exception {
        List<Holder> holders = List.of(holder("host1", "[2001:db8:1::2]", true, "2001:db8:33::1"),
                holder("host2", "[2001:db8:1::3]", true, "2001:db8:33::1"));
        RouterEntry gw = new RouterEntry("gw1", Machine.of("root@[2001:db8:1::1]:2222"), "linux",
                "user: root, key: keys/id_ed25519");
        Route route = route("2001:db8:33::/64", "2001:db8:1::2");
        Inventory inventory = read(new Proposal(List.of(gw), holders,
                new Found(Map.of(gw, Map.of(route.prefix(), route)), holders).services(), WEB, true).text());
        assertThat(inventory.services().get("www-1").servers()).containsExactly("host1", "host2");
        assertThat(inventory.routers().get("gw1").login().port()).isEqualTo(2222);
    }

    @Test
    void aMachineIsAnAddressAndPerhapsAUserAndAPort() {
        assertThat(Machine.of("admin@192.168.1.1:2222")).hasToString("admin@192.168.1.1 port 2222");
        assertThat(Machine.of("192.168.1.1").user()).isEmpty();
        for (String bad : List.of("ro ot@192.168.1.1", "root@192.168.1.1:0", "root@192.168.1.1:99999", "[2001:db8::1",
                "-oProxyCommand=x@192.168.1.1", "root@$(reboot)", "root@name.invalid")) {
            assertThatThrownBy(() -> Machine.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
