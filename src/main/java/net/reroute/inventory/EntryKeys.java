package net.reroute.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Names;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys of one entry and the nodes of their values. Keys that are unknown or set twice are reported. */
final class EntryKeys {

    private final ProblemList problems;
    private final String what;
    private final List<String> known;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> misspelt = new LinkedHashMap<>();

    private EntryKeys(ProblemList problems, String what, List<String> known) {
        this.problems = problems;
        this.what = what;
        this.known = known;
    }

    /**
     * Reads the keys.
     *
     * @param what for sentences: "server host1"
     * @param known the keys that the entry may have
     */
    static Map<String, Node> read(ProblemList problems, String what, MappingNode mapping, List<String> known) {
        EntryKeys keys = new EntryKeys(problems, what, known);
        mapping.getValue().forEach(keys::add);
        // A misspelt key counts as the one that was meant, so that nothing else seems to be missing.
        keys.misspelt.forEach(keys.values::putIfAbsent);
        return keys.values;
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.at(tuple.getKeyNode(), "a key in " + what + " is one word; words with braces stand in quotes");
        } else if (known.contains(key.getValue())) {
            set(key, tuple.getValueNode());
        } else {
            unknown(key, tuple.getValueNode());
        }
    }

    private void set(ScalarNode key, Node value) {
        Node before = values.putIfAbsent(key.getValue(), value);
        if (before != null) {
            problems.at(key, "'" + key.getValue() + "' is set twice in " + what + ", first at "
                    + problems.place(before));
        }
    }

    private void unknown(ScalarNode key, Node value) {
        String meant = Names.didYouMean(key.getValue(), known);
        problems.at(key, "unknown key '" + key.getValue() + "' in " + what
                + (meant.isEmpty() ? "; known are " + String.join(", ", known) : meant));
        Names.closest(key.getValue(), known).ifPresent(closest -> misspelt.putIfAbsent(closest, value));
    }
}
