package net.reroute.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.reroute.check.Check;
import net.reroute.check.Checks;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.ssh.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the checks of a service against the service's own address, if this machine's path there leads through the
 * router. Otherwise the result would prove nothing: the address may be local, or the path redirected (RFC 792: a router
 * tells a host on the same LAN of a shorter path, and Linux keeps that for 300 s).
 */
public final class ServiceProber implements Prober {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names the reason in place of a way. */
    private static final String UNREAD = "unread";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 64;
    private static final long LEAST_NANOS = 1_000_000_000L;
    private static final long BETWEEN_NANOS = 50_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProber.class);

    private final Supplier<Inventory> inventory;
    private final Checks checks;
    private final boolean practice;

    /**
     * @param inventory supplies the inventory in force
     * @param practice true: every path counts as leading through the router
     */
    public ServiceProber(Supplier<Inventory> inventory, Checks checks, boolean practice) {
        this.inventory = inventory;
        this.checks = checks;
        this.practice = practice;
    }

    @Override
    public Map<Service, ProbeFinding> probe(Collection<Service> services, Set<Address> router) {
        return probe(services, router, LEAST_NANOS);
    }

    @Override
    public Map<Service, ProbeFinding> glance(Collection<Service> services, Set<Address> router) {
        return probe(services.stream().limit(AT_ONCE).toList(), router, 0);
    }

    private Map<Service, ProbeFinding> probe(Collection<Service> services, Set<Address> router, long leastNanos) {
        Map<Address, JsonNode> ways = practice ? Map.of() : ways(services);
        Map<Service, ProbeFinding> findings = new ConcurrentHashMap<>();
        Semaphore room = new Semaphore(AT_ONCE);
        List<Thread> threads = new ArrayList<>();
        for (Service service : services) {
            room.acquireUninterruptibly();
            threads.add(Thread.ofVirtual().name("probe").start(() -> {
                try {
                    findings.put(service, probe(service, ways.get(service.address()), router, leastNanos));
                } finally {
                    room.release();
                }
            }));
        }
        for (Thread thread : threads) {
            join(thread);
        }
        return findings;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProbeFinding probe(Service service, JsonNode way, Set<Address> router, long leastNanos) {
        Optional<String> notThrough = practice ? Optional.empty() : notThrough(service, way, router);
        if (notThrough.isPresent()) {
            return new ProbeFinding(ProbeResult.NOT_TAKEN, notThrough.get());
        }
        for (String name : service.checks()) {
            CheckSpec spec = inventory.get().checks().get(name);
            Check check = checks.named(name);
            if (spec == null || check == null) {
                return new ProbeFinding(ProbeResult.NOT_TAKEN, "the inventory has no check " + name + " any more");
            }
            CheckResult result = tried(check, spec, service, leastNanos);
            if (!result.ok()) {
                return new ProbeFinding(ProbeResult.BAD,
                        name + (service.livesOnLan() ? " at " + service.address() : " through the router")
                                + ": " + result.said());
            }
        }
        return new ProbeFinding(ProbeResult.GOOD, "answers");
    }

    /** Tries as often as it takes to call a server DOWN, and for at least this many nanoseconds. */
    private static CheckResult tried(Check check, CheckSpec spec, Service service, long leastNanos) {
        long began = System.nanoTime();
        CheckResult result = check.run(service.address(), service.address());
        for (int i = 1; !result.ok() && (i < spec.timers().fall() || System.nanoTime() - began < leastNanos); i++) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            result = check.run(service.address(), service.address());
        }
        return result;
    }

    private static Optional<String> notThrough(Service service, JsonNode way, Set<Address> router) {
        Address address = service.address();
        if (way == null || way.has(UNREAD)) {
            return Optional.of(way == null ? "this machine knows no way to " + address : way.get(UNREAD).asText());
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

    /** This machine's own routes to the services, read by one process for each address family. */
    private static Map<Address, JsonNode> ways(Collection<Service> services) {
        try {
            return read(services);
        } catch (IOException e) {
            LOG.warn("this machine's own ways are not known, so nothing is probed: {}", e.getMessage());
            return unread(services, e);
        }
    }

    private static Map<Address, JsonNode> read(Collection<Service> services) throws IOException {
        Map<Address, JsonNode> ways = new HashMap<>();
        for (String family : List.of("-4", "-6")) {
            String lines = services.stream().map(Service::address).filter(a -> a.v6() == family.equals("-6"))
                    .map(a -> "route get " + a + "\n").collect(Collectors.joining());
            if (!lines.isEmpty()) {
                read(family, lines, ways);
            }
        }
        return ways;
    }

    /** Each service has the reason why its way is not known. */
    private static Map<Address, JsonNode> unread(Collection<Service> services, IOException e) {
        JsonNode why = JSON.createObjectNode().put(UNREAD,
                "this machine's own routes could not be read (" + e.getMessage() + "); install iproute2");
        return services.stream().map(Service::address).distinct().collect(Collectors.toMap(a -> a, a -> why));
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
