package net.reroute.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import net.reroute.check.Check;
import net.reroute.check.Checks;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Service;

/**
 * Runs the checks of a service against the service's own address, if this machine's path there leads through the
 * router. Otherwise the result would prove nothing: the address may be local, or the path redirected (RFC 792: a router
 * tells a host on the same LAN of a shorter path, and Linux keeps that for 300 s).
 */
public final class ServiceProber implements Prober {

    private static final int AT_ONCE = 64;
    private static final long LEAST_NANOS = 1_000_000_000L;
    private static final long BETWEEN_NANOS = 50_000_000L;

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
        OwnWays ways = practice ? OwnWays.NONE : OwnWays.to(services);
        Map<Service, ProbeFinding> findings = new ConcurrentHashMap<>();
        Semaphore room = new Semaphore(AT_ONCE);
        List<Thread> threads = new ArrayList<>();
        for (Service service : services) {
            room.acquireUninterruptibly();
            threads.add(Thread.ofVirtual().name("probe").start(() -> {
                try {
                    findings.put(service, probe(service, ways, router, leastNanos));
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

    private ProbeFinding probe(Service service, OwnWays ways, Set<Address> router, long leastNanos) {
        Optional<String> notThrough = practice ? Optional.empty() : ways.notThrough(service, router);
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
}
