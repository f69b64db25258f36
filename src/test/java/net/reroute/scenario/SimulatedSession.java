package net.reroute.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import net.reroute.core.Login;
import net.reroute.simulation.linux.SimulatedLinux;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** A login on a simulated machine, whose user is root and whose password is "secret". */
public final class SimulatedSession {

    public static final String PASSWORD = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SimulatedSession() {}

    /** @param folder for the files that the login names */
    public static Login login(SimulatedLinux machine, Path folder) {
        return new Login("127.0.0.1", machine.port(), "root", Optional.empty(), false,
                Optional.of(new Login.Secret.InFile(file(folder.resolve("password"), PASSWORD))),
                file(folder.resolve(machine.port() + ".known"), machine.hostKeyLine() + "\n"), Optional.empty(),
                false, false);
    }

    private static Path file(Path at, String text) {
        try {
            Files.writeString(at, text);
            return Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script there. Returns what it printed, both streams together. */
    public static String run(SimulatedLinux machine, Path folder, String script) {
        try (Shell shell = Shell.open(login(machine, folder), PATIENCE)) {
            return shell.run("{ " + script + "\n} 2>&1", PATIENCE).out();
        } catch (SshException e) {
            throw new UncheckedIOException(e);
        }
    }
}
