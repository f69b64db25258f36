package net.reroute.inventory;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.representer.Representer;

/** One YAML file as nodes with their places. Aliases and tags are refused: nothing here needs them, and bombs do. */
final class YamlFile {

    private static final int MOST_BYTES = 32 << 20;

    private YamlFile() {}

    /** The top mapping; empty if the file is empty or wrong, which is then reported. */
    static Optional<MappingNode> read(Path file, String shown, Problems problems) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                problems.syntax(new Problem(shown, 1, 1, "is larger than 32 MB; an inventory is not; split it"));
                return Optional.empty();
            }
            return compose(text(file), shown, problems);
        } catch (MalformedInputException e) {
            problems.syntax(new Problem(shown, 1, 1, "is not UTF-8 text; save it as UTF-8"));
        } catch (IOException e) {
            problems.syntax(new Problem(shown, 1, 1, "cannot be read; check its owner and mode"));
        }
        return Optional.empty();
    }

    /** A text that came with the program. */
    static Optional<MappingNode> read(String text, String shown, Problems problems) {
        return compose(text, shown, problems);
    }

    private static String text(Path file) throws IOException {
        try (UnicodeReader reader = new UnicodeReader(Files.newInputStream(file))) {
            StringBuilder all = new StringBuilder();
            char[] chunk = new char[8192];
            for (int n = reader.read(chunk); n >= 0; n = reader.read(chunk)) {
                all.append(chunk, 0, n);
            }
            return all.toString();
        }
    }

    private static Optional<MappingNode> compose(String text, String shown, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setNestingDepthLimit(20);
        try {
            Node top = new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(),
                    options).compose(new StringReader(text));
            return top == null || isNothing(top) ? Optional.empty() : checked(top, shown, problems);
        } catch (MarkedYAMLException e) {
            problems.syntax(explain(e, text, shown));
        } catch (YAMLException e) {
            problems.syntax(new Problem(shown, 1, 1, "is not YAML: " + firstLine(e.getMessage())));
        }
        return Optional.empty();
    }

    private static boolean isNothing(Node top) {
        return top.getTag().equals(Tag.NULL);
    }

    private static Optional<MappingNode> checked(Node top, String shown, Problems problems) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Node bad = tagOrAlias(top, seen);
        if (bad != null) {
            problems.syntax(new Problem(shown, bad.getStartMark().getLine() + 1, bad.getStartMark().getColumn() + 1,
                    "tags (!...) and aliases (*...) are not used here; write the value out"));
            return Optional.empty();
        }
        seen.forEach(node -> problems.came(node, shown));
        if (top instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        problems.at(top,
                "has no 'key: value' at its top; an inventory starts with routers:, servers:, checks:, services: or"
                        + " settings:, a playbook with when: or steps:, a dialect with prompt:");
        return Optional.empty();
    }

    private static Node tagOrAlias(Node node, Set<Node> seen) {
        boolean plain = node.getTag().getValue().matches(
                "tag:yaml.org,2002:(str|int|float|bool|null|timestamp|map|seq)");
        boolean shared = !seen.add(node) || node.getAnchor() != null;
        if (!plain || shared) {
            return node;
        }
        Node bad = null;
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                bad = bad == null ? tagOrAlias(tuple.getKeyNode(), seen) : bad;
                bad = bad == null ? tagOrAlias(tuple.getValueNode(), seen) : bad;
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                bad = bad == null ? tagOrAlias(item, seen) : bad;
            }
        }
        return bad;
    }

    private static Problem explain(MarkedYAMLException e, String text, String shown) {
        int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
        int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn();
        String around = text.lines().skip(Math.max(0, line - 1)).limit(2).reduce("", (a, b) -> a + "\n" + b);
        boolean ipv6 = around.matches("(?s).*[0-9a-fA-F]*::.*|.*[0-9a-fA-F]+:[0-9a-fA-F]+:[0-9a-fA-F]+:.*");
        String hint = ipv6 ? "; an IPv6 address must stand in quotes, like \"2001:db8::2\"" : "";
        String tab = around.contains("\t") ? "; YAML is indented with blanks, never with tabs" : "";
        return new Problem(shown, line + 1, column + 1, "not YAML: " + firstLine(e.getProblem()) + hint + tab);
    }

    private static String firstLine(String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
