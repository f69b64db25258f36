package net.reroute.core;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to log in somewhere over SSH. Holds no secret, only where one is found.
 *
 * @param host address
 * @param port usually 22
 * @param user name there
 * @param key private key file
 * @param agent use the ssh-agent of the environment
 * @param password where the password is
 * @param knownHosts OpenSSH known_hosts file; host keys are always verified against it
 * @param sshConfig OpenSSH client configuration to read as well
 * @param sudo run commands through {@code sudo -n}
 * @param legacy offer an old device's algorithms too: SHA-1, ssh-rsa, CBC
 */
public record Login(String host, int port, String user, Optional<Path> key, boolean agent, Optional<Secret> password,
        Path knownHosts, Optional<Path> sshConfig, boolean sudo, boolean legacy) {

    /** Where a secret is found; the secret itself is read at the moment of use and never kept. */
    public sealed interface Secret {

        record InFile(Path path) implements Secret {}

        record InEnvironment(String variable) implements Secret {}
    }

    /** The same login with something behind the user's name, as RouterOS takes options for a session. */
    public Login withUserSuffix(String suffix) {
        return new Login(host, port, user + suffix, key, agent, password, knownHosts, sshConfig, sudo, legacy);
    }

    @Override
    public String toString() {
        return user + "@" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + (port == 22 ? "" : ":" + port);
    }
}
