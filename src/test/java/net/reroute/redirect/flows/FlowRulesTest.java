package net.reroute.redirect.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.reroute.core.Address;
import net.reroute.core.FlowMarks;
import net.reroute.core.FlowPlan;
import net.reroute.core.Flows;
import net.reroute.core.Frontend.Routed;
import net.reroute.core.Prefix;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.Snapshot.Pair;
import net.reroute.redirect.Connections.Count;
import org.junit.jupiter.api.Test;

/** Numbers of next hops, the rules made of them, and what the router tells, without a router. */
class FlowRulesTest {

    private static final FlowMarks MARKS = FlowMarks.DEFAULT;
    private static final Address TWO = Address.parse("192.168.1.2");
    private static final Address THREE = Address.parse("192.168.1.3");

    private static FlowPlan.Kept service(String name, String prefix, Flows.Mode mode) {
        Prefix p = Prefix.parse(prefix);
        return new FlowPlan.Kept(new Service(name, new Routed(p, p.firstUsable(), new Flows(mode, Optional.empty())),
                List.of("host1", "host2"), List.of("web"), List.of("gw1"),
                new Rules(Policy.ANY, 1, Choose.ORDERED, true, java.time.Duration.ZERO), Optional.empty()),
                Map.of("host1", TWO, "host2", THREE), Map.of(), FlowPlan.Fate.LIVES);
    }

    @Test
    void aNextHopHasTheNumberOfItsLastBitsIfThatIsFree() {
        assertThat(FlowSlots.assign(List.of(TWO, THREE), Map.of(), Set.of(), MARKS))
                .isEqualTo(Map.of(TWO, 2, THREE, 3));
        assertThat(FlowSlots.assign(List.of(TWO, THREE), Map.of(), Set.of(2), MARKS))
                .isEqualTo(Map.of(TWO, 3, THREE, 4));
        Address same = Address.parse("192.168.2.2");
        assertThat(FlowSlots.assign(List.of(TWO, same), Map.of(), Set.of(), MARKS)).isEqualTo(Map.of(TWO, 2, same, 3));
    }

    @Test
    void aNumberThatWasGivenStays() {
        assertThat(FlowSlots.assign(List.of(TWO, THREE), Map.of(THREE, 2), Set.of(), MARKS))
                .isEqualTo(Map.of(THREE, 2, TWO, 3));
        assertThat(FlowSlots.assign(List.of(TWO), Map.of(TWO, 700), Set.of(), MARKS)).as("it has no such mark any more")
                .isEqualTo(Map.of(TWO, 2));
    }

    @Test
    void allNumbersButThatOfVirtualServersCanBeGiven() {
        List<Address> hops = IntStream.rangeClosed(1, 125).mapToObj(i -> Address.parse("10.0.0." + i)).toList();
        Map<Address, Integer> slots = FlowSlots.assign(hops, Map.of(), Set.of(), MARKS);
        assertThat(slots.values()).doesNotHaveDuplicates().doesNotContain(0, 0x72, 127);
        assertThatThrownBy(() -> FlowSlots.assign(hops, Map.of(), Set.of(7), MARKS))
                .hasMessageContaining("marks: 0xfff00000");
    }

    @Test
    void whatNftShowsOfTheRulesIsKnownAgain() {
        FlowPlan plan = new FlowPlan(List.of(service("www-1", "192.168.1.32/27", Flows.Mode.KEEP)));
        FlowRules rules = FlowRules.of(plan, Map.of(TWO, 2, THREE, 3), MARKS);
        FlowTable table = FlowTable.read(shown(rules, Map.of("ended2", Set.of(Prefix.parse("192.168.1.32/27")))));
        assertThat(table.difference(rules)).isEmpty();
        assertThat(table.slots()).isEqualTo(Map.of(TWO, 2, THREE, 3));
        assertThat(table.set("ended2")).containsExactly(Prefix.parse("192.168.1.32/27"));
        FlowRules more = FlowRules.of(new FlowPlan(List.of(service("www-1", "192.168.1.32/27", Flows.Mode.KEEP),
                service("pop", "192.168.1.64/32", Flows.Mode.KEEP))), Map.of(TWO, 2, THREE, 3), MARKS);
        assertThat(table.difference(more)).contains("its set marked4 is not as reroute writes it");
        assertThat(FlowTable.read("{}").difference(rules)).contains("the table inet reroute_flows is not there");
        assertThat(FlowTable.read(shown(rules, Map.of()).replaceFirst("reroute [0-9a-f]+", "mine")).difference(rules))
                .hasValueSatisfying(t -> assertThat(t).contains("its chain"));
        assertThatThrownBy(() -> FlowTable.read("{\"nftables\": [")).hasMessageContaining("nft list table");
    }

    /** The rules as {@code nft -j} shows them, as far as they are looked at. */
    private static String shown(FlowRules rules, Map<String, Set<Prefix>> ended) {
        StringBuilder json = new StringBuilder("{\"nftables\": [{\"metainfo\": {}}");
        rules.sets().forEach((name, prefixes) -> json.append(", {\"set\": {\"name\": \"").append(name)
                .append("\", \"elem\": [").append(String.join(", ", (FlowRules.isOfNow(name)
                        ? ended.getOrDefault(name, Set.of())
                        : prefixes).stream().map(p -> p.length() == 32
                                ? "\"" + p.network() + "\""
                                : "{\"prefix\": {\"addr\": \"" + p.network() + "\", \"len\": " + p.length() + "}}")
                        .toList()))
                .append("]}}"));
        rules.maps().forEach((name, leads) -> json.append(", {\"map\": {\"name\": \"").append(name)
                .append("\", \"elem\": [").append(String.join(", ", leads.entrySet().stream()
                        .map(e -> "[" + (e.getKey().contains(".") ? "\"" + e.getKey() + "\"" : e.getKey())
                                + ", {\"goto\": {\"target\": \"" + e.getValue() + "\"}}]")
                        .toList()))
                .append("]}}"));
        rules.chains().forEach((name, chain) -> {
            json.append(", {\"chain\": {\"name\": \"").append(name).append('"')
                    .append(chain.hook().map(h -> ", \"hook\": \"" + h.name() + "\", \"prio\": " + h.priority()
                            + ", \"policy\": \"accept\"").orElse(""))
                    .append("}}");
            chain.rules().forEach(r -> json.append(", {\"rule\": {\"chain\": \"").append(name)
                    .append("\", \"comment\": \"").append(FlowRules.comment(r)).append("\"}}"));
        });
        return json.append("]}").toString();
    }

    @Test
    void elementsThatRerouteDoesNotWriteAreADifference() {
        FlowRules rules = FlowRules.of(new FlowPlan(List.of(service("www-1", "192.168.1.32/27", Flows.Mode.KEEP))),
                Map.of(TWO, 2, THREE, 3), MARKS);
        String shown = shown(rules, Map.of()).replaceFirst("\\{\"prefix\"",
                "{\"range\": [\"10.0.0.1\", \"10.0.0.9\"]}, {\"prefix\"");
        assertThat(FlowTable.read(shown).difference(rules)).contains("a set has elements that reroute does not write");
    }

    @Test
    void connectionsEndOnlyWhereTheRouteDoesNotLead() {
        FlowRules rules = FlowRules.of(new FlowPlan(List.of(service("www-1", "192.168.1.32/27", Flows.Mode.CUT))),
                Map.of(TWO, 2, THREE, 3), MARKS);
        assertThat(rules.chains().get("left2").rules()).isNotEmpty()
                .allMatch(r -> r.contains("nexthop != 192.168.1.2 "));
        assertThat(rules.lines(Map.of("over4", Set.of(Prefix.parse("192.168.1.32/27"))), false))
                .doesNotContain("delete table inet reroute_flows")
                .anyMatch(l -> l.startsWith("add set inet reroute_flows over4") && l.contains("{ 192.168.1.32/27 }"));
    }

    @Test
    void connectionsAreCountedByServiceAndServer() {
        FlowPlan plan = new FlowPlan(List.of(service("www-1", "192.168.1.32/27", Flows.Mode.KEEP),
                service("pop", "192.168.1.64/32", Flows.Mode.KEEP)));
        String told = "12 33554432 192.168.1.33\n5 2181038080 192.168.1.34\n3 50331648 192.168.1.64 one\n"
                + "9 50331648 203.0.113.9\n7 1929379842 192.168.1.33\nnonsense\n";
        assertThat(FlowCount.add(told, plan, Map.of(2, TWO, 3, THREE), MARKS)).isEqualTo(Map.of(
                new Pair("www-1", "host1"), new Count(17, 0), new Pair("www-1", "host2"), new Count(0, 0),
                new Pair("pop", "host1"), new Count(0, 0), new Pair("pop", "host2"), new Count(0, 3)));
    }
}
