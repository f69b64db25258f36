package net.reroute.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Answers;
import net.reroute.core.Dialect.Bgp;
import net.reroute.core.Dialect.BgpFamily;
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

/** Makes a dialect of the nodes of its file. */
final class DialectReader {

    private static final List<String> KEYS = List.of("device", "prompt", "mode", "open", "close", "lines",
            "login-suffix", "repaints", "pager", "questions", "refused", "denied", "locked", "passed", "noise", "words",
            "ipv4", "ipv6", "save",
            "revert", "commit", "bgp");
    private static final List<String> FAMILY_KEYS = List.of("table", "route", "unused", "lookup", "found", "config",
            "line", "other", "add", "remove", "ping", "own");
    private static final List<String> REVERT_KEYS = List.of("probe", "usable", "begin", "keep", "check", "kept",
            "waiting");
    private static final List<String> COMMIT_KEYS = List.of("type", "planned", "keep", "compare", "discard", "inside",
            "check", "kept", "waiting");
    /** "Password for admin:", "Enter the enable passcode:", "Enter PASSCODE:", "new password>". */
    private static final Pattern PASSWORD = Pattern
            .compile("(?i)\\b(pass ?(word|code|phrase)|passwd|secret|pin)\\b.{0,60}: *$|pass ?(word|code|phrase)> *$");
    private static final Pattern USERNAME = Pattern.compile("(?i)\\b(user ?(name|id)?|login( name)?)\\b.{0,60}: *$");

    private DialectReader() {}

    /** Reads a dialect. Parts with mistakes are reported and left empty. */
    static Dialect read(ProblemList problems, String name, MappingNode node) {
        Fields fields = new Fields(problems, "dialect " + name, node, KEYS);
        if (!fields.has("ipv4") && !fields.has("ipv6")) {
            fields.problem("prompt", "dialect " + name + " needs 'ipv4:' or 'ipv6:'");
        }
        return new Dialect(name, prompts(fields), ways(fields), answers(fields), family(fields, "ipv4"),
                family(fields, "ipv6"), writing(fields), bgp(fields));
    }

    private static Prompts prompts(Fields fields) {
        Fields prompt = fields.needed("prompt", List.of("user", "privileged", "config", "password", "username"));
        return new Prompts(prompt.value("user", DialectText::prompt),
                prompt.required("privileged", DialectText::prompt).orElse(""),
                prompt.required("config", DialectText::prompt).orElse(""),
                prompt.value("password", DialectText::pattern).orElse(PASSWORD),
                prompt.value("username", DialectText::pattern).orElse(USERNAME));
    }

    private static Ways ways(Fields fields) {
        Fields mode = fields.needed("mode", List.of("privileged", "config", "leave"));
        return new Ways(mode.value("privileged", DialectText::typed),
                mode.required("config", DialectText::typed).orElse(""),
                mode.required("leave", DialectText::typed).orElse(""), List.copyOf(fields.names("open").keySet()),
                fields.text("close").orElse("exit"), fields.text("login-suffix").orElse(""),
                fields.has("repaints") && fields.flag("repaints"),
                fields.has("lines") ? Optional.of(fields.count("lines", 5)) : Optional.empty());
    }

    private static Answers answers(Fields fields) {
        Map<Pattern, String> questions = new LinkedHashMap<>();
        fields.pairs("questions").forEach((text, answer) -> fields.parsedAs("questions", text, DialectText::pattern)
                .ifPresent(p -> questions.put(p, answer)));
        return new Answers(fields.value("pager", DialectText::pattern).orElse(Pattern.compile("--More--")), questions,
                patterns(fields, "refused"), patterns(fields, "denied"), patterns(fields, "locked"),
                patterns(fields, "passed"), patterns(fields, "noise"));
    }

    private static List<Pattern> patterns(Fields fields, String key) {
        List<Pattern> patterns = new ArrayList<>();
        fields.names(key).keySet()
                .forEach(text -> fields.parsedAs(key, text, DialectText::pattern).ifPresent(patterns::add));
        return List.copyOf(patterns);
    }

    private static Optional<Family> family(Fields fields, String key) {
        return fields.inner(key, FAMILY_KEYS).map(DialectReader::family);
    }

    private static Family family(Fields f) {
        List<Pattern> route = patterns(f, "route");
        List<Pattern> found = patterns(f, "found");
        List.of("route", "found").forEach(key -> requireHop(f, key));
        return new Family(template(f, "table"), route, patterns(f, "unused"), template(f, "lookup"), found,
                template(f, "config"),
                f.required("line", DialectText::route).orElse(Pattern.compile("")), patterns(f, "other"),
                template(f, "add"), f.required("remove", DialectText::remove).orElse(new Template("")),
                f.value("ping", DialectText::template),
                f.value("own", DialectText::template));
    }

    private static Optional<Bgp> bgp(Fields fields) {
        return fields.inner("bgp", List.of("config", "ipv4", "ipv6"))
                .map(b -> new Bgp(line(b, "config"), announcing(b, "ipv4"), announcing(b, "ipv6")));
    }

    private static Optional<BgpFamily> announcing(Fields fields, String key) {
        return fields.inner(key, List.of("enter", "network", "paths"))
                .map(f -> new BgpFamily(line(f, "enter"), template(f, "network"), template(f, "paths")));
    }

    private static void requireHop(Fields f, String key) {
        if (f.names(key).keySet().stream().noneMatch(p -> p.contains("(?<hop>"))) {
            f.problem(key, f.what() + " needs a pattern with a group (?<hop>...) in '" + key + ":'");
        }
    }

    private static Template template(Fields f, String key) {
        return f.required(key, DialectText::template).orElse(new Template(""));
    }

    private static Writing writing(Fields fields) {
        Optional<Fields> save = fields.inner("save", List.of("type", "done", "inside"));
        Optional<Revert> revert = fields.inner("revert", REVERT_KEYS).map(r -> new Revert(line(r, "probe"),
                r.required("usable", DialectText::pattern).orElse(Pattern.compile("")), line(r, "begin"),
                line(r, "keep"), check(r)));
        Optional<Commit> commit = fields.inner("commit", COMMIT_KEYS).map(c -> new Commit(line(c, "type"),
                c.text("planned"), c.text("keep"), c.text("compare"), line(c, "discard"), c.text("inside"), check(c)));
        return new Writing(save.map(s -> line(s, "type")), save.flatMap(s -> s.value("done", DialectText::pattern)),
                save.map(s -> s.flag("inside")).orElse(false), revert, commit, words(fields));
    }

    /** A question is of no use without the expected answer, nor the answer without the question. */
    private static Optional<Check> check(Fields fields) {
        return fields.has("check") || fields.has("kept") || fields.has("waiting")
                ? Optional.of(new Check(line(fields, "check"),
                        fields.required("kept", DialectText::pattern).orElse(Pattern.compile("")),
                        fields.value("waiting", DialectText::pattern)))
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
        return fields.required(key, DialectText::typed).orElse("");
    }
}
