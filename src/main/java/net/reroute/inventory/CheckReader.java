package net.reroute.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.LoadPath;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Durations;
import net.reroute.core.HostHeader;
import net.reroute.ssh.Authorities;

/** Reads a check: its test and its timers. */
final class CheckReader {

    private static final List<String> KEYS = List.of("icmp", "tcp", "http", "host", "status", "body", "body-regex",
            "ca", "name", "load", "every", "fast", "timeout", "fall", "rise");
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern URL = Pattern
            .compile("(https?)://(\\{server}|\\{service}|\\[[^]]+]|[^/:]+)(?::(\\d{1,5}))?(/\\S*)?");
    private static final Pattern HOST_PORT = Pattern.compile("(\\{server}|\\{service}|\\[[^]]+]|[^:]+):(\\d{1,5})");

    private final LoginReader paths;

    CheckReader(LoginReader paths) {
        this.paths = paths;
    }

    Optional<CheckSpec> read(ProblemList problems, String name, org.yaml.snakeyaml.nodes.Node node) {
        Fields fields = new Fields(problems, "check " + name, node, KEYS);
        Timers timers = timers(fields);
        long kinds = List.of("icmp", "tcp", "http").stream().filter(fields::has).count();
        if (kinds != 1) {
            fields.problems().at(node,
                    "check " + name + " needs one of icmp, tcp and http" + (kinds > 1 ? ", not several" : ""));
            return Optional.empty();
        }
        onlyForHttp(fields);
        return test(fields).map(test -> new CheckSpec(name, test, timers));
    }

    private static void onlyForHttp(Fields fields) {
        List.of("host", "status", "body", "body-regex", "ca", "name", "load").stream()
                .filter(k -> fields.has(k) && !fields.has("http"))
                .forEach(k -> fields.problem(k, "'" + k + "' belongs to an http check"));
    }

    private Optional<? extends Test> test(Fields fields) {
        if (fields.has("icmp")) {
            return fields.value("icmp", text -> new Test.Icmp(target(text)));
        }
        if (fields.has("tcp")) {
            return fields.value("tcp", CheckReader::tcp);
        }
        Optional<String> host = fields.value("host", CheckReader::host);
        Optional<Request> request = fields.value("http", text -> request(text, host));
        Expected answer = new Expected(statuses(fields), fields.text("body"), fields.value("body-regex", this::regex));
        Optional<Path> ca = fields.value("ca", paths::path);
        ca.ifPresent(f -> authorities(fields, f));
        Optional<String> name = fields.value("name", text -> HostHeader.parse(text).name());
        Optional<LoadPath> load = fields.value("load", CheckReader::load);
        return request.map(r -> new Test.Http(r, answer, new CertificateTrust(ca, name), load));
    }

    /** A place in JSON, as {@code $.queues[0].length}; the beginning may be left out. */
    private static LoadPath load(String text) {
        String path = text.startsWith("$.") ? text.substring(2) : text;
        if (!path.matches("[\\w-]+(\\.[\\w-]+|\\[\\d{1,6}])*")) {
            throw new IllegalArgumentException("'" + text + "' is no place in JSON; write it like load: $.load or"
                    + " load: $.queues[0].length");
        }
        return new LoadPath(List.of(path.replace("]", "").split("[.\\[]")));
    }

    private static void authorities(Fields fields, Path ca) {
        if (!Files.isReadable(ca) || Files.isDirectory(ca)) {
            fields.problem("ca", "there is no readable file " + ca);
            return;
        }
        try {
            Authorities.trust(Optional.of(ca));
        } catch (IOException e) {
            fields.problem("ca", e.getMessage());
        }
    }

    /** The text as written; it is tried out with an address in place of the placeholders. */
    private static String host(String text) {
        HostHeader.parse(text.replace(CheckSpec.SERVER, "192.0.2.1").replace(CheckSpec.SERVICE, "192.0.2.1")
                .replace("[192.0.2.1]", "192.0.2.1"));
        return text;
    }

    private static Test tcp(String text) {
        Matcher match = HOST_PORT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT; write it like \"{server}:80\"");
        }
        HostPort.port(match.group(2));
        target(unbracketed(match.group(1)));
        return new Test.Tcp(text);
    }

    private static Request request(String text, Optional<String> host) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a URL; write it like \"http://{server}/\"");
        }
        boolean tls = url.group(1).equals("https");
        int usual = tls ? 443 : 80;
        int port = url.group(3) == null ? usual : HostPort.port(url.group(3));
        String path = url.group(4) == null ? "/" : url.group(4);
        return new Request(tls, site(url, text), port, path, host);
    }

    /** A name gets advice of its own: the address in the URL, the name under 'host'. */
    private static String site(Matcher url, String text) {
        String host = unbracketed(url.group(2));
        if (host.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?") && host.matches(".*[A-Za-z].*")) {
            throw new IllegalArgumentException("names are not looked up; write http: \"" + text.substring(0,
                    url.start(2)) + CheckSpec.SERVER + text.substring(url.end(2)) + "\", host: " + host);
        }
        return target(host);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Names are not looked up: a check must not fail because a name server does. */
    private static String target(String text) {
        if (text.equals("{server}") || text.equals("{service}")) {
            return text;
        }
        Address address = Address.parse(text);
        address.nobodys().ifPresent(what -> {
            throw new IllegalArgumentException("no machine answers at " + address + ": it is " + what);
        });
        return address.toString();
    }

    private String regex(String text) {
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'body-regex' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Set<Integer> statuses(Fields fields) {
        Set<Integer> statuses = new LinkedHashSet<>();
        fields.listed("status").forEach((text, node) -> {
            if (text.matches("1\\d\\d") && !text.equals("101")) {
                fields.problems().at(node, "'" + text + "' is an interim status, which is never the answer; write it"
                        + " like 200 or [200, 301]");
            } else if (text.matches("[1-5]\\d\\d")) {
                statuses.add(Integer.parseInt(text));
            } else {
                fields.problems().at(node, "'" + text + "' is not an HTTP status; write it like 200 or [200, 301]");
            }
        });
        return statuses;
    }

    private static Timers timers(Fields fields) {
        Duration every = fields.duration("every", Duration.ofSeconds(2));
        Duration fast = fields.duration("fast", shorter(every, Duration.ofMillis(500)));
        Duration timeout = fields.duration("timeout", shorter(every, Duration.ofSeconds(1)));
        compare(fields, every, fast, timeout);
        return new Timers(every, fast, timeout, fields.count("fall", 3), fields.count("rise", 3));
    }

    private static void compare(Fields fields, Duration every, Duration fast, Duration timeout) {
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            fields.problem("every", "'every' is from 10ms to 1d, not " + Durations.text(every));
        }
        if (fast.compareTo(every) > 0) {
            fields.problem("fast", "'fast' (" + Durations.text(fast) + ") is never longer than 'every' ("
                    + Durations.text(every) + ")");
        }
        if (timeout.compareTo(every) > 0) {
            fields.problem("timeout", "'timeout' (" + Durations.text(timeout) + ") is never longer than 'every' ("
                    + Durations.text(every) + "), or rounds would overlap");
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
