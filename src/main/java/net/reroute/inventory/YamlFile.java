package net.reroute.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.ssh.Permissions;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** One YAML file as nodes with their places. Aliases and tags are refused: only YAML bombs need them. */
final class YamlFile {

    /** Some 100,000 services, which need half a gigabyte of memory for a moment. */
    private static final int MOST_BYTES = 12 << 20;

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP,
            Tag.MAP, Tag.SEQ);
    private static final Pattern NEEDS_QUOTES = Pattern.compile("alias|anchor|tag|cannot start any token");

    static final String TOO_MUCH = "is more than 12 MB, which is some 100,000 services and more than there is memory for";

    private YamlFile() {}

    /** Whether the files together exceed the limit. A file that cannot be examined is reported when it is read. */
    static boolean isTooMuch(List<Path> files) {
        long size = 0;
        for (Path file : files) {
            try {
                size += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                return false;
            }
        }
        return size > MOST_BYTES;
    }

    /** The top mapping; empty if the file is empty or has mistakes, which are reported. */
    static Optional<MappingNode> read(Path file, ProblemList problems) {
        Optional<String> complaint = YamlFolder.notAFile(file).or(() -> Permissions.writable(file));
        if (complaint.isPresent()) {
            problems.unread(file, complaint.get());
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                problems.unread(file, TOO_MUCH);
                return Optional.empty();
            }
            String shown = Problem.shown(file);
            return FileText.of(bytes, shown, problems).flatMap(text -> compose(text, shown, problems));
        } catch (IOException e) {
            problems.unread(file, YamlFolder.reason(file, e));
        }
        return Optional.empty();
    }

    /** A text that is shipped with the program. */
    static Optional<MappingNode> read(String text, String shown, ProblemList problems) {
        return compose(text, shown, problems);
    }

    private static Optional<MappingNode> compose(String text, String shown, ProblemList problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setNestingDepthLimit(20);
        try {
            Node top = new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(),
                    options).compose(new StringReader(withoutTabsOfJson(text)));
            return top == null || isNothing(top) ? Optional.empty() : checked(top, shown, problems);
        } catch (MarkedYAMLException e) {
            problems.syntax(explain(e, text, shown));
        } catch (YAMLException e) {
            problems.syntax(new Problem(shown, 1, 1, "is not YAML: " + firstLine(e.getMessage())));
        }
        return Optional.empty();
    }

    /** JSON is YAML except for tabs between values; its texts contain no tabs. */
    private static String withoutTabsOfJson(String text) {
        return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
    }

    private static boolean isNothing(Node top) {
        return top.getTag().equals(Tag.NULL);
    }

    private static Optional<MappingNode> checked(Node top, String shown, ProblemList problems) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Node bad = tagOrAlias(top, seen);
        if (bad != null) {
            problems.syntax(new Problem(shown, bad.getStartMark().getLine() + 1, bad.getStartMark().getColumn() + 1,
                    "tags (!...) and aliases (*...) are not used here; write the value out"
                            + (bad instanceof ScalarNode ? ", in quotes if it is a text" : "")));
            return Optional.empty();
        }
        seen.forEach(node -> problems.came(node, shown));
        if (top instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        problems.syntax(new Problem(shown, top.getStartMark().getLine() + 1, top.getStartMark().getColumn() + 1,
                "has no 'key: value' at its top; an inventory starts with routers:, servers:, checks:, services: or"
                        + " settings:, a playbook with when: or steps:, a dialect with prompt:"));
        return Optional.empty();
    }

    private static Node tagOrAlias(Node node, Set<Node> seen) {
        boolean plain = PLAIN.contains(node.getTag());
        boolean shared = !seen.add(node) || node.getAnchor() != null;
        if (!plain || shared) {
            return node;
        }
        for (Node child : children(node)) {
            Node bad = tagOrAlias(child, seen);
            if (bad != null) {
                return bad;
            }
        }
        return null;
    }

    private static List<Node> children(Node node) {
        return switch (node) {
            case MappingNode mapping -> mapping.getValue().stream()
                    .flatMap(t -> Stream.of(t.getKeyNode(), t.getValueNode())).toList();
            case SequenceNode sequence -> sequence.getValue();
            default -> List.of();
        };
    }

    private static Problem explain(MarkedYAMLException e, String text, String shown) {
        int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
        int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn();
        String around = text.lines().skip(Math.max(0, line - 1)).limit(2).reduce("", (a, b) -> a + "\n" + b);
        boolean ipv6 = around.matches("(?s).*[0-9a-fA-F]*::.*|.*[0-9a-fA-F]+:[0-9a-fA-F]+:[0-9a-fA-F]+:.*");
        String hint = ipv6 ? "; an IPv6 address must stand in quotes, like \"2001:db8::2\"" : "";
        String tab = around.contains("\t") ? "; YAML is indented with blanks, never with tabs" : "";
        String sign = NEEDS_QUOTES.matcher(String.valueOf(e.getProblem())).find() && tab.isEmpty()
                ? "; a text that begins with such a sign stands in quotes"
                : "";
        String what = firstLine(e.getProblem()).equals("but found another document")
                ? "a second document begins here; a file is one, so take the '---' away"
                : firstLine(e.getProblem());
        return new Problem(shown, line + 1, column + 1, "not YAML: " + what + hint + tab + sign);
    }

    private static String firstLine(String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
