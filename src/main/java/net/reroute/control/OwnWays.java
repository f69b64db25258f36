package net.reroute.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Service;
import net.reroute.ssh.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine's own routes to services, which say whether a probe from here passes the router.
 *
 * @param ways by address, as {@code ip -j route get} prints them; absent where there is none
 * @param unread why some are not known, in a sentence
 */
record OwnWays(Map<Address, JsonNode> ways, Optional<String> unread) {

    static final OwnWays NONE = new OwnWays(Map.of(), Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(OwnWays.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Why what this machine sends to a service does not pass the router; empty if it does. */
    Optional<String> notThrough(Service service, Set<Address> router) {
        Address address = service.address();
        JsonNode way = ways.get(address);
        if (way == null) {
            return Optional.of(unread.orElse("this machine knows no way to " + address));
        }
        String cache = way.path("cache").toString();
        String gateway = way.path("gateway").asText("");
        if (way.path("type").asText().equals("local") || cache.contains("local")) {
            return Optional.of("this machine holds " + address + " itself");
        }
        if (cache.contains("redirected")) {
            return Optional.of("this machine was redirected past the router");
        }
        boolean through = service.livesOnLan() || !gateway.isEmpty() && router.contains(Address.parse(gateway));
        return through
                ? Optional.empty()
                : Optional.of("this machine's way to " + address + " does not lead through it");
    }

    /** Reads them by one process for each address family. */
    static OwnWays to(Collection<Service> services) {
        Map<Address, JsonNode> ways = new HashMap<>();
        try {
            for (String family : List.of("-4", "-6")) {
                String lines = services.stream().map(Service::address).filter(a -> a.v6() == family.equals("-6"))
                        .map(a -> "route get " + a + "\n").collect(Collectors.joining());
                if (!lines.isEmpty()) {
                    read(family, lines, ways);
                }
            }
            return new OwnWays(ways, Optional.empty());
        } catch (IOException e) {
            LOG.warn("this machine's own ways are not known, so nothing is probed: {}", e.getMessage());
            return new OwnWays(ways, Optional.of(
                    "this machine's own routes could not be read (" + e.getMessage() + "); install iproute2"));
        }
    }

    private static void read(String family, String lines, Map<Address, JsonNode> into) throws IOException {
        Process process = new ProcessBuilder(List.of("ip", family, "-j", "-force", "-batch", "-"))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (Deadline deadline = Deadline.closes(process::destroyForcibly, PATIENCE)) {
            Thread.ofVirtual().start(() -> feed(process, lines));
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            LOG.debug("{} ms left", deadline.leftMillis());
            for (String line : text.split("\n")) {
                JsonNode way = JSON.readTree(line).path(0);
                Address.tryParse(way.path("dst").asText()).ifPresent(a -> into.put(a, way));
            }
        }
    }

    private static void feed(Process process, String lines) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("ip ended early", e);
        }
    }
}
