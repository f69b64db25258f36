package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Dialect.Family;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.redirect.route.router.RouterException;

/**
 * Records a session for the author of a dialect: all that reroute asks a router without changing anything. It contains
 * no password; words after "password", "secret" and the like are removed.
 */
public final class SessionRecord implements LineListener {

    private static final Pattern SECRET = Pattern.compile("(?i)\\b(password|passwd|secret|community|pre-shared-key"
            + "|key-string|authentication-key|md5|encrypted-password)( +\\d)? +\\S+");

    private final StringBuilder text = new StringBuilder();
    private String pending = "";

    private SessionRecord() {}

    /**
     * @param text the session: {@code > } typed, {@code < } answered, control characters as \r \n \b \a \e
     * @param trouble why it ended early; empty if it did not
     */
    public record Recorded(String text, Optional<String> trouble) {}

    /** Logs in, asks all that reroute asks, and logs out. Never throws; a failure is part of the result. */
    public static Recorded of(RouterSpec spec, Collection<Service> services, Duration within) {
        SessionRecord record = new SessionRecord();
        Optional<String> trouble = Optional.empty();
        try (CliSession session = CliLogin.open(spec, within, record)) {
            for (boolean v6 : List.of(false, true)) {
                Optional<Family> family = spec.cli().orElseThrow().dialect().family(v6);
                if (family.isPresent()) {
                    record.ask(session, spec, family.get(),
                            services.stream().map(Service::address).filter(a -> a.v6() == v6).limit(2).toList());
                }
            }
        } catch (RouterException e) {
            trouble = Optional.of(e.getMessage());
        }
        record.flush();
        return new Recorded(record.text.toString(), trouble);
    }

    private void ask(CliSession session, RouterSpec spec, Family family, List<Address> addresses)
            throws RouterException {
        Map<String, String> values = ShowCommands.values(spec);
        if (family.own().isPresent()) {
            session.show(family.own().get().fill(values));
        }
        session.show(family.table().fill(values));
        session.show(family.config().fill(values));
        for (Address address : addresses) {
            values.put("address", address.toString());
            session.show(family.lookup().fill(values));
        }
    }

    @Override
    public void typed(String line) {
        flush();
        text.append("> ").append(line).append('\n');
    }

    @Override
    public void heard(String raw) {
        pending += raw;
    }

    /** Writes the pending text line by line, so that a secret cannot be cut in two. */
    private void flush() {
        for (String line : pending.split("(?<=\n)")) {
            if (!line.isEmpty()) {
                text.append("< ").append(escaped(SECRET.matcher(line).replaceAll("$1$2 <removed>"))).append('\n');
            }
        }
        pending = "";
    }

    private static String escaped(String raw) {
        StringBuilder escaped = new StringBuilder();
        for (char c : raw.toCharArray()) {
            escaped.append(switch (c) {
                case '\r' -> "\\r";
                case '\n' -> "\\n";
                case '\b' -> "\\b";
                case 7 -> "\\a";
                case 27 -> "\\e";
                case '\\' -> "\\\\";
                default -> c < ' ' ? "" : String.valueOf(c);
            });
        }
        return escaped.toString().replaceFirst(" $", "\\\\s");
    }
}
