package net.reroute.redirect.flows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * What {@code nft -j list table} tells of reroute's table for connections. Rules are known by their comments, which are
 * made of their texts: versions of nft show the same rule in different words.
 */
final class FlowTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Set<Prefix>> sets = new HashMap<>();
    private final Map<String, Map<String, String>> maps = new HashMap<>();
    private final Map<String, List<String>> rules = new HashMap<>();
    private final Map<String, String> chains = new HashMap<>();
    private boolean strange;

    /** @throws IllegalArgumentException if the text is not understood */
    static FlowTable read(String text) {
        FlowTable table = new FlowTable();
        try {
            JSON.readTree(text).path("nftables").forEach(table::add);
            return table;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("what nft answers is not understood; look there with 'nft list table "
                    + FlowRules.TABLE + "': " + e.getOriginalMessage(), e);
        }
    }

    private void add(JsonNode object) {
        if (object.has("map")) {
            Map<String, String> leads = new TreeMap<>();
            object.path("map").path("elem").forEach(e -> leads.put(e.path(0).asText(),
                    e.path(1).path("goto").path("target").asText()));
            maps.put(object.path("map").path("name").asText(), leads);
        } else if (object.has("set")) {
            Set<Prefix> prefixes = new HashSet<>();
            try {
                object.path("set").path("elem").forEach(e -> prefixes.add(prefix(e)));
                sets.put(object.path("set").path("name").asText(), prefixes);
            } catch (IllegalArgumentException e) {
                strange = true; // reroute writes no ranges and no comments
            }
        } else if (object.has("chain")) {
            JsonNode chain = object.path("chain");
            chains.put(chain.path("name").asText(), chain.has("hook")
                    ? chain.path("hook").asText() + " " + chain.path("prio").asInt() + " "
                            + chain.path("policy").asText()
                    : "");
        } else if (object.has("rule")) {
            rules.computeIfAbsent(object.path("rule").path("chain").asText(), c -> new ArrayList<>())
                    .add(object.path("rule").path("comment").asText());
        }
    }

    private static Prefix prefix(JsonNode element) {
        JsonNode prefix = element.path("prefix");
        return element.isTextual()
                ? Prefix.parse(element.asText())
                : Prefix.parse(prefix.path("addr").asText() + "/" + prefix.path("len").asText());
    }

    boolean isThere() {
        return !chains.isEmpty() || !sets.isEmpty() || strange;
    }

    /** The first thing that is not as it should be; empty if all is. What has ended is not compared. */
    Optional<String> difference(FlowRules wanted) {
        if (strange) {
            return Optional.of("a set has elements that reroute does not write");
        }
        if (!isThere()) {
            return Optional.of("the table " + FlowRules.TABLE + " is not there");
        }
        for (Map.Entry<String, FlowRules.Chain> chain : wanted.chains().entrySet()) {
            String hook = chain.getValue().hook().map(h -> h.name() + " " + h.priority() + " accept").orElse("");
            List<String> comments = chain.getValue().rules().stream().map(FlowRules::comment).toList();
            if (!hook.equals(chains.get(chain.getKey()))
                    || !comments.equals(rules.getOrDefault(chain.getKey(), List.of()))) {
                return Optional.of("its chain " + chain.getKey() + " is not as reroute writes it");
            }
        }
        for (Map.Entry<String, Map<String, String>> map : wanted.maps().entrySet()) {
            if (!map.getValue().equals(maps.get(map.getKey()))) {
                return Optional.of("its map " + map.getKey() + " is not as reroute writes it");
            }
        }
        for (Map.Entry<String, Set<Prefix>> set : wanted.sets().entrySet()) {
            Set<Prefix> there = sets.get(set.getKey());
            if (there == null || !FlowRules.isOfNow(set.getKey()) && !there.equals(set.getValue())) {
                return Optional.of("its set " + set.getKey() + " is not as reroute writes it");
            }
        }
        return wanted.chains().keySet().equals(chains.keySet())
                ? Optional.empty()
                : Optional.of("it has chains that reroute does not write");
    }

    /** The prefixes in a set. */
    Set<Prefix> set(String name) {
        return sets.getOrDefault(name, Set.of());
    }

    /** The slots of next hops. */
    Map<Address, Integer> slots() {
        Map<Address, Integer> slots = new HashMap<>();
        List.of("hops4", "hops6").forEach(m -> maps.getOrDefault(m, Map.of()).forEach((hop, chain) -> {
            String digits = chain.replace("first", "");
            if (digits.matches("\\d{1,5}")) {
                Address.tryParse(hop).ifPresent(a -> slots.put(a, Integer.parseInt(digits)));
            }
        }));
        return slots;
    }

    /** The next hops, by slot. */
    Map<Integer, Address> hops() {
        return slots().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey,
                (a, b) -> a));
    }
}
