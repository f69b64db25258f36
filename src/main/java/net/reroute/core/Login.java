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
 */
public record Login(String host, int port, String user, Optional<Path> key, boolean agent, Optional<Secret> password,
        Path knownHosts, Optional<Path> sshConfig, boolean sudo) {

    /** Where a secret is found; the secret itself is read at the moment of use and never kept. */
    public sealed interface Secret {

        record InFile(Path path) implements Secret {}

        record InEnvironment(String variable) implements Secret {}
    }

    @Override
    public String toString() {
        return user + "@" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + (port == 22 ? "" : ":" + port);
    }
}
