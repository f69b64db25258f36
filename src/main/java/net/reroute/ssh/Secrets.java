package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;

/** Reads secrets when they are used, and words the errors of logins. */
public final class Secrets {

    private Secrets() {}

    /**
     * Reads a password. Trailing blanks and line ends of a file are removed.
     *
     * @throws SshException refused, if the file cannot be read or the environment variable is not set
     */
    public static char[] read(Secret secret) throws SshException {
        return switch (secret) {
            case Secret.InFile(Path path) -> fromFile(path);
            case Secret.InEnvironment(String variable) -> fromEnvironment(variable);
        };
    }

    private static char[] fromFile(Path path) throws SshException {
        try {
            return Files.readString(path).stripTrailing().toCharArray();
        } catch (IOException e) {
            throw SshException.refused("the password file " + path + " cannot be read; check its path and owner", e);
        }
    }

    private static char[] fromEnvironment(String variable) throws SshException {
        String value = System.getenv(variable);
        if (value == null) {
            throw SshException.refused("the environment variable " + variable + " with the password is not set", null);
        }
        return value.toCharArray();
    }

    /** The error for a key with a passphrase. */
    static SshException locked(Path key, Throwable cause) {
        return SshException.refused(
                "the key " + key + " has a passphrase; load it into an ssh-agent and say 'agent: true',"
                        + " or use a key without one",
                cause);
    }

    /**
     * The error for a refused login.
     *
     * @param keys that were offered
     */
    static SshException loginRefused(Login login, List<UserKey> keys, Throwable cause) {
        String with = login.key().map(k -> "the key " + k).orElse(login.agent() ? "the agent's keys" : "the password");
        String why = keys.stream().map(k -> k.objection(login.user(), Instant.now())).flatMap(Optional::stream)
                .map(o -> " (" + o + ")").collect(Collectors.joining());
        return SshException.refused(login + " refused the login with " + with + why
                + "; try it by hand: ssh -p " + login.port() + " " + login.user() + "@" + login.host(), cause);
    }

    static SshException noAnswer(Login login, Throwable cause) {
        if (String.valueOf(cause.getMessage()).contains("SSH_AUTH_SOCK")) {
            return SshException.refused(login + " is to be logged in to by an ssh-agent, and there is none here"
                    + " (SSH_AUTH_SOCK is not set); start one and load the key, or write 'key: FILE' in place of"
                    + " 'agent: true'", cause);
        }
        if (closedAtOnce(cause)) {
            return SshException
                    .refused(login + " took the connection and closed it without a word: its lines (vty) may all"
                            + " be in use ('show users' on its console), or it holds logins back for a while", cause);
        }
        if (String.valueOf(cause.getMessage())
                .matches("(?is).*(unable to reach a settlement|algorithm negotiation).*")) {
            return SshException
                    .refused(login + " speaks only algorithms that are not safe any more (" + cause.getMessage()
                            + "); write legacy: true at its entry if it cannot be updated", cause);
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return SshException.unreachable(login + " cannot be reached: " + why, cause);
    }

    /** Matches the messages of sshj and jsch. */
    private static boolean closedAtOnce(Throwable cause) {
        return String.valueOf(cause.getMessage())
                .matches("(?is).*(closed connection during identification|closed by foreign host|connection reset).*");
    }
}
