package net.reroute.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.reroute.check.Checks;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Service;

/**
 * Runs the checks of a service against the service's own address, if this machine's way there leads through the router.
 * A way that is local or was redirected (RFC 792: a router tells a host on the same LAN of the shorter way, and Linux
 * keeps to that for 300 s) would prove nothing.
 */
public final class ServiceProber implements Prober {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 2;

    private final Inventory inventory;
    private final Checks checks;

    public ServiceProber(Inventory inventory, Checks checks) {
        this.inventory = inventory;
        this.checks = checks;
    }

    @Override
    public Finding probe(Service service, Set<Address> router) {
        Optional<String> notThrough = notThrough(service.address(), router);
        if (notThrough.isPresent()) {
            return new Finding(Kind.NOT_TAKEN, notThrough.get());
        }
        for (String name : service.checks()) {
            CheckSpec spec = inventory.checks().get(name);
            CheckResult result = tried(spec, service);
            if (!result.ok()) {
                return new Finding(Kind.BAD, name + " through the router: " + result.said());
            }
        }
        return new Finding(Kind.GOOD, "answers through the router");
    }

    /** As many tries as it takes to call a server DOWN. */
    private CheckResult tried(CheckSpec spec, Service service) {
        CheckResult result = checks.named(spec.name()).run(service.address(), service.address());
        for (int i = 1; i < spec.timers().fall() && !result.ok(); i++) {
            result = checks.named(spec.name()).run(service.address(), service.address());
        }
        return result;
    }

    private static Optional<String> notThrough(Address address, Set<Address> router) {
        try {
            JsonNode way = ownWay(address);
            String cache = way.path("cache").toString();
            String gateway = way.path("gateway").asText("");
            if (way.path("type").asText().equals("local") || cache.contains("local")) {
                return Optional.of("this machine holds " + address + " itself");
            }
            if (cache.contains("redirected")) {
                return Optional.of("this machine was redirected past the router");
            }
            boolean through = !gateway.isEmpty() && router.contains(Address.parse(gateway));
            return through
                    ? Optional.empty()
                    : Optional.of("this machine's way to " + address + " does not lead through it");
        } catch (IOException e) {
            return Optional.of("this machine's way is not known: " + e.getMessage());
        }
    }

    private static JsonNode ownWay(Address address) throws IOException {
        Process process = new ProcessBuilder(List.of("ip", "-j", "route", "get", address.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("ip route get failed");
            }
            return JSON.readTree(out).path(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
