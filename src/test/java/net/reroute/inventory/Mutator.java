package net.reroute.inventory;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Slips of the pen in a YAML file, by chance and repeatable. */
final class Mutator {

    /** Values of every wrong kind, and some that are right elsewhere. */
    private static final List<String> VALUES = List.of("", "~", "\"\"", "[]", "{}", "[a, b]", "{a: b}", "[[a]]",
            "[host1]", "host1 host2", "host1, host2", "{host1: , host2: }", "7", "-1", "0", "1e9",
            "99999999999999999999", "999999999d", "9999", "yes", "no", "2s", "2 s", "1d", "0s", "36500d", "5min",
            "192.168.1.33", "192.168.1.0/24", "192.168.1.33/27", "0.0.0.0/0", "\"::/0\"", "224.0.0.5", "224.0.0.0/24",
            "255.255.255.255", "0.0.0.0", "127.0.0.1", "192.168.1.1", "192.168.1.2", "www.example.com", "a_b",
            "192.168.1.2:99999", "192.168.1.32/255.255.255.224", "\"2001:db8::2\"", "2001:db8::2", "\"fe80::2\"",
            "\"fe80::2%eth0\"", "\"[fe80::2]:22\"", "\"2001:db8::2%eth0\"", "\"{server}\"", "{server}",
            "\"{nobody}\"", "\"http://{service}/\"", "http://[", "\"(\"", "\"(?<x>a)\"", "\"(?<hop>a\"",
            "\"a{99999999}\"",
            "\"*\"", "\"[\"", "\"\\0\"", "\"a\\0b\"", "\"\\e[2J\"", "\"a\\nb\"", "\"\\uFEFF\\u00a0\"", "\"a b\"",
            "'''", "\"", "!!binary abc", "!x y", "&a b", "*a", "<<", "=", "\uD83D\uDE00", "\u4e2d\u6587", "\u00a0",
            "\u0661\u0662", "linux", "cisco-ios", "frr", "arp", "root", "file", "\"0 0 4 * * ?\"", "\"* * * * *\"",
            "22:00-06:00", "99:99-00:00", "Europe/Berlin", "Nowhere/Else", "true", "/dev/full", "/", "..", "~/x",
            "status", "lan", "before-move", "server-down", "sudo", "| \n    text", "x".repeat(3000),
            "\"" + "(".repeat(300) + "\"", "[" + "a, ".repeat(300) + "b]");

    private final String original;
    private final List<NodeTuple> ofOriginal;
    private final Random random = new Random();
    private final StringBuilder done = new StringBuilder();

    Mutator(String original) {
        this.original = original;
        this.ofOriginal = tuples(original);
    }

    /** The text with one or two slips, the same for the same seed. */
    String mutant(long seed) {
        random.setSeed(seed);
        done.setLength(0);
        String mutant = original;
        for (int slips = 1 + random.nextInt(6) / 3; slips > 0; slips--) {
            mutant = slip(mutant);
        }
        return mutant;
    }

    /** What was done, for a failed test. */
    String done() {
        return done.toString();
    }

    private String slip(String text) {
        List<NodeTuple> tuples = text.equals(original) ? ofOriginal : tuples(text);
        return tuples.isEmpty() || random.nextInt(4) == 0 ? line(text) : tuple(text, tuples);
    }

    /** None if it is not YAML any more; its lines still are lines. */
    private static List<NodeTuple> tuples(String text) {
        List<NodeTuple> found = new ArrayList<>();
        try {
            collect(compose(text), found);
        } catch (YAMLException e) {
            found.clear();
        }
        return found;
    }

    private static Node compose(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    }

    private static void collect(Node node, List<NodeTuple> into) {
        if (node instanceof MappingNode mapping) {
            into.addAll(mapping.getValue());
            mapping.getValue().forEach(t -> collect(t.getValueNode(), into));
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(n -> collect(n, into));
        }
    }

    private String tuple(String text, List<NodeTuple> tuples) {
        NodeTuple one = any(tuples);
        NodeTuple other = any(tuples);
        int key = one.getKeyNode().getStartMark().getIndex();
        int keyEnd = one.getKeyNode().getEndMark().getIndex();
        int value = one.getValueNode().getStartMark().getIndex();
        int end = one.getValueNode().getEndMark().getIndex();
        int kind = random.nextInt(8);
        done.append(" [").append(kind).append(" at ").append(key).append(']');
        return switch (kind) {
            case 0 -> splice(text, key, afterComma(text, end), ""); // dropped
            case 1 -> splice(text, key, keyEnd, misspelt(text.substring(key, keyEnd)));
            case 2 -> splice(text, key, key, text.substring(key, end) + separator(text, key)); // doubled
            case 3, 4, 5 -> splice(text, value, end, any(VALUES));
            case 6 -> swapped(text, one.getValueNode(), other.getValueNode());
            default -> splice(text, key, keyEnd, any(VALUES));
        };
    }

    private static int afterComma(String text, int end) {
        return end < text.length() && text.charAt(end) == ',' ? end + 1 : end;
    }

    /** In one line with others a comma, else a line end and the same indentation. */
    private static String separator(String text, int key) {
        String before = text.substring(text.lastIndexOf('\n', Math.max(0, key - 1)) + 1, key);
        return before.isBlank() ? "\n" + before : ", ";
    }

    private String misspelt(String word) {
        int at = random.nextInt(Math.max(1, word.length()));
        return switch (random.nextInt(4)) {
            case 0 -> splice(word, at, Math.min(word.length(), at + 1), "");
            case 1 -> splice(word, at, at, "x");
            case 2 -> word.toUpperCase(java.util.Locale.ROOT);
            default -> new StringBuilder(word).reverse().toString();
        };
    }

    private static String swapped(String text, Node a, Node b) {
        boolean ordered = a.getEndMark().getIndex() <= b.getStartMark().getIndex();
        Node first = ordered ? a : b;
        Node second = ordered ? b : a;
        int from = first.getStartMark().getIndex();
        int to = first.getEndMark().getIndex();
        int from2 = second.getStartMark().getIndex();
        int to2 = second.getEndMark().getIndex();
        return to > from2
                ? text // one in the other
                : splice(splice(text, from2, to2, text.substring(from, to)), from, to, text.substring(from2, to2));
    }

    private String line(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int kind = random.nextInt(8);
        done.append(" [line ").append(at + 1).append(' ').append(kind).append(']');
        switch (kind) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, " " + line);
            case 3 -> lines.set(at, line.replaceFirst("^ {1,2}", ""));
            case 4 -> lines.set(at, "\t" + line.stripLeading());
            case 5 -> lines.set(at, line.replaceFirst("[\"'{}\\[\\],:]", ""));
            case 6 -> lines.set(at, any(lines));
            default -> lines.set(at, odd(line));
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private String odd(String line) {
        int at = random.nextInt(line.length() + 1);
        String sign = any(List.of("\"", "'", "{", "]", ":", "-", "#", "\u00a0", "\u200b", "\uFEFF", "&", "*", "\0",
                "\u001b", "%", "?", "|"));
        return splice(line, at, at, sign);
    }

    private static String splice(String text, int from, int to, String instead) {
        return text.substring(0, from) + instead + text.substring(to);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
