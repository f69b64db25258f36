package net.reroute.simulation.linux;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.simulation.Link;
import net.reroute.simulation.LoginProgram.Streams;

/** The simulated machine without SSH in front of it. */
final class LinuxBench {

    static final List<Link> LINKS = List.of(Link.of("eth0", Address.parse("10.0.0.1"), 24),
            Link.of("eth0", Address.parse("2001:db8:1::1"), 64), Link.of("eth1", Address.parse("192.168.1.1"), 27));

    record Answer(int status, String out, String err) {}

    final List<String> typed = new ArrayList<>();
    private final LinuxNetwork network = new LinuxNetwork(LinuxLink.of(LINKS, 0));
    private final LinuxHost host = new LinuxHost("gw1", "root", network);
    private final LinuxPrograms programs = new LinuxPrograms(network, typed::add);

    /** As {@code ssh gw1 'script' </dev/null}. */
    Answer run(String script) {
        return run(Optional.of(script), InputStream.nullInputStream(), 0);
    }

    /** As {@code ssh gw1 'script'} with this on its standard input. */
    Answer run(String script, String input) {
        return run(Optional.of(script), bytes(input), 0);
    }

    /** As {@code ssh -tt gw1}, with this typed. */
    String type(String keys) {
        return run(Optional.empty(), bytes(keys), 80).out();
    }

    /** With whatever comes from a stream while it runs. */
    Answer run(Optional<String> command, InputStream in, int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            int status = new LinuxLogin(host, programs).run(new Streams(in, out, columns > 0 ? out : err, columns),
                    command);
            return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
