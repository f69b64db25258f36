package net.reroute.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Login;

/** The settings of an OpenSSH client configuration (ssh_config(5)) for one host, with Host, Match and Include. */
final class SshConfig {

    /** @param name as spelled in the file */
    record Setting(String name, List<String> values, Path file, int line) {

        String value() {
            return values.getFirst();
        }

        @Override
        public String toString() {
            return name + " " + String.join(" ", values) + " in " + file + " line " + line;
        }
    }

    private static final Pattern LINE = Pattern.compile("\\s*([^\\s=#]+)(?:\\s*=\\s*|\\s+)(\\S.*?)\\s*");
    private static final Pattern CRITERION = Pattern.compile("(?i)!?(original|local)?(host|user)=");
    /** Criteria of Match that have a value and are not supported. */
    private static final List<String> NOT_LOOKED_UP = List.of("exec", "tagged", "command", "localnetwork",
            "sessiontype", "version");
    private static final int DEEPEST = 16;
    private static final Map<String, String> ALIASES = Map.of("pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms",
            "identityfile2", "identityfile", "dsaauthentication", "pubkeyauthentication");

    private final Login login;
    private final Map<String, List<Setting>> found = new HashMap<>();
    private boolean last;
    private boolean lastWanted;

    private SshConfig(Login login) {
        this.login = login;
    }

    /** @throws SshException refused, if a file cannot be read or understood */
    static SshConfig of(Login login) throws SshException {
        SshConfig config = new SshConfig(login);
        if (login.sshConfig().isPresent()) {
            config.read(login.sshConfig().get(), true, 0);
            if (config.lastWanted) {
                config.last = true;
                config.read(login.sshConfig().get(), true, 0);
            }
        }
        return config;
    }

    /** All settings that apply. If a setting takes one value, the first one counts. */
    List<Setting> all() {
        return found.values().stream().flatMap(List::stream).toList();
    }

    List<Setting> all(String name) {
        return found.getOrDefault(name, List.of());
    }

    /** @param name in lower case */
    Optional<Setting> first(String name) {
        return all(name).stream().findFirst();
    }

    private void read(Path file, boolean applies, int depth) throws SshException {
        if (depth > DEEPEST) {
            throw SshException.refused("the ssh-config " + file + " is included by itself", null);
        }
        List<String> lines = lines(file);
        boolean active = applies;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || lines.get(i).strip().startsWith("#")) {
                continue;
            }
            Setting setting = setting(lines.get(i), file, i + 1);
            switch (setting.name().toLowerCase(Locale.ROOT)) {
                case "host" -> active = applies && Patterns.inList(login.host(), setting.values());
                case "match" -> active = applies && matches(setting);
                case "include" -> include(setting, active, depth);
                default -> add(setting, active);
            }
        }
    }

    private static List<String> lines(Path file) throws SshException {
        Optional<String> objection = Permissions.writable(file);
        if (objection.isPresent()) {
            throw SshException.refused("the ssh-config " + file + " " + objection.get(), null);
        }
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw SshException.refused("the ssh-config " + file + " cannot be read; check its path and owner", e);
        }
    }

    private static Setting setting(String text, Path file, int number) throws SshException {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw SshException.refused("line " + number + " of the ssh-config " + file
                    + " is not a keyword and a value; correct it", null);
        }
        return new Setting(line.group(1), ConfigWords.of(line.group(2)), file, number);
    }

    private void add(Setting setting, boolean active) {
        String name = setting.name().toLowerCase(Locale.ROOT);
        // A ProxyCommand, even none, overrides a later ProxyJump. A ProxyJump of none does not override a ProxyCommand.
        boolean late = name.equals("proxyjump") && found.containsKey("proxycommand");
        if (active && !setting.values().isEmpty() && !late) {
            List<Setting> same = found.computeIfAbsent(ALIASES.getOrDefault(name, name), n -> new ArrayList<>());
            if (!same.contains(setting)) { // else it was added in the first pass
                same.add(setting);
            }
        }
    }

    private boolean matches(Setting match) throws SshException {
        List<String> words = words(match);
        boolean result = true;
        for (int i = 0; i < words.size(); i++) {
            boolean negated = words.get(i).startsWith("!");
            String criterion = words.get(i).substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
            boolean holds = switch (criterion) {
                case "all" -> true;
                case "final", "canonical" -> isLast(criterion);
                case "host", "originalhost", "user", "localuser" -> holds(criterion, ++i, words);
                default -> {
                    if (!result) {
                        yield false; // as in ssh, which runs no command once the line cannot match
                    }
                    throw SshException.refused(match + " asks for something reroute does not look up; write it with"
                            + " Host, or Match host, originalhost, user or localuser", null);
                }
            };
            result &= holds != negated;
            if (NOT_LOOKED_UP.contains(criterion)) {
                i++;
            }
        }
        return result;
    }

    private static List<String> words(Setting match) {
        return match.values().stream()
                .flatMap(w -> CRITERION.matcher(w).lookingAt() ? Stream.of(w.split("=", 2)) : Stream.of(w)).toList();
    }

    private boolean isLast(String criterion) {
        lastWanted |= criterion.equals("final");
        return last;
    }

    private boolean holds(String criterion, int at, List<String> words) {
        String list = at < words.size() ? words.get(at) : "";
        return switch (criterion) {
            case "host" -> Patterns.inList(hostName().toLowerCase(Locale.ROOT), list.toLowerCase(Locale.ROOT));
            case "originalhost" ->
                Patterns.inList(login.host().toLowerCase(Locale.ROOT), list.toLowerCase(Locale.ROOT));
            // Without the options that RouterOS accepts after the user name. Names in the inventory have no plus sign.
            case "user" -> Patterns.inList(login.user().replaceFirst("\\+.*", ""), list);
            default -> Patterns.inList(System.getProperty("user.name"), list);
        };
    }

    /** The host to connect to. */
    String hostName() {
        return first("hostname").map(s -> s.value().replace("%h", login.host()).replace("%%", "%"))
                .orElse(login.host());
    }

    private void include(Setting include, boolean active, int depth) throws SshException {
        for (String name : include.values()) {
            String home = System.getProperty("user.home");
            Path pattern = name.startsWith("~/")
                    ? Path.of(home, name.substring(2))
                    : Path.of(home, ".ssh").resolve(name);
            for (Path file : Globs.files(pattern)) {
                read(file, active, depth + 1);
            }
        }
    }
}
