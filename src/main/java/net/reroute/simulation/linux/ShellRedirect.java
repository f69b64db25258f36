package net.reroute.simulation.linux;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import net.reroute.simulation.linux.ShellNode.Redirect;

/** Redirections of the three standard streams. The files of the machine can be read; none but devices is written. */
final class ShellRedirect {

    private static final Set<String> SINKS = Set.of("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty");

    private ShellRedirect() {}

    /** Why it cannot be done, as a shell says it; empty if it can. */
    static Optional<String> refusal(Redirect redirect, String target, LinuxHost host) {
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

    static ShellIo apply(Redirect redirect, String target, ShellIo io, LinuxHost host) {
        return switch (redirect.sign()) {
            case "<<" -> io.withIn(bytes(target));
            case "<" -> io.withIn(bytes(host.file(target).orElse("")));
            case "<&", ">&" -> redirect.fd() == 0
                    ? target.equals("-") ? io.withIn(InputStream.nullInputStream()) : io
                    : to(redirect.fd(), stream(target, io), io);
            default -> to(redirect.fd(), file(target, io), io);
        };
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static OutputStream stream(String number, ShellIo io) {
        return number.equals("-") ? OutputStream.nullOutputStream() : number.equals("2") ? io.err() : io.out();
    }

    private static OutputStream file(String name, ShellIo io) {
        return switch (name) {
            case "/dev/stdout", "/dev/tty" -> io.out();
            case "/dev/stderr" -> io.err();
            default -> OutputStream.nullOutputStream();
        };
    }

    private static ShellIo to(int fd, OutputStream out, ShellIo io) {
        return fd == 1 ? io.withOut(out) : fd == 2 ? io.withErr(out) : io;
    }
}
