package net.reroute.inventory;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Names;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The entries of all files, by section and name, before they are parsed. */
final class Sections {

    private static final List<String> KNOWN = List.of("routers", "servers", "checks", "services", "names", "switches",
            "speakers",
            "channels", "notify", "controllers", "settings");

    private final ProblemList problems;
    private final Map<String, Map<String, Node>> entries = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    /** Sections with entries that could not be read. */
    private final Set<String> torn = new HashSet<>();
    private boolean strangers;

    Sections(ProblemList problems) {
        this.problems = problems;
        KNOWN.forEach(k -> entries.put(k, new LinkedHashMap<>()));
    }

    void add(MappingNode file) {
        Optional<Node> steps = file.getValue().stream().map(NodeTuple::getKeyNode)
                .filter(k -> k instanceof ScalarNode s && s.getValue().equals("steps")).findFirst();
        if (steps.isEmpty()) {
            file.getValue().forEach(this::section);
        } else {
            strangers = true;
            problems.at(steps.get(), "this is a playbook; put it into playbooks/, where 'reroute validate' reads it"
                    + " together with the inventory");
        }
    }

    private void section(NodeTuple tuple) {
        String name = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "";
        Optional<String> meant = KNOWN.contains(name) ? Optional.of(name) : unknown(name, tuple.getKeyNode());
        strangers |= meant.isEmpty();
        meant.ifPresent(section -> add(section, tuple.getValueNode()));
    }

    /** A misspelt section counts as the one that was meant, so that its entries do not seem to be missing. */
    private Optional<String> unknown(String name, Node key) {
        String meant = Names.didYouMean(name, KNOWN);
        problems.at(key, "unknown key '" + name + "'" + (meant.isEmpty()
                ? "; a file has " + String.join(", ", KNOWN)
                : meant));
        return Names.closest(name, KNOWN);
    }

    private void add(String section, Node value) {
        if (value instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> add(section, entry));
        } else if (!value.getTag().equals(Tag.NULL)) {
            torn.add(section);
            String entries = "'" + section + "' holds entries, each written as NAME: {...}"
                    + (value instanceof SequenceNode ? ", without dashes or brackets" : "");
            problems.at(value,
                    section.equals("settings") ? "'settings' is written as {mode: act, ...}" : entries);
        }
    }

    private void add(String section, NodeTuple entry) {
        Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            torn.add(section);
            problems.at(key, "a name in " + section + " is one word; words with braces stand in quotes");
            return;
        }
        String name = scalar.getValue();
        Node before = keys.putIfAbsent(section + "/" + name, key);
        if (before != null) {
            problems.at(key, "'" + name + "' in " + section + " is set twice, first at " + problems.place(before));
            return;
        }
        if (!section.equals("settings")) {
            (section.equals("names") ? DnsNameText.complaint(name) : Names.complaint(name))
                    .ifPresent(c -> problems.at(key, c));
        }
        entries.get(section).put(name, entry.getValueNode());
    }

    Map<String, Node> of(String section) {
        return entries.get(section);
    }

    /** All names that are defined, with or without mistakes. */
    Set<String> names(String section) {
        return entries.get(section).keySet();
    }

    /** False only if a name is surely not defined: an entry that could not be read may define it. */
    boolean mayHave(String section, String name) {
        boolean lost = torn.contains(section) || problems.anySyntax() || strangers && names(section).isEmpty();
        return lost || names(section).contains(name);
    }

    /** The node of an entry's name. */
    Node key(String section, String name) {
        return keys.get(section + "/" + name);
    }
}
