package net.reroute.setup;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.reroute.core.Address;

/** What servers answer at the ports where services usually are. */
final class Answering {

    private static final int PATIENCE_MILLIS = 1000;
    private static final int ANSWER = 12;
    private static final int HTTP = 80;
    /** Ports by the word for the check's name (IANA's registry of services). */
    private static final Map<Integer, String> PORTS = new TreeMap<>(Map.ofEntries(Map.entry(HTTP, "web"),
            Map.entry(443, "https"), Map.entry(25, "smtp"), Map.entry(110, "pop3"), Map.entry(143, "imap"),
            Map.entry(389, "ldap"), Map.entry(993, "imaps"), Map.entry(1883, "mqtt"), Map.entry(3306, "mysql"),
            Map.entry(5432, "postgresql"), Map.entry(6379, "redis"), Map.entry(8080, "web-8080"),
            Map.entry(8443, "https-8443")));

    /** Where a request is no nuisance: a mail server or a database may ban who speaks HTTP to it. */
    private static final List<Integer> PAGES = List.of(HTTP, 8080);

    /**
     * A check to propose.
     *
     * @param name of it
     * @param text of the entry
     * @param remark for its comment
     */
    record Proposed(String name, String text, String remark) {}

    private Answering() {}

    /** Checks that pass at all servers now; a ping where nothing else does. */
    static List<Proposed> checks(Collection<Address> servers) {
        List<Proposed> found = new ArrayList<>();
        PORTS.forEach((port, name) -> {
            if (PAGES.contains(port) && servers.stream().allMatch(s -> speaksHttp(s, port))) {
                found.add(new Proposed(name, "{http: \"http://{server}" + (port == HTTP ? "" : ":" + port) + "/\"}",
                        "all servers answer with a page there; 'host:' names a site, 'body:' a word it must hold"));
            } else if (servers.stream().allMatch(s -> accepts(s, port))) {
                found.add(new Proposed(name, "{tcp: \"{server}:" + port + "\"}", port == 443
                        ? "all servers take connections there; better: {http: \"https://{server}/\", host: YOUR.SITE}"
                        : "all servers take connections there"));
            }
        });
        return found.isEmpty()
                ? List.of(new Proposed("up", "{icmp: \"{server}\"}",
                        "no port that is usual for a service answers at all servers; better: {tcp: \"{server}:PORT\"}"))
                : List.copyOf(found);
    }

    private static boolean accepts(Address server, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.inet(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // which is what is asked
        }
    }

    /** True for an answer that counts as a success. */
    private static boolean speaksHttp(Address server, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.inet(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: " + server.bracketed() + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String first = new String(socket.getInputStream().readNBytes(ANSWER), StandardCharsets.ISO_8859_1);
            return first.matches("HTTP/1\\.[01] [23]\\d\\d");
        } catch (IOException e) {
            return false; // which is what is asked
        }
    }
}
