package net.reroute.simulation.linux;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.simulation.linux.ShellNode.Redirect;

/** Redirects the three standard streams. Files of the machine can be read; only devices can be written. */
final class ShellRedirect {

    private static final Set<String> SINKS = Set.of("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty");

    private final ShellState shell;
    private final ShellExpansion expansion;

    ShellRedirect(ShellState shell, ShellExpansion expansion) {
        this.shell = shell;
        this.expansion = expansion;
    }

    /** @return the redirected streams; empty after an error, which is printed already */
    Optional<ShellIo> apply(List<Redirect> redirects, ShellIo io, int line) throws IOException {
        ShellIo now = io;
        for (Redirect redirect : redirects) {
            String target = expansion.one(redirect.target());
            Optional<String> refusal = refusal(redirect, target, shell.host());
            if (refusal.isPresent()) {
                shell.complain(now, line, refusal.get());
                return Optional.empty();
            }
            now = apply(redirect, target, now, shell.host());
        }
        return Optional.of(now);
    }

    /** The error message of a shell; empty if the redirection is possible. */
    private static Optional<String> refusal(Redirect redirect, String target, LinuxHost host) {
        return switch (redirect.sign()) {
            case "<<" -> Optional.empty();
            case "<" -> host.file(target).isPresent()
                    ? Optional.empty()
                    : Optional.of("cannot open " + target + ": No such file");
            case "<&", ">&" -> target.matches("[012-]")
                    ? Optional.empty()
                    : Optional.of("Syntax error: Bad fd number");
            default -> SINKS.contains(target)
                    ? Optional.empty()
                    : Optional.of("cannot create " + target + ": Read-only file system");
        };
    }

    private static ShellIo apply(Redirect redirect, String target, ShellIo io, LinuxHost host) {
        return switch (redirect.sign()) {
            case "<<" -> io.withIn(bytes(target));
            case "<" -> io.withIn(bytes(host.file(target).orElse("")));
            case "<&", ">&" -> redirect.fd() == 0 ? in(target, io) : to(redirect.fd(), stream(target, io), io);
            default -> to(redirect.fd(), file(target, io), io);
        };
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ShellIo in(String number, ShellIo io) {
        return number.equals("-") ? io.withIn(InputStream.nullInputStream()) : io;
    }

    private static OutputStream stream(String number, ShellIo io) {
        return switch (number) {
            case "-" -> OutputStream.nullOutputStream();
            case "2" -> io.err();
            default -> io.out();
        };
    }

    private static OutputStream file(String name, ShellIo io) {
        return switch (name) {
            case "/dev/stdout", "/dev/tty" -> io.out();
            case "/dev/stderr" -> io.err();
            default -> OutputStream.nullOutputStream();
        };
    }

    private static ShellIo to(int fd, OutputStream out, ShellIo io) {
        return switch (fd) {
            case 1 -> io.withOut(out);
            case 2 -> io.withErr(out);
            default -> io;
        };
    }
}
