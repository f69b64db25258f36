package net.reroute.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Names;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The entries of all files, by section and name, before anything is understood of them. */
final class Sections {

    private static final List<String> KNOWN = List.of("routers", "servers", "checks", "services", "channels",
            "notify", "settings");

    private final Problems problems;
    private final Map<String, Map<String, Node>> entries = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();

    Sections(Problems problems) {
        this.problems = problems;
        KNOWN.forEach(k -> entries.put(k, new LinkedHashMap<>()));
    }

    void add(MappingNode file) {
        for (NodeTuple tuple : file.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
            if (!KNOWN.contains(name)) {
                String meant = Names.didYouMean(name, KNOWN);
                problems.at(tuple.getKeyNode(), "unknown key '" + name + "'"
                        + (meant.isEmpty() ? "; a file has " + String.join(", ", KNOWN) : meant));
            } else if (tuple.getValueNode() instanceof MappingNode section) {
                section.getValue().forEach(entry -> add(name, entry));
            } else if (!tuple.getValueNode().getTag().equals(Tag.NULL)) {
                problems.at(tuple.getValueNode(), "'" + name + "' holds entries, each written as NAME: {...}");
            }
        }
    }

    private void add(String section, NodeTuple entry) {
        Node key = entry.getKeyNode();
        String name = key instanceof ScalarNode s ? s.getValue() : "?";
        Node before = keys.put(section + "/" + name, key);
        if (before != null) {
            problems.at(key, "'" + name + "' in " + section + " is set twice, first at " + problems.place(before));
            return;
        }
        if (!section.equals("settings")) {
            Names.complaint(name).ifPresent(c -> problems.at(key, c));
        }
        entries.get(section).put(name, entry.getValueNode());
    }

    Map<String, Node> of(String section) {
        return entries.get(section);
    }

    /** Where an entry's name stands. */
    Node key(String section, String name) {
        return keys.get(section + "/" + name);
    }
}
