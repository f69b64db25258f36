package net.reroute.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Dialect;
import net.reroute.core.FlowMarks;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;
import net.reroute.core.RouterSpec;
import net.reroute.core.RouterSpec.Cli;
import net.reroute.core.RouterSpec.Save;
import net.reroute.core.RouterSpec.SessionKeeping;

/** Reads an entry of routers: and looks up its dialect. */
final class RouterReader {

    static final List<String> KEYS = List.of("dialect", "address", "table", "vrf", "session", "enable", "save",
            "distance", "quiet", FlowReader.KEY);
    private static final List<String> CLI_ONLY = List.of("vrf", "enable", "save", "distance", "quiet");
    private static final List<String> LINUX_ONLY = List.of("table", "become", FlowReader.KEY);
    private static final int MOST_DISTANCE = 254;
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Duration LEAST_QUIET = Duration.ofMillis(20);
    private static final Duration MOST_QUIET = Duration.ofSeconds(5);

    private final LoginReader logins;
    private final DialectFiles dialects;

    RouterReader(LoginReader logins, DialectFiles dialects) {
        this.logins = logins;
        this.dialects = dialects;
    }

    Optional<RouterSpec> read(String name, Fields fields, HostPort at) {
        Optional<String> dialect = fields.required("dialect", this::known);
        Login login = logins.read(fields, at);
        SessionKeeping session = fields.choice("session", SessionKeeping.class, SessionKeeping.WARM);
        if (dialect.isEmpty()) {
            return Optional.empty();
        }
        boolean linux = dialect.get().equals(DialectFiles.LINUX);
        (linux ? CLI_ONLY : LINUX_ONLY).stream().filter(fields::has).forEach(key -> fields.problem(key,
                "'" + key + "' means nothing to dialect " + dialect.get() + "; " + instead(key)));
        Optional<String> table = fields.value(linux ? "table" : "vrf", RouterReader::table);
        if (linux) {
            FlowMarks marks = FlowReader.router(fields);
            table.filter(marks::hasTable).ifPresent(t -> fields.problem("table", "the table " + t
                    + " is one of those that keep connections; write another, or flows: {tables: ...}"));
            return Optional
                    .of(new RouterSpec(name, dialect.get(), login, table, session, Optional.empty()).with(marks));
        }
        return dialects.named(dialect.get()).map(d -> new RouterSpec(name, d.name(), login, table, session,
                Optional.of(cli(fields, d))));
    }

    private String known(String dialect) {
        dialects.unknown(dialect).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return dialect;
    }

    private static String instead(String key) {
        return switch (key) {
            case "table" -> "a VRF is written vrf: NAME";
            case "vrf" -> "another table is written table: NAME";
            case FlowReader.KEY -> "connections are kept by routers with Linux; take it away";
            case "become" -> "a privileged mode's password is written enable: {file: FILE}";
            default -> "leave it out";
        };
    }

    private Cli cli(Fields fields, Dialect dialect) {
        Optional<Secret> enable = logins.secret(fields, "enable");
        if (enable.isPresent() && dialect.ways().enable().isEmpty()) {
            fields.problem("enable", "dialect " + dialect.name() + " has no privileged mode to enter; leave it out");
        }
        Save save = fields.choice("save", Save.class, Save.NEVER);
        if (save != Save.NEVER && dialect.writing().save().isEmpty()) {
            fields.problem("save", "dialect " + dialect.name() + " does not say how to save; what is changed there is"
                    + " kept by the device itself, or add 'save:' to the dialect");
        }
        if (fields.has("vrf") && dialect.ipv4().map(f -> !f.add().names().contains("vrf")).orElse(true)) {
            fields.problem("vrf", "dialect " + dialect.name() + " does not know VRFs");
        }
        if (fields.has("distance") && dialect.ipv4().map(f -> !f.add().names().contains("distance")).orElse(true)) {
            fields.problem("distance", "dialect " + dialect.name() + " does not know distances");
        }
        return new Cli(dialect, enable, save, fields.value("distance", RouterReader::distance),
                fields.value("quiet", RouterReader::quiet).orElse(QUIET));
    }

    private static Duration quiet(String text) {
        Duration quiet = FieldValues.duration("quiet", text);
        if (quiet.compareTo(LEAST_QUIET) < 0 || quiet.compareTo(MOST_QUIET) > 0) {
            throw new IllegalArgumentException("'quiet' is a time from 20ms to 5s, in which a device that has finished"
                    + " its greeting says nothing more, not '" + text + "'");
        }
        return quiet;
    }

    private static int distance(String text) {
        if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MOST_DISTANCE) {
            throw new IllegalArgumentException("'distance' is a number from 1 to " + MOST_DISTANCE + ", below that of"
                    + " the routes that stand there, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String table(String text) {
        if (!text.matches("[A-Za-z0-9_.-]{1,32}")) {
            throw new IllegalArgumentException("'" + text + "' is not a table; write its number or name");
        }
        return text;
    }
}
