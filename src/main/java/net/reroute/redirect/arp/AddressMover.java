package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Address;
import net.reroute.core.LanRemarks.AddressRemark;
import net.reroute.core.LanRemarks.Fenced;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves addresses between the servers of a LAN: up at one, then off the others. Thread-safe. */
public final class AddressMover {

    private static final Logger LOG = LoggerFactory.getLogger(AddressMover.class);
    /** How long a move waits for fencing. Fencing continues after that. */
    private static final Duration PLANNED = Duration.ofSeconds(3);
    private static final Duration FAILOVER = Duration.ofMillis(250);

    private final Lan lan;
    private final Map<Address, ReentrantLock> moving = new ConcurrentHashMap<>();
    private final Map<Address, Integer> takes = new ConcurrentHashMap<>();
    private final Set<Address> coming = ConcurrentHashMap.newKeySet();

    AddressMover(Lan lan) {
        this.lan = lan;
    }

    /** The lines that {@link #take} would type, each with its server. Asks no server. */
    public List<String> lines(TakeoverRequest request) {
        List<String> lines = new ArrayList<>();
        AddressActivation up = new AddressActivation(lan.link(request.to()), lan.hardware(), List.of(request));
        lines.add(request.to() + ": " + up.line(request));
        for (String other : request.others()) {
            lines.add(other + ": ip addr del " + request.address() + "/LENGTH dev " + request.interfaceAt(other)
                    + ", where it is found");
        }
        return lines;
    }

    /**
     * Brings addresses up at their new servers, announces them, and takes them off the others. An address is taken off
     * only after it was read back at its new server. Blocks until that is done, or for as long as a move waits for
     * fencing.
     *
     * @param up receives the addresses that were read back, as soon as they are
     */
    public Map<TakeoverRequest, TakeoverResult> take(List<TakeoverRequest> all, Consumer<List<TakeoverRequest>> up) {
        List<ReentrantLock> locks = all.stream().map(TakeoverRequest::address).sorted().map(this::moving).toList();
        locks.forEach(ReentrantLock::lock);
        try {
            Map<TakeoverRequest, TakeoverResult> taken = activated(all, up);
            List<TakeoverRequest> there = all.stream().filter(t -> taken.get(t).there()).toList();
            Supplier<Census> census = censusOfOthers(there);
            Map<TakeoverRequest, TakeoverResult> done = new ConcurrentHashMap<>(taken);
            Lan.all(there.stream().filter(t -> !t.others().isEmpty()).toList(),
                    t -> done.put(t, off(t, taken.get(t), census)));
            return done;
        } finally {
            locks.forEach(ReentrantLock::unlock);
        }
    }

    private Map<TakeoverRequest, TakeoverResult> activated(List<TakeoverRequest> all,
            Consumer<List<TakeoverRequest>> up) {
        List<Address> addresses = all.stream().map(TakeoverRequest::address).toList();
        coming.addAll(addresses);
        addresses.forEach(a -> takes.merge(a, 1, Integer::sum));
        try {
            Map<TakeoverRequest, TakeoverResult> taken = activate(all);
            List<TakeoverRequest> there = all.stream().filter(t -> taken.get(t).there()).toList();
            if (!there.isEmpty()) {
                up.accept(there);
            }
            Thread.ofPlatform().daemon().name("after-takeover").start(() -> there.forEach(this::after));
            return taken;
        } finally {
            addresses.forEach(coming::remove);
        }
    }

    /** Runs beside the move, which does not wait for it. */
    private void after(TakeoverRequest request) {
        new AddressActivation(lan.link(request.to()), lan.hardware(), List.of(request)).after(request)
                .ifPresent(said -> lan.events().tell(new AddressRemark(request.address(), request.to(), said)));
    }

    /** True while an address comes up somewhere: its announcement may arrive before the result does. */
    boolean isComing(Address address) {
        return coming.contains(address);
    }

    /** Asks each other server once for all requests, in the background. */
    private Supplier<Census> censusOfOthers(List<TakeoverRequest> requests) {
        Set<String> others = new LinkedHashSet<>();
        requests.forEach(t -> others.addAll(t.others()));
        CompletableFuture<Census> census = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("lan-others").start(() -> census.complete(lan.look(others)));
        return census::join;
    }

    private Map<TakeoverRequest, TakeoverResult> activate(List<TakeoverRequest> all) {
        Map<String, List<TakeoverRequest>> byServer = new LinkedHashMap<>();
        all.forEach(t -> byServer.computeIfAbsent(t.to(), s -> new ArrayList<>()).add(t));
        Map<TakeoverRequest, TakeoverResult> taken = new ConcurrentHashMap<>();
        all.forEach(t -> taken.put(t, TakeoverResult.not(t.to() + ": its answer could not be worked with")));
        Lan.all(byServer.keySet(), server -> {
            try {
                taken.putAll(new AddressActivation(lan.link(server), lan.hardware(), byServer.get(server)).run());
            } catch (RuntimeException e) {
                LOG.error("taking over at {} ended with an internal error", server, e);
            }
        });
        return taken;
    }

    /**
     * The lock that a move of an address holds. During a move two servers rightly have the address, so take this lock
     * before taking an address off one of two holders.
     */
    ReentrantLock moving(Address address) {
        return moving.computeIfAbsent(address, a -> new ReentrantLock());
    }

    /** Takes an address off the other servers, even if its own server does not have it. */
    public TakeoverResult drop(TakeoverRequest request) {
        return off(request, new TakeoverResult(false, "", List.of(), List.of()), censusOfOthers(List.of(request)));
    }

    /** Takes an address off the other servers. A planned move waits for that; a failover waits only briefly. */
    private TakeoverResult off(TakeoverRequest request, TakeoverResult result, Supplier<Census> census) {
        Integer now = takes.getOrDefault(request.address(), 0);
        Fencing fencing = new Fencing(lan, request, census, () -> now.equals(takes.getOrDefault(request.address(), 0)));
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("fence").start(() -> {
            try {
                fencing.run();
            } finally {
                done.countDown();
            }
            fencing.late().ifPresent(text -> lan.events().tell(new Fenced(request.address(), text)));
        });
        try {
            Duration patience = request.planned() ? PLANNED : FAILOVER;
            boolean ended = done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            return fencing.with(result, ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fencing.with(result, false);
        }
    }
}
