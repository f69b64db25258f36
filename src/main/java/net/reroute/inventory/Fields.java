package net.reroute.inventory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Names;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one entry. Every getter reports mistakes and returns nothing, so that all mistakes are found at once.
 */
final class Fields {

    private final ProblemList problems;
    private final String what;
    private final Node place;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * @param what for sentences: "server host1"
     * @param known the keys it may have
     */
    Fields(ProblemList problems, String what, Node node, List<String> known) {
        this.what = what;
        this.place = node;
        if (!(node instanceof MappingNode mapping)) {
            problems.at(node, what + " is written as {key: value, ...}");
            this.problems = new ProblemList(); // reports of missing keys would be noise
            return;
        }
        this.problems = problems;
        values.putAll(EntryKeys.read(problems, what, mapping, known));
    }

    /** The keys of an entry that has those of two groups. */
    static List<String> keys(List<String> own, List<String> more) {
        return Stream.concat(own.stream(), more.stream()).toList();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Node node(String key) {
        return values.getOrDefault(key, place);
    }

    void problem(String key, String sentence) {
        problems.at(node(key), sentence);
    }

    Optional<String> text(String key) {
        return value(key, s -> s);
    }

    <T> Optional<T> value(String key, Function<String, T> parse) {
        Node node = values.get(key);
        return node == null ? Optional.empty() : scalar(key, node).flatMap(s -> parsed(node, s, parse));
    }

    <T> Optional<T> required(String key, Function<String, T> parse) {
        if (!has(key)) {
            problems.at(place, what + " needs '" + key + ":'");
        }
        return value(key, parse);
    }

    private Optional<String> scalar(String key, Node node) {
        if (node.getTag().equals(Tag.NULL)) {
            problems.at(node, "'" + key + "' of " + what + " has no value; write one, or leave the key out");
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.at(node, "'" + key + "' of " + what + " is one value" + instead(key, node));
        return Optional.empty();
    }

    private static String instead(String key, Node node) {
        if (node instanceof MappingNode) {
            return key.matches("address|next-hop|prefix")
                    ? "; an IPv6 address must stand in quotes, like \"2001:db8::2\""
                    : "; words with braces stand in quotes, like \"{server}\"";
        }
        return node instanceof SequenceNode list && list.getValue().size() == 1
                && list.getValue().getFirst() instanceof ScalarNode only
                        ? "; write " + key + ": " + only.getValue()
                        : ", not a list";
    }

    private <T> Optional<T> parsed(Node node, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            problems.at(node, e.getMessage());
            return Optional.empty();
        }
    }

    /** A list, or one value alone, with the places of its items. */
    Map<String, Node> names(String key) {
        Map<String, Node> names = new LinkedHashMap<>();
        for (Node item : items(key)) {
            scalar(key, item).ifPresent(name -> {
                if (names.put(name, item) != null) {
                    problems.at(item, "'" + name + "' stands twice in '" + key + "' of " + what);
                }
            });
        }
        return names;
    }

    /** Names contain no blanks: a text with blanks or commas was meant as a list. */
    Map<String, Node> listed(String key) {
        if (values.get(key) instanceof MappingNode mapping) {
            return listedAsKeys(key, mapping);
        }
        Map<String, Node> listed = new LinkedHashMap<>();
        names(key).forEach((text, node) -> {
            List<String> words = List.of(text.strip().split("[\\s,;]+"));
            if (words.size() > 1 || !words.getFirst().equals(text)) {
                problems.at(node, "'" + text + "' is not one name; write a list: " + key + ": ["
                        + String.join(", ", words) + "]");
            }
            words.forEach(word -> listed.putIfAbsent(word, node));
        });
        return listed;
    }

    /** A mapping was written where a list was meant: its keys are the names. */
    private Map<String, Node> listedAsKeys(String key, MappingNode mapping) {
        List<String> keys = mapping.getValue().stream().map(NodeTuple::getKeyNode)
                .filter(ScalarNode.class::isInstance).map(k -> ((ScalarNode) k).getValue()).toList();
        problems.at(mapping, "'" + key + "' of " + what + " is a list; write " + key + ": [" + Names.some(keys) + "]");
        return keys.stream().collect(Collectors.toMap(k -> k, k -> mapping, (a, b) -> a, LinkedHashMap::new));
    }

    /** A list of texts, or one alone, as they stand. */
    List<String> words(String key) {
        return items(key).stream().flatMap(item -> scalar(key, item).stream()).toList();
    }

    private List<Node> items(String key) {
        return switch (values.get(key)) {
            case null -> List.of();
            case SequenceNode list -> list.getValue();
            case Node one -> List.of(one);
        };
    }

    boolean flag(String key) {
        return value(key, text -> FieldValues.flag(key, text)).orElse(false);
    }

    Duration duration(String key, Duration otherwise) {
        return value(key, text -> FieldValues.duration(key, text)).orElse(otherwise);
    }

    int count(String key, int otherwise) {
        return value(key, text -> FieldValues.count(key, text)).orElse(otherwise);
    }

    /** One of the constants, written in small letters with dashes. */
    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return value(key, text -> FieldValues.choice(key, text, type)).orElse(otherwise);
    }

    /** A required group of keys. */
    Fields needed(String key, List<String> known) {
        if (!has(key)) {
            problems.at(place, what + " needs '" + key + ":'");
        }
        // Reports of what the group would contain would be noise.
        return inner(key, known)
                .orElseGet(() -> new Fields(new ProblemList(), what, new MappingNode(Tag.MAP, true, List.of(),
                        place.getStartMark(), place.getEndMark(), DumperOptions.FlowStyle.BLOCK), known));
    }

    /** Texts and their values, in the order written. */
    Map<String, String> pairs(String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (values.get(key) instanceof MappingNode mapping) {
            mapping.getValue().forEach(t -> scalar(key, t.getKeyNode())
                    .ifPresent(k -> scalar(key, t.getValueNode()).ifPresent(v -> pairs.put(k, v))));
        } else if (has(key)) {
            problem(key, "'" + key + "' of " + what + " is written as {TEXT: VALUE, ...}");
        }
        return pairs;
    }

    /** Texts, each with a list of texts or one alone, in the order written. */
    Map<String, List<String>> lists(String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        if (values.get(key) instanceof MappingNode mapping) {
            Fields inner = new Fields(problems, key + " of " + what, mapping, mapping.getValue().stream()
                    .map(NodeTuple::getKeyNode).filter(ScalarNode.class::isInstance)
                    .map(k -> ((ScalarNode) k).getValue()).toList());
            inner.values.keySet().forEach(k -> lists.put(k, inner.words(k)));
        } else if (has(key)) {
            problem(key, "'" + key + "' of " + what + " is written as {TEXT: [VALUE, ...], ...}");
        }
        return lists;
    }

    /** A text of this key, parsed; a mistake is reported at the place of that text. */
    <T> Optional<T> parsedAs(String key, String text, Function<String, T> parse) {
        Node place = values.get(key) instanceof SequenceNode list
                ? list.getValue().stream().filter(n -> n instanceof ScalarNode s && s.getValue().equals(text))
                        .findFirst()
                        .orElse(list)
                : node(key);
        return parsed(place, text, parse);
    }

    Optional<Fields> inner(String key, List<String> known) {
        Node node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(new Fields(problems, key + " of " + what, node, known));
    }

    ProblemList problems() {
        return problems;
    }

    String what() {
        return what;
    }
}
