package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Address;
import net.reroute.core.LanRemarks.AddressRemark;
import net.reroute.core.LanRemarks.Fenced;
import net.reroute.core.Server;
import net.reroute.redirect.arp.RemoteRawSocket.ArpFilter;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of a LAN: who holds an address, and how it is brought to another. Safe for many threads. */
public final class Lan implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lan.class);
    /** On a LAN an answer takes milliseconds; who takes longer is not waited for while traffic waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** How long a move waits for the address to be taken off the others; it goes on by itself. */
    private static final Duration PLANNED = Duration.ofSeconds(3);
    private static final Duration FAILOVER = Duration.ofMillis(250);

    /**
     * Who holds what, as far as servers could be asked.
     *
     * @param byServer interfaces of those that answered
     * @param silent why the others could not be asked
     */
    public record Sight(Map<String, List<Interface>> byServer, Map<String, String> silent) {

        /** The servers that hold an address, of those named, in their order. */
        public List<String> holders(Address address, Collection<String> among) {
            return among.stream().filter(s -> byServer.getOrDefault(s, List.of()).stream()
                    .anyMatch(i -> i.entry(address).isPresent())).toList();
        }

        public boolean saw(String server) {
            return byServer.containsKey(server);
        }
    }

    private final Map<String, ServerLink> links = new LinkedHashMap<>();
    private final MacTable hardware;
    private final LanEventHandler events;
    private final Map<Address, ReentrantLock> moving = new ConcurrentHashMap<>();
    private final Map<Address, Integer> takes = new ConcurrentHashMap<>();
    private final Set<Address> coming = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean warming = new AtomicBoolean();

    /**
     * @param servers that may hold addresses; each has a login
     * @param hears told what servers hear of the addresses they watch
     */
    Lan(Collection<Server> servers, MacTable hardware, LanEventHandler events, Consumer<ArpObservation> hears) {
        this.hardware = hardware;
        this.events = events;
        servers.forEach(s -> links.put(s.name(), new ServerLink(s, hardware, events::reachable, hears)));
    }

    ServerLink link(String server) {
        return links.get(server);
    }

    LanEventHandler events() {
        return events;
    }

    MacTable hardware() {
        return hardware;
    }

    /** Why each server that cannot be asked cannot. */
    public Map<String, String> troubles() {
        Map<String, String> troubles = new LinkedHashMap<>();
        links.forEach((name, link) -> link.trouble().ifPresent(t -> troubles.put(name, t)));
        return troubles;
    }

    /** Asks servers, all at once. */
    public Sight look(Collection<String> servers) {
        Map<String, List<Interface>> seen = new ConcurrentHashMap<>();
        Map<String, String> silent = new ConcurrentHashMap<>();
        all(servers, server -> {
            try {
                seen.put(server, links.get(server).interfaces(PATIENCE));
            } catch (SshException e) {
                silent.put(server, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("looking at {} ended with a mistake of the program", server, e);
                silent.put(server, "its answer could not be worked with");
            }
        });
        return new Sight(seen, silent);
    }

    /** For all at the same time; every wait inside has a deadline of its own. */
    static <T> void all(Collection<T> things, Consumer<T> what) {
        CountDownLatch done = new CountDownLatch(things.size());
        for (T thing : things) {
            Thread.ofPlatform().daemon().name("lan-" + thing).start(() -> {
                try {
                    what.accept(thing);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Logs in where it is not, and keeps the sessions from going idle. Returns at once: a dead server takes its time. */
    public void keepWarm() {
        if (warming.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("lan-warm").start(() -> {
                try {
                    all(links.keySet(), s -> links.get(s).keepWarm());
                } finally {
                    warming.set(false);
                }
            });
        }
    }

    Collection<String> servers() {
        return links.keySet();
    }

    /** What a server is to hear from now on; told to it as soon as it can be. */
    void watch(String server, List<ArpFilter> all) {
        try {
            links.get(server).wire().watch(all);
        } catch (SshException e) {
            LOG.debug("{} does not watch", server, e); // it is asked again as soon as it can be
        }
    }

    /** Something was heard of a server that was lost. */
    public void sighted(String server) {
        ServerLink link = links.get(server);
        if (link != null) {
            try {
                link.sighted();
            } catch (SshException e) {
                LOG.debug("{} was heard of and cannot be asked", server, e);
            }
        }
    }

    /** What {@link #take} would type, each line with its server. */
    public List<String> lines(TakeoverRequest request) {
        List<String> lines = new ArrayList<>();
        AddressActivation up = new AddressActivation(links.get(request.to()), hardware, List.of(request));
        lines.add(request.to() + ": " + up.line(request));
        for (String other : request.others()) {
            lines.add(other + ": ip addr del " + request.address() + "/LENGTH dev " + request.interfaceAt(other)
                    + ", where it is found");
        }
        return lines;
    }

    /**
     * Brings addresses up where they are to be, announces them, and takes them off the servers that had them. Nothing is
     * taken away anywhere before the address was read back at its new place.
     *
     * @param up told of those that were read back, as soon as they were
     */
    public Map<TakeoverRequest, TakeoverResult> take(List<TakeoverRequest> all, Consumer<List<TakeoverRequest>> up) {
        List<ReentrantLock> locks = all.stream().map(TakeoverRequest::address).sorted().map(this::moving).toList();
        locks.forEach(ReentrantLock::lock);
        try {
            Map<TakeoverRequest, TakeoverResult> taken = activated(all, up);
            List<TakeoverRequest> there = all.stream().filter(t -> taken.get(t).there()).toList();
            Supplier<Sight> sight = sightOfOthers(there);
            Map<TakeoverRequest, TakeoverResult> done = new ConcurrentHashMap<>(taken);
            all(there.stream().filter(t -> !t.others().isEmpty()).toList(),
                    t -> done.put(t, off(t, taken.get(t), sight)));
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

    /** Nobody waits for it. */
    private void after(TakeoverRequest request) {
        new AddressActivation(links.get(request.to()), hardware, List.of(request)).after(request)
                .ifPresent(said -> events.tell(new AddressRemark(request.address(), request.to(), said)));
    }

    /** True while an address comes up somewhere: the server that announces it has not reported that yet. */
    boolean isComing(Address address) {
        return coming.contains(address);
    }

    /** Each server is asked once for all. */
    private Supplier<Sight> sightOfOthers(List<TakeoverRequest> requests) {
        Set<String> others = new LinkedHashSet<>();
        requests.forEach(t -> others.addAll(t.others()));
        CompletableFuture<Sight> sight = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("lan-others").start(() -> sight.complete(look(others)));
        return sight::join;
    }

    private Map<TakeoverRequest, TakeoverResult> activate(List<TakeoverRequest> all) {
        Map<String, List<TakeoverRequest>> byServer = new LinkedHashMap<>();
        all.forEach(t -> byServer.computeIfAbsent(t.to(), s -> new ArrayList<>()).add(t));
        Map<TakeoverRequest, TakeoverResult> taken = new ConcurrentHashMap<>();
        all.forEach(t -> taken.put(t, TakeoverResult.not(t.to() + ": its answer could not be worked with")));
        all(byServer.keySet(), server -> {
            try {
                taken.putAll(new AddressActivation(links.get(server), hardware, byServer.get(server)).run());
            } catch (RuntimeException e) {
                LOG.error("taking over at {} ended with a mistake of the program", server, e);
            }
        });
        return taken;
    }

    /**
     * Held while an address is on its way: for a moment two servers have it then, and that is as it should be. Who wants to
     * take it off one of two holders takes this first.
     */
    ReentrantLock moving(Address address) {
        return moving.computeIfAbsent(address, a -> new ReentrantLock());
    }

    /** Takes an address off the others, although it is nowhere else. */
    public TakeoverResult drop(TakeoverRequest request) {
        return off(request, new TakeoverResult(false, "", List.of(), List.of()), sightOfOthers(List.of(request)));
    }

    /** Takes an address off the others; a planned move waits for that, a failover not longer than it has to. */
    private TakeoverResult off(TakeoverRequest request, TakeoverResult result, Supplier<Sight> sight) {
        Integer now = takes.getOrDefault(request.address(), 0);
        Fencing fencing = new Fencing(this, request, sight, () -> now.equals(takes.getOrDefault(request.address(), 0)));
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("fence").start(() -> {
            try {
                fencing.run();
            } finally {
                done.countDown();
            }
            fencing.late().ifPresent(text -> events.tell(new Fenced(request.address(), text)));
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

    @Override
    public void close() {
        links.values().forEach(ServerLink::close);
    }
}
