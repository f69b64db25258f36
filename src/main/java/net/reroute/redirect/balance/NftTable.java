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
            throw new IllegalArgumentException("its answer is not understood: " + e.getOriginalMessage(), e);
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

    /** Another chain for the same address and port, as of a service that had another name. */
    Optional<String> rival(Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        return rules.entrySet().stream().filter(e -> !e.getKey().equals(NftScript.spreads(service)))
                .filter(e -> e.getValue().stream().anyMatch(r -> isAt(r, balanced))).map(Map.Entry::getKey)
                .findFirst();
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
                ? its.size() == 2 && isHooked(name, "filter", "prerouting") && isMarking(its, service)
                : its.size() == 1 && isHooked(name, "nat", "prerouting") && isTranslating(its.getFirst(), service);
        return spreads && balanced.patience().isPresent() == chains.containsKey(NftScript.ends(service))
                && (balanced.patience().isEmpty() || isEnding(service, balanced));
    }

    private boolean isHooked(String chain, String type, String hook) {
        JsonNode there = chains.getOrDefault(chain, JSON.nullNode());
        return there.path("type").asText().equals(type) && there.path("hook").asText().equals(hook);
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
        return map.path("key").path(way).path("mod").asInt() == Slots.count(service)
                && map.path("data").asText().equals("@" + NftScript.spreads(service));
    }

    private boolean isEnding(Service service, Balanced balanced) {
        String chain = NftScript.ends(service);
        Set<String> in = sets.getOrDefault(NftScript.in(service), Map.of()).keySet();
        return isHooked(chain, "filter", "forward") && rulesOf(chain).size() == (balanced.direct() ? 1 : 2)
                && rulesOf(chain).stream().allMatch(r -> r.path(r.size() - 1).has("reject")
                        && r.path(0).path("match").path("right").asText().equals(balanced.address().toString())
                        && r.path(2).path("match").path("right").asInt() == balanced.port())
                && sets.containsKey(NftScript.keeps(service))
                && in.equals(Set.copyOf(maps.getOrDefault(NftScript.spreads(service), List.of())));
    }
}
