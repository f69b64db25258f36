package net.reroute.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Endpoint;
import net.reroute.core.SwitchSpec;
import net.reroute.redirect.tcp.TcpSwitch;

/** Examines a TCP switch: is its address here, and does each backend take connections? */
final class SwitchExam {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private SwitchExam() {}

    static List<Finding> findings(String name, SwitchSpec spec) {
        List<Finding> findings = new ArrayList<>();
        String where = "switch:" + name;
        try {
            if (!TcpSwitch.isHere(spec.listen())) {
                findings.add(Finding.note(where, "listens at " + spec.listen().address()
                        + ", which this machine does not have now", "nothing, if it comes with a takeover"));
            }
        } catch (IOException e) {
            findings.add(Finding.bad(where, "this machine's addresses cannot be read: " + e.getMessage(), ""));
        }
        spec.backends().forEach(b -> findings.add(backend(where, b)));
        return findings;
    }

    private static Finding backend(String where, Endpoint backend) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(backend.address().inet(), backend.port()),
                    (int) PATIENCE.toMillis());
            return Finding.good(where, backend + " takes connections");
        } catch (IOException e) {
            return Finding.bad(where, backend + " takes no connections: " + e.getMessage(),
                    "see that a program listens there, and that this machine may connect to it");
        }
    }
}
