package net.reroute.redirect.arp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.LanRemarks.Contested;
import net.reroute.core.LanRemarks.NotAnnounced;
import net.reroute.core.Takeover.Announce;
import net.reroute.redirect.arp.RemoteRawSocket.ArpFilter;

/**
 * Guards addresses at their servers: repeats the announcement of a takeover, answers claims by other machines, and
 * takes the address off a server that comes back with it. Asks the server for the address before every announcement.
 * Thread-safe.
 */
public final class AddressGuard {

    private static final int BURST = 5;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration AT_ONCE = Duration.ofMillis(3);
    /** Delays of our answers to a claim: one right behind it, and one for slower stacks. */
    private static final List<Duration> ANSWERS = List.of(Duration.ofMillis(20), Duration.ofMillis(100));

    private final Lan lan;
    private final AddressMover mover;
    private final Announcer announcer;
    private final OwnershipCheck ownership;
    private final LanEventHandler events;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<Map<String, List<ArpFilter>>> listening = new AtomicReference<>(Map.of());
    private final Map<Duration, Set<GuardedAddress>> answers = new ConcurrentHashMap<>();
    private final Map<Address, GuardedAddress> guarded = new ConcurrentHashMap<>();

    /**
     * @param sockets this machine's socket in the LAN of an address; empty if it has none
     * @param later runs a task after a delay, on its own thread
     */
    AddressGuard(Lan lan, AddressMover mover, Function<Address, Optional<RawSocket>> sockets, InstantSource clock,
            BiConsumer<Duration, Runnable> later) {
        this.lan = lan;
        this.mover = mover;
        this.announcer = new Announcer(lan, sockets);
        this.ownership = new OwnershipCheck(lan, mover, this);
        this.events = lan.events();
        this.clock = clock;
        this.later = later;
    }

    /** Replaces the set of guarded addresses. Other addresses are left alone from now on. */
    public void keep(Collection<HeldAddress> all) {
        Map<Address, HeldAddress> next = new LinkedHashMap<>();
        all.forEach(h -> next.put(h.request().address(), h));
        guarded.keySet().retainAll(next.keySet());
        next.values().forEach(this::note);
        listen();
    }

    /** Adds guarded addresses. */
    public void hold(Collection<HeldAddress> more) {
        more.forEach(this::note);
        listen();
    }

    private void note(HeldAddress held) {
        GuardedAddress before = guarded.get(held.request().address());
        if (before == null || !before.held().request().to().equals(held.request().to())) {
            guarded.put(held.request().address(), new GuardedAddress(held));
        } else {
            before.held(held);
        }
    }

    /** Where this machine has no socket in the LAN, the server that has the address listens. */
    private void listen() {
        Map<String, List<ArpFilter>> byServer = new LinkedHashMap<>();
        lan.servers().forEach(s -> byServer.put(s, new ArrayList<>()));
        guarded.values().stream().map(GuardedAddress::held)
                .filter(h -> byServer.containsKey(h.request().to()) && !announcer.hasLeg(h.request().address()))
                .forEach(
                        h -> byServer.get(h.request().to()).add(new ArpFilter(h.request().interfaceAt(h.request().to()),
                                h.request().address(), h.away())));
        if (!byServer.equals(listening.getAndSet(byServer))) {
            later.accept(Duration.ZERO, () -> listening.get().forEach(lan::watch)); // reads the newest set
        }
    }

    /** The state of all guarded addresses, for the status. */
    public List<GuardedAddress.AddressReport> reports() {
        return guarded.values().stream().map(w -> w.report(clock.instant())).toList();
    }

    /**
     * Announces an address on behalf of its own server, which has it again but cannot be asked to announce it. The
     * server that still holds the address sends the frames, so that it is never without a server.
     *
     * @param request moves the address back to its own server
     * @return false if the hardware address of either server is unknown, or the frames were not sent
     */
    public boolean pointBack(TakeoverRequest request) {
        return announcer.pointBack(request);
    }

    /** Announces new addresses in a burst. Blocks for the first frames of this machine; servers sent theirs already. */
    public void burst(Collection<TakeoverRequest> all) {
        List<TakeoverRequest> ours = all.stream().filter(t -> t.how().announce() == Announce.CONTROLLER).toList();
        if (!ours.isEmpty()) {
            announce(ours);
        }
        for (int i = 1; i < BURST; i++) {
            pending.incrementAndGet();
            later.accept(BETWEEN.multipliedBy(i), () -> {
                try {
                    announce(all);
                } finally {
                    pending.decrementAndGet();
                }
            });
        }
    }

    /** True if no burst is in progress. */
    public boolean isIdle() {
        return pending.get() == 0;
    }

    /** Checks the addresses that are due, in the background. Call it about every second. */
    public void tick() {
        Instant now = clock.instant();
        List<GuardedAddress> due = guarded.values().stream().filter(w -> w.isDue(now)).toList();
        due.forEach(w -> w.looked(now));
        checkLater(due);
        guarded.values().forEach(w -> w.alert(now)
                .ifPresent(text -> events.tell(new Contested(w.held().request().address(), text))));
    }

    /** Checks the addresses of a server at once, in the background, because it answers again. */
    public void sighted(String server) {
        checkLater(guarded.values().stream().filter(w -> w.held().request().others().contains(server)
                || w.held().request().to().equals(server)).toList());
    }

    private void checkLater(List<GuardedAddress> some) {
        if (!some.isEmpty()) {
            later.accept(Duration.ZERO, () -> ownership.check(some));
        }
    }

    /** Answers an observation of another machine. The sockets call this on their own threads. */
    void heard(ArpObservation heard) {
        GuardedAddress one = guarded.get(heard.address());
        if (one == null || mover.isComing(heard.address())
                || announcer.holder(one.held().request()).filter(heard.from()::equals).isPresent()) {
            return;
        }
        boolean claim = heard.meaning() == ArpObservation.Meaning.CLAIM;
        // the server itself answers questions for an address at home
        if ((claim || one.held().away()) && one.heard(heard, clock.instant()) && events.announces()) {
            later.accept(AT_ONCE, () -> {
                if (isCurrent(one) && one.isSure()) {
                    announcer.answer(one.held().request());
                }
            });
            ANSWERS.forEach(delay -> answerLater(delay, one));
        }
    }

    /** Collects answers with the same delay, so that each server is asked once however many claims there are. */
    private void answerLater(Duration delay, GuardedAddress one) {
        Set<GuardedAddress> waiting = answers.computeIfAbsent(delay, d -> ConcurrentHashMap.newKeySet());
        boolean first;
        synchronized (waiting) {
            first = waiting.isEmpty();
            waiting.add(one);
        }
        if (first) {
            later.accept(delay, () -> {
                List<GuardedAddress> due;
                synchronized (waiting) {
                    due = List.copyOf(waiting);
                    waiting.clear();
                }
                announce(due.stream().filter(this::isCurrent).map(w -> w.held().request()).toList());
            });
        }
    }

    /** False if the address moved, is moving, or is no longer guarded. */
    boolean isCurrent(GuardedAddress one) {
        Address address = one.held().request().address();
        return guarded.get(address) == one && !mover.isComing(address);
    }

    private void announce(Collection<TakeoverRequest> all) {
        noted(ours(all), announcer::announce);
    }

    /** Announces addresses, given a census taken just now. */
    void announce(Collection<TakeoverRequest> all, Census census) {
        noted(ours(all), ours -> announcer.announce(ours, census));
    }

    /** The requests whose address is still guarded at the same server; none in observe mode. */
    private List<TakeoverRequest> ours(Collection<TakeoverRequest> all) {
        return !events.announces()
                ? List.of()
                : all.stream().filter(t -> Optional.ofNullable(guarded.get(t.address()))
                        .filter(w -> w.held().request().to().equals(t.to())).isPresent()).toList();
    }

    private void noted(List<TakeoverRequest> all,
            Function<List<TakeoverRequest>, Map<TakeoverRequest, String>> announced) {
        Map<TakeoverRequest, String> failed = all.isEmpty() ? Map.of() : announced.apply(all);
        Map<String, List<TakeoverRequest>> news = new LinkedHashMap<>();
        for (TakeoverRequest request : all) {
            GuardedAddress one = guarded.get(request.address());
            String why = failed.get(request);
            if (one == null) {
                continue; // no longer guarded
            }
            if (why == null) {
                one.announced();
            } else if (one.trouble("not announced: " + why).isPresent()) {
                news.computeIfAbsent(why, w -> new ArrayList<>()).add(request);
            }
        }
        news.forEach((why, some) -> notAnnounced(some, why));
    }

    void notAnnounced(List<TakeoverRequest> all, String why) {
        events.tell(new NotAnnounced(all.getFirst().address(), all.size() - 1, why));
    }
}
