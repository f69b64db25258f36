package net.reroute.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Answers;
import net.reroute.core.Dialect.Check;
import net.reroute.core.Dialect.Commit;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Dialect.Prompts;
import net.reroute.core.Dialect.Revert;
import net.reroute.core.Dialect.Ways;
import net.reroute.core.Dialect.Words;
import net.reroute.core.Dialect.Writing;
import net.reroute.core.Template;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads routers/NAME.yaml: of the home folder, else as it came with the program. */
final class DialectReader {

    /** The one that is a program and not a file. */
    static final String LINUX = "linux";
    private static final List<String> SHIPPED = List.of("cisco-ios", "cisco-nxos", "cisco-xr", "arista-eos", "frr",
            "vyos", "juniper-junos", "mikrotik");
    private static final String RESOURCES = "/routers/";
    private static final List<String> KEYS = List.of("device", "prompt", "mode", "open", "close", "lines",
            "login-suffix", "repaints",
            "pager", "questions", "refused", "denied", "locked", "passed", "noise", "words", "ipv4", "ipv6", "save",
            "revert", "commit");
    private static final List<String> FAMILY_KEYS = List.of("table", "route", "unused", "lookup", "found", "config",
            "line", "other", "add", "remove", "ping", "own");
    private static final Set<String> IN_TEMPLATES = Set.of("vrf", "prefix", "network", "mask", "hop", "distance", "tag",
            "interface", "address", "way");
    private static final Set<String> IN_PATTERNS = Set.of("prefix", "network", "mask", "hop", "distance", "tag",
            "interface", "vrf", "rest", "parent", "way", "attribute", "device", "recursive");
    /** "Password for admin:", "Enter the enable passcode:", "Enter PASSCODE:", "new password>". */
    private static final Pattern PASSWORD = Pattern
            .compile("(?i)\\b(pass ?(word|code|phrase)|passwd|secret|pin)\\b.{0,60}: *$|pass ?(word|code|phrase)> *$");
    private static final Pattern USERNAME = Pattern.compile("(?i)\\b(user ?(name|id)?|login( name)?)\\b.{0,60}: *$");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private final Path home;
    private final Problems problems;
    private final Map<String, Optional<Dialect>> read = new LinkedHashMap<>();
    /** Read once, and not before something is asked. */
    private List<Path> own;

    DialectReader(Path home, Problems problems) {
        this.home = home;
        this.problems = problems;
    }

    /** All that can be named in an inventory. */
    List<String> known() {
        Set<String> names = new TreeSet<>(SHIPPED);
        names.add(LINUX);
        own().forEach(file -> names.add(name(file)));
        return List.copyOf(names);
    }

    private List<Path> own() {
        if (own == null) {
            own = YamlFolder.files(home.resolve("routers"), "a dialect's file", problems);
        }
        return own;
    }

    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    /** Reads every file of the home folder, used or not, so that mistakes are told before they matter. */
    void readOwn() {
        own().forEach(file -> named(name(file)));
    }

    /** Empty if it has mistakes, which are then reported. */
    Optional<Dialect> named(String name) {
        if (!read.containsKey(name)) {
            read.put(name, read(name));
        }
        return read.get(name);
    }

    private Optional<Dialect> read(String name) {
        Path file = home.resolve("routers").resolve(name + ".yaml");
        int before = problems.count();
        Optional<MappingNode> top = Files.exists(file)
                ? YamlFile.read(file, InventoryReader.shown(file), problems)
                : YamlFile.read(shipped(name), name + ".yaml", problems);
        Optional<Dialect> dialect = top.map(node -> dialect(name, node));
        return problems.count() > before ? Optional.empty() : dialect;
    }

    /** Reads one file, wherever it is. */
    void check(Path file) {
        YamlFile.read(file, InventoryReader.shown(file), problems).ifPresent(node -> dialect(name(file), node));
    }

    private static String shipped(String name) {
        try (InputStream in = DialectReader.class.getResourceAsStream(RESOURCES + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dialect dialect(String name, MappingNode node) {
        Fields fields = new Fields(problems, "dialect " + name, node, KEYS);
        if (!fields.has("ipv4") && !fields.has("ipv6")) {
            fields.problem("prompt", "dialect " + name + " needs 'ipv4:' or 'ipv6:'");
        }
        return new Dialect(name, prompts(fields), ways(fields), answers(fields), family(fields, "ipv4"),
                family(fields, "ipv6"), writing(fields));
    }

    private static Prompts prompts(Fields fields) {
        Fields prompt = fields.needed("prompt", List.of("user", "privileged", "config", "password", "username"));
        return new Prompts(prompt.value("user", DialectReader::prompt),
                prompt.required("privileged", DialectReader::prompt).orElse(""),
                prompt.required("config", DialectReader::prompt).orElse(""),
                prompt.value("password", DialectReader::pattern).orElse(PASSWORD),
                prompt.value("username", DialectReader::pattern).orElse(USERNAME));
    }

    private static String prompt(String text) {
        if (!text.contains("{host}")) {
            throw new IllegalArgumentException("a prompt needs {host} for the device's name: '" + text + "'");
        }
        pattern(text.replace("{host}", "host"));
        return text;
    }

    private static Ways ways(Fields fields) {
        Fields mode = fields.needed("mode", List.of("privileged", "config", "leave"));
        return new Ways(mode.value("privileged", DialectReader::typed),
                mode.required("config", DialectReader::typed).orElse(""),
                mode.required("leave", DialectReader::typed).orElse(""), List.copyOf(fields.names("open").keySet()),
                fields.text("close").orElse("exit"), fields.text("login-suffix").orElse(""),
                fields.has("repaints") && fields.flag("repaints"),
                fields.has("lines") ? Optional.of(fields.count("lines", 5)) : Optional.empty());
    }

    private static Answers answers(Fields fields) {
        Map<Pattern, String> questions = new LinkedHashMap<>();
        fields.pairs("questions").forEach((text, answer) -> fields.parsedAs("questions", text, DialectReader::pattern)
                .ifPresent(p -> questions.put(p, answer)));
        return new Answers(fields.value("pager", DialectReader::pattern).orElse(Pattern.compile("--More--")), questions,
                patterns(fields, "refused"), patterns(fields, "denied"), patterns(fields, "locked"),
                patterns(fields, "passed"), patterns(fields, "noise"));
    }

    private static List<Pattern> patterns(Fields fields, String key) {
        List<Pattern> patterns = new ArrayList<>();
        fields.names(key).keySet()
                .forEach(text -> fields.parsedAs(key, text, DialectReader::pattern).ifPresent(patterns::add));
        return List.copyOf(patterns);
    }

    private Optional<Family> family(Fields fields, String key) {
        return fields.inner(key, FAMILY_KEYS).map(DialectReader::family);
    }

    private static Family family(Fields f) {
        List<Pattern> route = patterns(f, "route");
        List<Pattern> found = patterns(f, "found");
        for (String key : List.of("route", "found")) {
            boolean both = f.names(key).keySet().stream().anyMatch(p -> p.contains("(?<hop>"));
            if (!both) {
                f.problem(key, f.what() + " needs a pattern with a group (?<hop>...) in '" + key + ":'");
            }
        }
        return new Family(template(f, "table"), route, patterns(f, "unused"), template(f, "lookup"), found,
                template(f, "config"),
                f.required("line", DialectReader::line).orElse(Pattern.compile("")), patterns(f, "other"),
                template(f, "add"), removing(f), f.value("ping", DialectReader::template),
                f.value("own", DialectReader::template));
    }

    private static Pattern line(String text) {
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

    /** Without the next hop it would take every route of the prefix away. */
    private static Template removing(Fields f) {
        return f.required("remove", text -> {
            if (!text.contains("{hop}")) {
                throw new IllegalArgumentException("'remove' needs {hop}: without it every next hop would go");
            }
            return template(text);
        }).orElse(new Template(""));
    }

    private static Template template(Fields f, String key) {
        return f.required(key, DialectReader::template).orElse(new Template(""));
    }

    /** A line end in a line would be a second line that nobody waits for. */
    private static String typed(String text) {
        if (text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "a line to type is one line, without control characters: '" + text.strip() + "'");
        }
        return text;
    }

    private static Template template(String text) {
        typed(text);
        Template template = new Template(text);
        for (String name : template.names()) {
            if (!IN_TEMPLATES.contains(name)) {
                throw new IllegalArgumentException("unknown {" + name + "}"
                        + net.reroute.core.Names.didYouMean(name, IN_TEMPLATES) + "; known are "
                        + String.join(", ", new TreeSet<>(IN_TEMPLATES)));
            }
        }
        return template;
    }

    private static Pattern pattern(String text) {
        try {
            Pattern pattern = Pattern.compile(text);
            Matcher group = GROUP.matcher(text);
            while (group.find()) {
                if (!IN_PATTERNS.contains(group.group(1))) {
                    throw new IllegalArgumentException("unknown group (?<" + group.group(1) + ">...)"
                            + net.reroute.core.Names.didYouMean(group.group(1), IN_PATTERNS) + "; known are "
                            + String.join(", ", new TreeSet<>(IN_PATTERNS)));
                }
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + e.getDescription() + " near position "
                    + e.getIndex() + " in '" + text + "'", e);
        }
    }

    private static Writing writing(Fields fields) {
        Optional<Fields> save = fields.inner("save", List.of("type", "done", "inside"));
        Optional<Revert> revert = fields
                .inner("revert", List.of("probe", "usable", "begin", "keep", "check", "kept", "waiting"))
                .map(r -> new Revert(
                        line(r, "probe"), r.required("usable", DialectReader::pattern).orElse(Pattern.compile("")),
                        line(r, "begin"), line(r, "keep"), check(r)));
        Optional<Commit> commit = fields
                .inner("commit",
                        List.of("type", "planned", "keep", "compare", "discard", "inside", "check", "kept", "waiting"))
                .map(c -> new Commit(line(c, "type"), c.text("planned"), c.text("keep"), c.text("compare"),
                        line(c, "discard"), c.text("inside"), check(c)));
        return new Writing(save.map(s -> line(s, "type")), save.flatMap(s -> s.value("done", DialectReader::pattern)),
                save.map(s -> s.flag("inside")).orElse(false), revert, commit, words(fields));
    }

    /** A question without the answer that is hoped for tells nothing, nor the other way round. */
    private static Optional<Check> check(Fields fields) {
        return fields.has("check") || fields.has("kept") || fields.has("waiting")
                ? Optional.of(new Check(line(fields, "check"),
                        fields.required("kept", DialectReader::pattern).orElse(Pattern.compile("")),
                        fields.value("waiting", DialectReader::pattern)))
                : Optional.empty();
    }

    private static Words words(Fields fields) {
        Optional<Fields> words = fields.inner("words", List.of("values", "flags", "texts", "interfaces"));
        return new Words(words(words, "values"), words(words, "flags"), words(words, "texts"),
                words(words, "interfaces"));
    }

    private static List<String> words(Optional<Fields> words, String key) {
        return words.map(w -> List.copyOf(w.names(key).keySet())).orElse(List.of());
    }

    private static String line(Fields fields, String key) {
        return fields.required(key, DialectReader::typed).orElse("");
    }

    /** True if a file has prompts, which no inventory has. */
    static boolean isDialect(Path file) {
        return YamlFile.read(file, file.toString(), new Problems()).map(DialectReader::hasPrompt).orElse(false);
    }

    private static boolean hasPrompt(MappingNode top) {
        return top.getValue().stream().anyMatch(t -> t.getKeyNode() instanceof org.yaml.snakeyaml.nodes.ScalarNode s
                && s.getValue().equals("prompt"));
    }
}
