package net.reroute.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Endpoint;
import net.reroute.core.Frontend.Switched;
import net.reroute.core.Names;
import net.reroute.core.Prefix;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.SwitchSpec;
import net.reroute.core.SwitchSpec.Choose;
import net.reroute.core.SwitchSpec.LastWords;
import net.reroute.core.SwitchSpec.Limits;
import net.reroute.core.SwitchSpec.Protocol;
import net.reroute.core.SwitchSpec.Proxy;
import net.reroute.core.SwitchSpec.Waits;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a TCP switch. */
final class SwitchReader {

    private static final List<String> KEYS = List.of("listen", "backends", "checks", "choose", "weights", "retry",
            "say",
            "connect", "idle", "greets", "most", "per-source", "proxy-from", "proxy-to", "names", "soak",
            "agree");
    private static final List<String> PROTOCOLS = List.of("pop3", "imap", "smtp", "http", "lines");
    private static final Duration HELLO = Duration.ofSeconds(10);
    private static final int MOST = 10_000;
    private static final int LONGEST_TEXT = 400;

    /** In place of one that could not be read. */
    private static final Endpoint NOWHERE = new Endpoint(Address.parse("0.0.0.0"), 1);

    private final ProblemList problems;
    private final Sections sections;
    private final Map<String, CheckSpec> known;
    private final SwitchPlaces places;

    /**
     * @param servers that were read without mistakes
     * @param checks that were read without mistakes
     */
    SwitchReader(ProblemList problems, Sections sections, Map<String, Server> servers, Map<String, CheckSpec> checks) {
        this.known = checks;
        this.problems = problems;
        this.sections = sections;
        this.places = new SwitchPlaces(sections, servers);
    }

    Optional<Service> read(String name, Node node) {
        Fields fields = new Fields(problems, "switch " + name, node, KEYS);
        List.of("service", "server").stream().filter(what -> sections.names(what + "s").contains(name))
                .forEach(what -> problems.at(sections.key("switches", name), "there is a " + what + " " + name
                        + " already; name the switch otherwise"));
        Optional<Endpoint> listen = fields.required("listen", SwitchPlaces::listen);
        int before = problems.count();
        Map<String, Endpoint> backends = places.backends(fields, "backends", fields.words("backends"));
        if (backends.isEmpty() && problems.count() == before) {
            fields.problem("backends", fields.what() + " needs 'backends: [\"192.168.1.2:110\"]', or a server's name in"
                    + " place of its address");
        }
        listen.ifPresent(at -> SwitchPlaces.itself(fields, at, backends));
        listen.ifPresent(at -> places.alone(fields, name, at));
        List<String> checks = checks(fields);
        SwitchSpec spec = spec(fields, listen.orElse(NOWHERE), backends); // also tells what is wrong with the rest
        Rules rules = new Rules(Policy.ANY, Math.max(1, backends.size()), Service.Choose.ORDERED, true,
                fields.duration("soak", Duration.ZERO));
        return listen.filter(at -> !backends.isEmpty()).map(at -> new Service(name,
                new Switched(spec, places.behind(backends)),
                backends.values().stream().map(Endpoint::toString).toList(), checks, List.of("switch:" + name), rules,
                Optional.empty()));
    }

    private SwitchSpec spec(Fields fields, Endpoint at, Map<String, Endpoint> backends) {
        Duration retry = fields.duration("retry", Duration.ofSeconds(30));
        Waits waits = new Waits(fields.duration("connect", Duration.ofSeconds(3)),
                fields.duration("idle", Duration.ofHours(1)), fields.has("greets")
                        ? Optional.of(fields.duration("greets", HELLO))
                        : Optional.empty(),
                HELLO);
        return new SwitchSpec(at, List.copyOf(backends.values()),
                fields.choice("choose", Choose.class, Choose.IN_TURN), weights(fields, backends), retry,
                lastWords(fields, retry), waits,
                new Limits(fields.value("most", SwitchReader::most).orElse(MOST),
                        fields.has("per-source") ? fields.count("per-source", 1) : 0),
                proxy(fields), names(fields, backends));
    }

    // ---- the rest ------------------------------------------------------------------------------------------------

    private List<String> checks(Fields fields) {
        Map<String, Node> checks = fields.listed("checks");
        checks.forEach((check, at) -> {
            if (!sections.mayHave("checks", check)) {
                problems.at(at, "unknown check '" + check + "'" + Names.didYouMean(check, sections.names("checks")));
            } else if (known.containsKey(check) && known.get(check).perService()) {
                problems.at(at, "the check " + check + " asks about {service}, and a switch has no such address; use"
                        + " {server}");
            }
        });
        return List.copyOf(checks.keySet());
    }

    private static Map<Endpoint, Integer> weights(Fields fields, Map<String, Endpoint> backends) {
        Map<Endpoint, Integer> weights = new LinkedHashMap<>();
        fields.pairs("weights").forEach((text, weight) -> {
            if (!backends.containsKey(text) && fields.words("backends").contains(text)) {
                return; // what is wrong with it is told already
            }
            if (!backends.containsKey(text)) {
                fields.problem("weights", "'" + text + "' is none of the backends"
                        + Names.didYouMean(text, backends.keySet()));
            } else if (!weight.matches("[1-9]\\d{0,2}")) {
                fields.problem("weights", "a weight is from 1 to 999, not " + weight);
            } else {
                weights.put(backends.get(text), Integer.parseInt(weight));
            }
        });
        return weights;
    }

    private static Optional<LastWords> lastWords(Fields fields, Duration retry) {
        int before = fields.problems().count();
        Map<String, String> say = fields.pairs("say");
        if (!fields.has("say") || say.size() != 1 || !PROTOCOLS.contains(say.keySet().iterator().next())) {
            if (fields.has("say") && fields.problems().count() == before) {
                fields.problem("say", "'say' is {PROTOCOL: TEXT}, with one of " + String.join(", ", PROTOCOLS));
            }
            return Optional.empty();
        }
        String protocol = say.keySet().iterator().next();
        String text = say.get(protocol);
        boolean lines = protocol.equals("lines");
        if (text.isBlank() || text.length() > LONGEST_TEXT || !lines && text.chars().anyMatch(c -> c < ' ')) {
            fields.problem("say", "the text of 'say' is one line of at most " + LONGEST_TEXT + " characters"
                    + (lines ? ", or several for 'lines'" : ""));
        }
        return Optional.of(new LastWords(Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)), text, retry));
    }

    private static int most(String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(
                    "'most' is a number of connections from 1 to 999999, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static Proxy proxy(Fields fields) {
        List<Prefix> from = fields.words("proxy-from").stream()
                .flatMap(t -> fields.parsedAs("proxy-from", t, Prefix::parse).stream()).toList();
        int to = fields.value("proxy-to", text -> {
            if (!text.matches("v[12]")) {
                throw new IllegalArgumentException("'proxy-to' is v1 or v2, not '" + text + "'");
            }
            return text.charAt(1) - '0';
        }).orElse(0);
        return new Proxy(from, to);
    }

    private static Map<String, List<Endpoint>> names(Fields fields, Map<String, Endpoint> backends) {
        Map<String, List<Endpoint>> names = new LinkedHashMap<>();
        fields.lists("names").forEach((name, texts) -> {
            List<Endpoint> of = new ArrayList<>();
            DnsNameText.complaint(name).ifPresent(why -> fields.problem("names", why));
            if (name.startsWith("*")) {
                fields.problem("names", "'" + name + "' would match no name; write each name by itself");
            }
            texts.forEach(text -> {
                if (backends.containsKey(text)) {
                    of.add(backends.get(text));
                } else if (!fields.words("backends").contains(text)) {
                    fields.problem("names", "'" + text + "' is none of the backends"
                            + Names.didYouMean(text, backends.keySet()));
                }
            });
            names.put(name, of);
        });
        return names;
    }
}
