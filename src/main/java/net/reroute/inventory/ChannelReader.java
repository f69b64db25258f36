package net.reroute.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Channel;
import net.reroute.core.Channel.Format;
import net.reroute.core.Channel.Medium;
import net.reroute.core.Channel.Tls;
import net.reroute.core.Login.Secret;
import net.reroute.core.Names;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads channels, and the notification rules that use them. */
final class ChannelReader {

    private static final List<String> WAYS = List.of("mail", "webhook", "syslog", "command");
    private static final List<String> KEYS = Fields.keys(WAYS, List.of("keep", "from", "smtp", "tls", "user",
            "password", "ca", "format", "secret", "server"));
    private static final Map<String, List<String>> OWN = Map.of("mail",
            List.of("from", "smtp", "tls", "user", "password", "ca"), "webhook", List.of("format", "secret", "ca"),
            "syslog",
            List.of("server"), "command", List.of());
    private static final List<String> RULE_KEYS = List.of("to", "severity", "services", "servers", "quiet", "zone",
            "group");
    private static final String MAIL_ADDRESS = "[^\\s@<>,;\"\\\\\\p{Cntrl}]+@[A-Za-z0-9._-]+";
    private static final Set<String> FACILITIES = Set.of("kern", "user", "mail", "daemon", "auth", "syslog", "lpr",
            "news", "uucp", "cron", "authpriv", "ftp", "local0", "local1", "local2", "local3", "local4", "local5",
            "local6", "local7");
    private static final int SUBMISSION = 587;
    private static final int SYSLOG = 514;

    private final ProblemList problems;
    private final LoginReader logins;

    ChannelReader(ProblemList problems, LoginReader logins) {
        this.problems = problems;
        this.logins = logins;
    }

    Optional<Channel> channel(String name, Node node) {
        Fields fields = new Fields(problems, "channel " + name, node, KEYS);
        List<String> ways = WAYS.stream().filter(fields::has).toList();
        if (ways.size() != 1) {
            fields.problems().at(node, fields.what() + " needs " + (ways.isEmpty() ? "" : "only ") + "one of "
                    + String.join(", ", ways.isEmpty() ? WAYS : ways));
            return Optional.empty();
        }
        KEYS.stream().filter(k -> fields.has(k) && !k.equals("keep") && !k.equals(ways.getFirst())
                && !OWN.get(ways.getFirst()).contains(k)).forEach(k -> fields.problem(k,
                        "'" + k + "' is nothing for "
                                + ways.getFirst() + ", as in " + fields.what()));
        Duration keep = fields.duration("keep", Duration.ofDays(7));
        return way(ways.getFirst(), fields).map(way -> new Channel(name, way, keep));
    }

    private Optional<Medium> way(String kind, Fields fields) {
        return switch (kind) {
            case "mail" -> mail(fields);
            case "webhook" -> webhook(fields);
            case "syslog" -> syslog(fields);
            default -> command(fields);
        };
    }

    private static Optional<Medium> command(Fields fields) {
        List<String> words = fields.words("command");
        if (words.isEmpty()) {
            fields.problem("command", fields.what() + " needs a list of words like [/usr/local/bin/page, ops]");
            return Optional.empty();
        }
        if (words.size() == 1 && words.getFirst().contains(" ")) {
            fields.problem("command", fields.what() + " is given words and no shell reads them: write ["
                    + String.join(", ", words.getFirst().strip().split("\\s+")) + "]");
        }
        return Optional.of(new Medium.Command(words));
    }

    private Optional<Medium> mail(Fields fields) {
        List<String> to = fields.words("mail").stream()
                .flatMap(a -> fields.parsedAs("mail", a, ChannelReader::mailAddress).stream()).toList();
        Optional<String> from = fields.required("from", ChannelReader::mailAddress);
        Optional<String> smtp = fields.required("smtp", ChannelReader::hostAndPort);
        Tls tls = fields.choice("tls", Tls.class, Tls.STARTTLS);
        Optional<String> user = fields.text("user");
        Optional<Secret> password = logins.secret(fields, "password");
        if (user.isPresent() != password.isPresent()) {
            fields.problem("user", fields.what() + " needs both of 'user:' and 'password:', or neither");
        }
        if (tls == Tls.NONE && user.isPresent()) {
            fields.problem("tls", "a password is not sent without TLS; leave 'tls: none' or 'user:' out");
        }
        Optional<Path> ca = fields.value("ca", logins::path);
        return smtp.flatMap(s -> from.map(f -> new Medium.Mail(to, f, host(s), port(s, SUBMISSION), tls, user, password,
                ca)));
    }

    private static String mailAddress(String text) {
        if (!text.matches(MAIL_ADDRESS)) {
            throw new IllegalArgumentException("'" + text + "' is no mail address");
        }
        return text;
    }

    private static String hostAndPort(String text) {
        if (!text.matches("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(:\\d{1,5})?")) {
            throw new IllegalArgumentException("'" + text + "' is not HOST or HOST:PORT");
        }
        HostPort.port(Integer.toString(port(text, SUBMISSION)));
        return text;
    }

    private static String host(String text) {
        return text.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
    }

    private static int port(String text, int otherwise) {
        return text.matches(".*[\\w\\]]:\\d+") ? Integer.parseInt(text.replaceFirst(".*:", "")) : otherwise;
    }

    private Optional<Medium> webhook(Fields fields) {
        boolean inTheOpen = fields.node("webhook") instanceof ScalarNode;
        Optional<URI> url = inTheOpen ? fields.value("webhook", ChannelReader::url) : Optional.empty();
        Optional<Secret> hidden = inTheOpen ? Optional.empty() : logins.secret(fields, "webhook");
        return url.isPresent() || hidden.isPresent()
                ? Optional.of(new Medium.Webhook(url, hidden, fields.choice("format", Format.class, Format.JSON),
                        logins.secret(fields, "secret"), fields.value("ca", logins::path)))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException if the text is no URL */
    static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && url.getUserInfo() == null
                    && List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not like https://host/path; secrets stand in 'secret:'");
    }

    private static Optional<Medium> syslog(Fields fields) {
        Optional<String> facility = fields.value("syslog", ChannelReader::facility);
        Optional<String> server = fields.value("server", ChannelReader::syslogServer);
        return facility.map(f -> new Medium.Syslog(f, server.map(s -> host(s.substring("udp://".length()))),
                server.map(s -> port(s.substring("udp://".length()), SYSLOG)).orElse(SYSLOG),
                server.filter(s -> s.startsWith("tcp")).isPresent()));
    }

    private static String facility(String text) {
        if (!FACILITIES.contains(text)) {
            String meant = Names.didYouMean(text, FACILITIES);
            throw new IllegalArgumentException("'" + text + "' is no syslog facility"
                    + (meant.isEmpty() ? "; write one like daemon or local0" : meant));
        }
        return text;
    }

    private static String syslogServer(String text) {
        if (!text.matches("(udp|tcp)://.+")) {
            throw new IllegalArgumentException("'" + text + "' is not like udp://HOST:514 or tcp://HOST:514");
        }
        hostAndPort(text.substring("udp://".length()));
        return text;
    }

    // ---- rules ---------------------------------------------------------------------------------------------------

    Optional<NotificationRule> rule(String name, Node node, Sections known) {
        Fields fields = new Fields(problems, "notify " + name, node, RULE_KEYS);
        List<String> to = names(fields, "to", "channels", known);
        if (!fields.has("to")) {
            fields.problems().at(node, fields.what() + " needs 'to:', names of channels");
        }
        return Optional.of(new NotificationRule(name, to, fields.choice("severity", Severity.class, Severity.WARNING),
                names(fields, "services", "services", known), names(fields, "servers", "servers", known),
                TimeFields.hours(fields, "quiet"),
                fields.duration("group", Duration.ofMinutes(1))));
    }

    private List<String> names(Fields fields, String key, String section, Sections known) {
        fields.listed(key).forEach((name, place) -> {
            if (!known.mayHave(section, name)) {
                problems.at(place, "no " + section.substring(0, section.length() - 1) + " '" + name + "'"
                        + Names.didYouMean(name, known.names(section)));
            }
        });
        return List.copyOf(fields.listed(key).keySet());
    }
}
