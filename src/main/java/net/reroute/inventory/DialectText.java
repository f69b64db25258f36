package net.reroute.inventory;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.reroute.core.Names;
import net.reroute.core.Template;

/**
 * The texts of a dialect, checked: lines to type, templates, patterns. Each method throws IllegalArgumentException with
 * a sentence for the admin.
 */
final class DialectText {

    private static final Set<String> IN_TEMPLATES = Set.of("vrf", "prefix", "network", "mask", "hop", "distance", "tag",
            "interface", "address", "way");
    private static final Set<String> IN_PATTERNS = Set.of("prefix", "network", "mask", "hop", "distance", "tag",
            "interface", "vrf", "rest", "parent", "way", "attribute", "device", "recursive");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private DialectText() {}

    static String prompt(String text) {
        if (!text.contains("{host}")) {
            throw new IllegalArgumentException("a prompt needs {host} for the device's name: '" + text + "'");
        }
        pattern(text.replace("{host}", "host"));
        return text;
    }

    /** A pattern for the lines of a configuration that are routes. */
    static Pattern route(String text) {
        Pattern pattern = pattern(text);
        Set<String> groups = pattern.namedGroups().keySet();
        boolean prefix = groups.contains("prefix") || groups.containsAll(Set.of("network", "mask"));
        if (!prefix || !groups.contains("hop") && !groups.contains("rest")) {
            throw new IllegalArgumentException(
                    "'line' needs a group (?<prefix>...), or (?<network>...) and (?<mask>...), and"
                            + " (?<hop>...) or (?<rest>...)");
        }
        return pattern;
    }

    /** Without the next hop the line would remove every route of the prefix. */
    static Template remove(String text) {
        if (!text.contains("{hop}")) {
            throw new IllegalArgumentException("'remove' needs {hop}: without it every next hop would go");
        }
        return template(text);
    }

    /** A line end inside a line would be a second line, whose answer is never read. */
    static String typed(String text) {
        if (text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "a line to type is one line, without control characters: '" + text.strip() + "'");
        }
        return text;
    }

    static Template template(String text) {
        Template template = new Template(typed(text));
        template.names().forEach(name -> known(name, IN_TEMPLATES, "{" + name + "}"));
        return template;
    }

    static Pattern pattern(String text) {
        try {
            Pattern pattern = Pattern.compile(text);
            GROUP.matcher(text).results().map(m -> m.group(1))
                    .forEach(name -> known(name, IN_PATTERNS, "group (?<" + name + ">...)"));
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + e.getDescription() + " near position "
                    + e.getIndex() + " in '" + text + "'", e);
        }
    }

    private static void known(String name, Set<String> names, String written) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("unknown " + written + Names.didYouMean(name, names) + "; known are "
                    + String.join(", ", new TreeSet<>(names)));
        }
    }
}
