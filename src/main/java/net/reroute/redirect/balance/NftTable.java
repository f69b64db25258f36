package net.reroute.redirect.balance;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;

/** What {@code nft -j list table} tells of reroute's table. */
final class NftTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> maps = new HashMap<>();
    private final Map<String, Map<String, Long>> sets = new HashMap<>();
    private final Map<String, List<JsonNode>> rules = new HashMap<>();
    private final Map<String, JsonNode> chains = new HashMap<>();

    private NftTable() {}

    /** @throws IllegalArgumentException if the text is not understood */
    static NftTable read(String text) {
        NftTable table = new NftTable();
        try {
            JSON.readTree(text).path("nftables").forEach(table::add);
            return table;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "what nft answers is not understood; look there with 'nft list table inet reroute': "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private void add(JsonNode object) {
        if (object.has("map")) {
            maps.put(object.path("map").path("name").asText(), slots(object.path("map").path("elem")));
        } else if (object.has("set")) {
            sets.put(object.path("set").path("name").asText(), elements(object.path("set").path("elem")));
        } else if (object.has("chain")) {
            chains.put(object.path("chain").path("name").asText(), object.path("chain"));
        } else if (object.has("rule")) {
            rules.computeIfAbsent(object.path("rule").path("chain").asText(), c -> new ArrayList<>())
                    .add(object.path("rule").path("expr"));
        }
    }

    /** The values of the slots, in order. */
    private static List<String> slots(JsonNode elements) {
        Map<Integer, String> slots = new TreeMap<>();
        elements.forEach(e -> slots.put(e.path(0).asInt(-1), e.path(1).asText()));
        return List.copyOf(slots.values());
    }

    /** The seconds for which each is still in the set; 0 if for ever. */
    private static Map<String, Long> elements(JsonNode elements) {
        Map<String, Long> all = new LinkedHashMap<>();
        elements.forEach(e -> all.put(e.isObject() ? e.path("elem").path("val").asText() : e.asText(),
                e.path("elem").path("expires").asLong()));
        return all;
    }

    /** Kinds and names of all that is there, such as "map s_farm". */
    Set<String> existing() {
        Set<String> all = new HashSet<>();
        chains.keySet().forEach(c -> all.add("chain " + c));
        maps.keySet().forEach(m -> all.add("map " + m));
        sets.keySet().forEach(s -> all.add("set " + s));
        return all;
    }

    /** The service of another name that has chains for the same address and port. */
    Optional<String> rival(Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        Set<String> own = Set.of(NftScript.spreads(service), NftScript.ends(service));
        return rules.entrySet().stream().filter(e -> !own.contains(e.getKey()))
                .filter(e -> e.getValue().stream().anyMatch(r -> isAt(r, balanced) || endsAt(r, balanced)))
                .map(e -> e.getKey().replaceFirst("^[se]_", "")).findFirst();
    }

    private static boolean endsAt(JsonNode rule, Balanced balanced) {
        return rule.path(rule.size() - 1).has("reject")
                && rule.path(0).path("match").path("right").asText().equals(balanced.address().toString())
                && rule.path(2).path("match").path("right").asInt() == balanced.port();
    }

    /** The names of services that have anything here. */
    Set<String> services() {
        Set<String> all = new TreeSet<>();
        existing().forEach(what -> all.add(what.replaceFirst("^\\w+ [seik]_", "")));
        return all;
    }

    private static boolean isAt(JsonNode rule, Balanced balanced) {
        return rule.path(0).path("match").path("right").asText().equals(balanced.address().toString())
                && rule.path(1).path("match").path("right").asInt() == balanced.port();
    }

    /** The values of the slots; empty if connections are not spread. */
    Optional<List<String>> slots(Service service) {
        String name = NftScript.spreads(service);
        boolean spreads = chains.containsKey(name) && !rulesOf(name).isEmpty();
        return spreads && !maps.getOrDefault(name, List.of()).isEmpty()
                ? Optional.of(maps.get(name))
                : Optional.empty();
    }

    private List<JsonNode> rulesOf(String chain) {
        return rules.getOrDefault(chain, List.of());
    }

    /** Values whose connections may go on, with the seconds for which they may. */
    Map<String, Long> leaving(Service service) {
        return sets.getOrDefault(NftScript.keeps(service), Map.of());
    }

    // ---- drift ---------------------------------------------------------------------------------------------------

    /** True if chains, rules and sets are exactly those that reroute writes for the service. */
    boolean isAsWritten(Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        String name = NftScript.spreads(service);
        List<JsonNode> its = rulesOf(name);
        boolean spreads = balanced.direct()
                ? its.size() == 2 && isHooked(name, "filter", "prerouting", -150) && isMarking(its, service)
                : its.size() == 1 && isHooked(name, "nat", "prerouting", -100)
                        && isTranslating(its.getFirst(), service);
        return spreads && balanced.patience().isPresent() == chains.containsKey(NftScript.ends(service))
                && (balanced.patience().isEmpty() || isEnding(service, balanced));
    }

    /** @param priority of the names in netfilter_ipv4.h: dstnat is -100, mangle -150, filter 0 */
    private boolean isHooked(String chain, String type, String hook, int priority) {
        JsonNode there = chains.getOrDefault(chain, JSON.nullNode());
        return there.path("type").asText().equals(type) && there.path("hook").asText().equals(hook)
                && there.path("prio").asInt() == priority && there.path("policy").asText().equals("accept");
    }

    private static boolean isTranslating(JsonNode rule, Service service) {
        return rule.size() == 3 && isAt(rule, service.balanced().orElseThrow())
                && chooses(rule.path(2).path("dnat").path("addr").path("map"), service);
    }

    private static boolean isMarking(List<JsonNode> its, Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        JsonNode first = its.getFirst();
        JsonNode second = its.getLast();
        return first.size() == 4 && isAt(first, balanced)
                && chooses(first.path(3).path("mangle").path("value").path("map"), service)
                && second.size() == 3 && isAt(second, balanced)
                && second.path(2).path("mangle").path("key").path("meta").path("key").asText().equals("mark");
    }

    private static boolean chooses(JsonNode map, Service service) {
        String way = service.balanced().orElseThrow().sticky() ? "jhash" : "numgen";
        JsonNode chosen = map.path("key").path(way);
        return chosen.path("mod").asInt() == Slots.count(service)
                && (way.equals("numgen") || chosen.path("seed").asInt() == NftScript.SEED)
                && map.path("data").asText().equals("@" + NftScript.spreads(service));
    }

    private boolean isEnding(Service service, Balanced balanced) {
        String chain = NftScript.ends(service);
        Set<String> in = sets.getOrDefault(NftScript.in(service), Map.of()).keySet();
        return isHooked(chain, "filter", "forward", 0) && rulesOf(chain).size() == (balanced.direct() ? 1 : 2)
                && rulesOf(chain).stream().allMatch(r -> endsAt(r, balanced))
                && sets.containsKey(NftScript.keeps(service))
                && in.equals(Set.copyOf(maps.getOrDefault(NftScript.spreads(service), List.of())));
    }
}
