package net.reroute.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Permissions;

/** Reads the login of a router, a server or the peer, and checks that its files exist and are private. */
final class LoginReader {

    static final List<String> KEYS = List.of("user", "key", "agent", "password", "known-hosts", "ssh-config", "become",
            "legacy");

    private final Path home;
    private final boolean practice;

    /** @param practice true if files need not exist */
    LoginReader(Path home, boolean practice) {
        this.home = home;
        this.practice = practice;
    }

    Login read(Fields fields, HostPort at) {
        int before = fields.problems().count();
        Optional<Path> key = fields.value("key", this::path);
        key.ifPresent(k -> checkSecret(fields, "key", k));
        boolean agent = fields.flag("agent");
        Optional<Secret> password = secret(fields, "password");
        oneMethod(fields, key.isPresent(), agent, password.isPresent(), fields.problems().count() == before);
        Login login = new Login(at.host(), at.port(), user(fields), key, agent, password, knownHosts(fields),
                fields.value("ssh-config", this::path), sudo(fields), fields.flag("legacy"));
        if (!practice && login.sshConfig().isPresent()) {
            Connection.objection(login).ifPresent(why -> fields.problem("ssh-config", why));
        }
        return login;
    }

    /** @param understood false if a method may be missing only because its value has a mistake */
    private static void oneMethod(Fields fields, boolean key, boolean agent, boolean password, boolean understood) {
        int methods = (key ? 1 : 0) + (agent ? 1 : 0) + (password ? 1 : 0);
        if (methods > 1) {
            fields.problem(key ? "key" : "agent", fields.what() + " has more than one of key, agent and"
                    + " password; keep one");
        } else if (methods == 0 && understood) {
            fields.problem("user", fields.what() + " needs a way to log in: 'key: FILE', 'agent: true' or"
                    + " 'password: {file: FILE}'");
        }
    }

    private static String user(Fields fields) {
        return fields.required("user", text -> {
            if (!text.matches("[A-Za-z_][A-Za-z0-9._@-]{0,62}")) {
                throw new IllegalArgumentException("'" + text + "' is not a user name");
            }
            return text;
        }).orElse("nobody");
    }

    private Path knownHosts(Fields fields) {
        Optional<Path> named = fields.value("known-hosts", this::path);
        named.filter(p -> !practice && !Files.isReadable(p))
                .ifPresent(p -> fields.problem("known-hosts", "there is no readable file "
                        + p + "; make it with ssh-keyscan and compare the keys"));
        Path file = named.orElseGet(() -> Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
        if (!practice) {
            Permissions.writable(file).ifPresent(why -> fields.problem("known-hosts", file + " " + why));
        }
        return file;
    }

    private static boolean sudo(Fields fields) {
        return fields.value("become", text -> {
            if (!text.equals("sudo")) {
                throw new IllegalArgumentException("'become' is sudo, not '" + text + "'");
            }
            return true;
        }).orElse(false);
    }

    /** Reads where a password is kept. */
    Optional<Secret> secret(Fields fields, String name) {
        if (!fields.has(name)) {
            return Optional.empty();
        }
        if (fields.node(name) instanceof org.yaml.snakeyaml.nodes.ScalarNode) {
            fields.problem(name, "a password never stands in the inventory; write " + name + ": {file: FILE} or "
                    + name + ": {env: NAME}");
            return Optional.empty();
        }
        Fields inner = fields.inner(name, List.of("file", "env")).orElseThrow();
        if (inner.has("file") == inner.has("env")) {
            fields.problem(name, name + " of " + fields.what() + " is written " + name + ": {file: FILE} or " + name
                    + ": {env: NAME}");
            return Optional.empty();
        }
        Optional<Path> file = inner.value("file", this::path);
        file.ifPresent(f -> checkSecret(inner, "file", f));
        Optional<Secret> found = file.map(Secret.InFile::new);
        return found.isPresent() ? found : inner.value("env", LoginReader::variable).map(Secret.InEnvironment::new);
    }

    private static String variable(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
            throw new IllegalArgumentException("'" + text + "' is not the name of an environment variable");
        }
        return text;
    }

    /** Reports a file with a secret that cannot be read, or that others may read. */
    void checkSecret(Fields fields, String key, Path file) {
        if (practice) {
            return;
        }
        if (Files.isDirectory(file)) {
            fields.problem(key, file + " is a folder, not a file");
            return;
        }
        if (HandedKeys.isBehindClosedDoors(home, file)) {
            HandedKeys.notHanded(file).ifPresent(why -> fields.problem(key, why));
            return;
        }
        if (!Files.isReadable(file)) {
            fields.problem(key, "there is no readable file " + file + "; correct the path, or its owner");
            return;
        }
        try {
            Permissions.secret(file).ifPresent(why -> fields.problem(key, why));
        } catch (IOException | UnsupportedOperationException e) {
            fields.problem(key, "the mode of " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Resolves a path: relative to the home folder, ~ to that of the user. */
    Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the name of a file is missing");
        }
        try {
            return text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(2))
                    : HandedKeys.of(home, home.resolve(text).normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' cannot be the name of a file", e);
        }
    }
}
