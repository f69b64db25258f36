package net.reroute.core;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to log in over SSH. Contains no secret, only where to read it.
 *
 * @param host address
 * @param port usually 22
 * @param user on the other machine
 * @param key private key file
 * @param agent true: use the ssh-agent of the environment
 * @param password where the password is read
 * @param knownHosts OpenSSH known_hosts file; host keys are always verified against it
 * @param sshConfig OpenSSH client configuration to read as well
 * @param sudo true: run commands through {@code sudo -n}
 * @param legacy true: also offer the algorithms of old devices: SHA-1, ssh-rsa, CBC
 */
public record Login(String host, int port, String user, Optional<Path> key, boolean agent, Optional<Secret> password,
        Path knownHosts, Optional<Path> sshConfig, boolean sudo, boolean legacy) {

    /** Where a secret is read. The secret itself is read when it is needed and never kept. */
    public sealed interface Secret {

        record InFile(Path path) implements Secret {}

        record InEnvironment(String variable) implements Secret {}
    }

    /** This login with a suffix on the user name. RouterOS takes session options that way. */
    public Login withUserSuffix(String suffix) {
        return new Login(host, port, user + suffix, key, agent, password, knownHosts, sshConfig, sudo, legacy);
    }

    @Override
    public String toString() {
        return user + "@" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + (port == 22 ? "" : ":" + port);
    }
}
