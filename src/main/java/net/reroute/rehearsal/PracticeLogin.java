package net.reroute.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;

/**
 * How to log in to a simulated machine.
 *
 * @param name of the machine in the inventory
 * @param user that it knows
 * @param port on loopback
 * @param hostKeyLine its line for a known_hosts file
 * @param password of the user
 * @param enable password of the privileged mode; empty if it needs none
 */
record PracticeLogin(String name, String user, int port, String hostKeyLine, String password, String enable) {

    private static final String HOSTS = "known_hosts";

    /** A password that nobody guesses. */
    static String secret() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Writes the passwords and host keys of all machines, for their owner only. */
    static void write(List<PracticeLogin> all, Path folder) throws IOException {
        String hosts = "";
        for (PracticeLogin login : all) {
            write(folder.resolve(login.port + ".password"), login.password);
            write(folder.resolve(login.port + ".enable"), login.enable);
            hosts += login.hostKeyLine + "\n";
        }
        write(folder.resolve(HOSTS), hosts);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The known_hosts file of all machines. */
    static Path hosts(Path folder) {
        return folder.resolve(HOSTS);
    }

    /**
     * The login as the rehearsal's controller uses it.
     *
     * @param sudo true if it becomes root by sudo
     */
    Login practised(Path folder, boolean sudo) {
        return new Login("127.0.0.1", port, user, Optional.empty(), false,
                Optional.of(new Secret.InFile(folder.resolve(port + ".password"))), hosts(folder), Optional.empty(),
                sudo, false);
    }

    /** Where its enable password is; empty if it needs none. */
    Optional<Secret> practisedEnable(Path folder) {
        return enable.isEmpty() ? Optional.empty() : Optional.of(new Secret.InFile(folder.resolve(port + ".enable")));
    }
}
