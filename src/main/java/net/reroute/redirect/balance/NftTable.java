package net.reroute.redirect.balance;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;

/** What {@code nft -j list table} tells of reroute's table. */
final class NftTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> maps = new HashMap<>();
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
        } else if (object.has("chain")) {
            chains.put(object.path("chain").path("name").asText(), object.path("chain"));
        } else if (object.has("rule")) {
            rules.computeIfAbsent(object.path("rule").path("chain").asText(), c -> new ArrayList<>())
                    .add(object.path("rule"));
        }
    }

    /** The addresses of the slots, in order. */
    private static List<String> slots(JsonNode elements) {
        Map<Integer, String> slots = new TreeMap<>();
        elements.forEach(e -> slots.put(e.path(0).asInt(-1), e.path(1).asText()));
        return List.copyOf(slots.values());
    }

    boolean hasMap(Service service) {
        return maps.containsKey(NftScript.name(service));
    }

    boolean hasChain(Service service) {
        return chains.containsKey(NftScript.name(service));
    }

    /** Another chain for the same address and port, as of a service that had another name. */
    Optional<String> rival(Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        return rules.entrySet().stream().filter(e -> !e.getKey().equals(NftScript.name(service)))
                .filter(e -> e.getValue().stream().anyMatch(r -> isAt(r.path("expr"), balanced))).map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isAt(JsonNode rule, Balanced balanced) {
        return rule.path(0).path("match").path("right").asText().equals(balanced.address().toString())
                && rule.path(1).path("match").path("right").asInt() == balanced.port();
    }

    /** The addresses of the slots; empty if connections are not spread. */
    Optional<List<String>> slots(Service service) {
        List<JsonNode> its = rules.getOrDefault(NftScript.name(service), List.of());
        return hasMap(service) && hasChain(service) && !its.isEmpty() && !maps.get(NftScript.name(service)).isEmpty()
                ? Optional.of(maps.get(NftScript.name(service)))
                : Optional.empty();
    }

    /** True if chain and rule are exactly those that reroute writes for the service. */
    boolean isAsWritten(Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        JsonNode chain = chains.getOrDefault(NftScript.name(service), JSON.nullNode());
        List<JsonNode> its = rules.getOrDefault(NftScript.name(service), List.of());
        if (its.size() != 1 || !chain.path("hook").asText().equals("prerouting")
                || !chain.path("type").asText().equals("nat")) {
            return false;
        }
        JsonNode rule = its.getFirst().path("expr");
        JsonNode key = rule.path(2).path("dnat").path("addr").path("map").path("key");
        return rule.size() == 3 && isAt(rule, balanced)
                && key.has(balanced.sticky() ? "jhash" : "numgen")
                && key.path(balanced.sticky() ? "jhash" : "numgen").path("mod").asInt() == Slots.count(service);
    }
}
