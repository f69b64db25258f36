package net.reroute.ssh;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.reroute.core.Login;
import net.reroute.ssh.SshConfig.Setting;

/**
 * The host of a login, and the keys to trust and to offer there. Settings come from the inventory, then from the
 * OpenSSH configuration that it names. As in ssh the first value counts; the inventory takes the place of the command
 * line.
 */
record SshTarget(Login login, SshConfig config) {

    private static final List<Path> GLOBAL = List.of(Path.of("/etc/ssh/ssh_known_hosts"),
            Path.of("/etc/ssh/ssh_known_hosts2"));
    private static final int RSA_BITS = 1024;

    /** @throws SshException refused, if a setting cannot be honoured; the message names it */
    static SshTarget of(Login login) throws SshException {
        SshConfig config = SshConfig.of(login);
        SshTarget target = new SshTarget(login, config);
        Refusals.check(login, config, target::path);
        return target;
    }

    String host() {
        return config.hostName().toLowerCase(Locale.ROOT);
    }

    /** The inventory's port. If that is 22, the default, a Port of the configuration counts. */
    int port() {
        return login.port() == 22 ? config.first("port").map(SshTarget::number).orElse(22) : login.port();
    }

    boolean hasAlias() {
        return config.first("hostkeyalias").isPresent();
    }

    /** The name that a host certificate must contain. */
    String principal() {
        return config.first("hostkeyalias").map(s -> s.value().toLowerCase(Locale.ROOT)).orElseGet(this::host);
    }

    /** The name to look up in known_hosts. */
    String knownName() {
        return hasAlias() || port() == 22 ? principal() : "[" + host() + "]:" + port();
    }

    List<Path> globalKnownHosts() {
        return config.first("globalknownhostsfile").map(this::paths).orElse(GLOBAL);
    }

    int leastRsaBits() {
        return Math.max(RSA_BITS, config.first("requiredrsasize").map(SshTarget::number).orElse(RSA_BITS));
    }

    private static int number(Setting setting) {
        return Integer.parseInt(setting.value()); // Refusals has checked the value
    }

    /** The algorithms that an authority may sign with. */
    List<String> authorityAlgorithms() throws SshException {
        return algorithms("casignaturealgorithms", Algorithms.PLAIN, Algorithms.KNOWN::contains);
    }

    /** The host key algorithms, before those of known keys are put first. */
    List<String> hostKeyAlgorithms() throws SshException {
        List<String> defaults = login.legacy() ? Algorithms.KNOWN : Algorithms.MODERN;
        return algorithms("hostkeyalgorithms", defaults, Algorithms.KNOWN::contains);
    }

    /** True if the configuration replaces the list of algorithms. Its order is then kept, as in ssh. */
    boolean ordersHostKeyAlgorithms() {
        return config.first("hostkeyalgorithms").filter(s -> s.value().matches("[^+-].*")).isPresent();
    }

    /** The algorithms for keys to log in with. */
    List<String> userAlgorithms() throws SshException {
        List<String> defaults = login.legacy() ? Algorithms.KNOWN : Algorithms.MODERN;
        return algorithms("pubkeyacceptedalgorithms", defaults, Algorithms.KNOWN::contains);
    }

    /**
     * The algorithms of one setting, or the defaults.
     *
     * @throws SshException refused, if the configuration names no known algorithm
     */
    List<String> algorithms(String name, List<String> defaults, Predicate<String> known) throws SshException {
        Optional<Setting> setting = config.first(name);
        if (setting.isEmpty()) {
            return defaults;
        }
        List<String> found = Algorithms.list(setting.get().value(), defaults, known);
        if (found.isEmpty()) {
            throw SshException.refused(setting.get() + ", which applies to " + login.host()
                    + ", names no algorithm that reroute has; name another, or take it out", null);
        }
        return found;
    }

    /**
     * The revoked host keys.
     *
     * @throws SshException refused, if their file cannot be read or is not a list of public keys
     */
    List<SshKey> revoked() throws SshException {
        Optional<Setting> setting = config.first("revokedhostkeys").filter(s -> !s.value().equalsIgnoreCase("none"));
        if (setting.isEmpty()) {
            return List.of();
        }
        List<String> lines = lines(paths(setting.get()).getFirst(), setting.get());
        List<SshKey> keys = lines.stream().map(SshKey::line).flatMap(Optional::stream).toList();
        if (keys.size() < lines.size()) {
            throw SshException.refused(setting.get() + " is not a list of public keys, one a line, and reroute reads"
                    + " nothing else; write the keys out of the KRL into a file of that kind", null);
        }
        return keys;
    }

    private static List<String> lines(Path file, Setting setting) throws SshException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().map(String::strip)
                    .filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
        } catch (IOException e) {
            throw SshException.refused(setting + " cannot be read, so no host key can be trusted", e);
        }
    }

    /** The files with keys to log in with, the inventory's first. */
    List<Path> identities() {
        List<Path> files = new ArrayList<>(login.key().stream().toList());
        config.all("identityfile").stream().flatMap(s -> paths(s).stream()).filter(f -> !files.contains(f))
                .forEach(files::add);
        return files;
    }

    List<Path> certificates() {
        return config.all("certificatefile").stream().flatMap(s -> paths(s).stream()).toList();
    }

    boolean identitiesOnly() {
        return config.first("identitiesonly").filter(s -> s.value().matches("(?i)yes|true")).isPresent();
    }

    /** The agent's socket; empty: that of SSH_AUTH_SOCK. */
    Optional<Path> agentSocket() throws SshException {
        Optional<Setting> agent = config.first("identityagent").filter(s -> !s.value().equals("SSH_AUTH_SOCK"));
        if (agent.isEmpty()) {
            return Optional.empty();
        }
        String value = agent.get().value();
        String path = value.startsWith("$") && !value.startsWith("${") ? System.getenv(value.substring(1)) : value;
        if (path == null || path.equalsIgnoreCase("none")) {
            throw SshException.refused(agent.get() + ", which applies to " + login.host() + ", names no agent, and the"
                    + " inventory says 'agent: true'; change one of the two", null);
        }
        return Optional.of(path(path));
    }

    Optional<String> bindAddress() {
        return config.first("bindaddress").map(Setting::value);
    }

    /** True if AddressFamily allows this address. */
    boolean takes(InetAddress address) {
        String family = config.first("addressfamily").map(s -> s.value().toLowerCase(Locale.ROOT)).orElse("any");
        return switch (family) {
            case "inet" -> address instanceof Inet4Address;
            case "inet6" -> address instanceof Inet6Address;
            default -> true;
        };
    }

    /**
     * A remark for error texts about an unknown host that ssh would have accepted by this configuration; else an empty
     * text.
     */
    String strictness() {
        return config.first("stricthostkeychecking").filter(s -> !s.value().matches("(?i)yes|true|ask"))
                .map(s -> " (" + s + " counts for nothing here: host keys are always verified)").orElse("");
    }

    /** The settings that may have excluded all keys, for an error text. */
    String left() {
        return identitiesOnly()
                ? "IdentitiesOnly in " + configFile()
                : "PubkeyAcceptedAlgorithms or RequiredRSASize in "
                        + configFile();
    }

    String configFile() {
        return login.sshConfig().map(Path::toString).orElse("no ssh-config");
    }

    private List<Path> paths(Setting setting) {
        return setting.values().stream().filter(v -> !v.equalsIgnoreCase("none")).map(this::path)
                .toList();
    }

    private Path path(String text) {
        return Tokens.path(text, Map.of("h", host(), "n", login.host(), "p", String.valueOf(port()), "r", login.user(),
                "k", principal()));
    }
}
