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
 * Looks after addresses for as long as they are where they are: repeats the announcement of a takeover, answers what others
 * say on the wire, and takes an address off a server that comes back with it. Before every announcement it asks whether the
 * address is still there.
 */
public final class AddressGuard {

    private static final int BURST = 5;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration AT_ONCE = Duration.ofMillis(3);
    /** Behind the answer of the one who claims it, and once more behind a slower one. */
    private static final List<Duration> ANSWERS = List.of(Duration.ofMillis(20), Duration.ofMillis(100));

    private final Lan lan;
    private final AddressMover mover;
    private final Announcer announcer;
    private final OwnershipCheck attendance;
    private final LanEventHandler events;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<Map<String, List<ArpFilter>>> listening = new AtomicReference<>(Map.of());
    private final Map<Duration, Set<GuardedAddress>> answers = new ConcurrentHashMap<>();
    private final Map<Address, GuardedAddress> guarded = new ConcurrentHashMap<>();

    /**
     * @param sockets this machine's leg in the LAN of an address, where it has one
     * @param later runs something after a while, on a thread of its own
     */
    AddressGuard(Lan lan, AddressMover mover, Function<Address, Optional<RawSocket>> sockets, InstantSource clock,
            BiConsumer<Duration, Runnable> later) {
        this.lan = lan;
        this.mover = mover;
        this.announcer = new Announcer(lan, sockets);
        this.attendance = new OwnershipCheck(lan, mover, this);
        this.events = lan.events();
        this.clock = clock;
        this.later = later;
    }

    /** What is to be looked after from now on; what is not named any more is left alone. */
    public void keep(Collection<HeldAddress> all) {
        Map<Address, HeldAddress> next = new LinkedHashMap<>();
        all.forEach(h -> next.put(h.request().address(), h));
        guarded.keySet().retainAll(next.keySet());
        next.values().forEach(this::note);
        listen();
    }

    /** These are to be looked after too. */
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

    /** Where this machine has no leg in the LAN, the server that has an address hears for it. */
    private void listen() {
        Map<String, List<ArpFilter>> byServer = new LinkedHashMap<>();
        lan.servers().forEach(s -> byServer.put(s, new ArrayList<>()));
        guarded.values().stream().map(GuardedAddress::held)
                .filter(h -> byServer.containsKey(h.request().to()) && !announcer.hasLeg(h.request().address()))
                .forEach(
                        h -> byServer.get(h.request().to()).add(new ArpFilter(h.request().interfaceAt(h.request().to()),
                                h.request().address(), h.away())));
        if (!byServer.equals(listening.getAndSet(byServer))) {
            later.accept(Duration.ZERO, () -> listening.get().forEach(lan::watch)); // the newest, if several run
        }
    }

    /** What is looked after, for people. */
    public List<GuardedAddress.Report> reports() {
        return guarded.values().stream().map(w -> w.report(clock.instant())).toList();
    }

    /**
     * Tells the LAN that an address is at its own server again, on behalf of that server: it cannot be asked to do so
     * itself. Sent by the one that has it still, so that there is always one who has it.
     *
     * @param request the address back to its own server
     * @return false if the hardware address of its own server was never learnt
     */
    public boolean pointBack(TakeoverRequest request) {
        return announcer.pointBack(request);
    }

    /** The rest of the burst after addresses came up; their first frames went out with them. */
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

    /** True if no burst is under way. */
    public boolean isIdle() {
        return pending.get() == 0;
    }

    /** Does what is due; called about every second. */
    public void tick() {
        Instant now = clock.instant();
        List<GuardedAddress> due = guarded.values().stream().filter(w -> w.isDue(now)).toList();
        due.forEach(w -> w.looked(now));
        attendLater(due);
        guarded.values().forEach(w -> w.alert(now)
                .ifPresent(text -> events.tell(new Contested(w.held().request().address(), text))));
    }

    /** A server answers again: who holds what is found out at once. */
    public void sighted(String server) {
        attendLater(guarded.values().stream().filter(w -> w.held().request().others().contains(server)
                || w.held().request().to().equals(server)).toList());
    }

    private void attendLater(List<GuardedAddress> some) {
        if (!some.isEmpty()) {
            later.accept(Duration.ZERO, () -> attendance.attend(some));
        }
    }

    /** Called by the wire: what somebody else says of an address is answered behind him. */
    void heard(ArpObservation heard) {
        GuardedAddress one = guarded.get(heard.address());
        if (one == null || mover.isComing(heard.address())
                || announcer.holder(one.held().request()).filter(heard.from()::equals).isPresent()) {
            return;
        }
        boolean claim = heard.meaning() == ArpObservation.Meaning.CLAIM;
        // Who asks for an address that is at home gets his answer from its home.
        if ((claim || one.held().away()) && one.heard(heard, clock.instant()) && events.announces()) {
            later.accept(AT_ONCE, () -> {
                if (isCurrent(one) && one.isSure()) {
                    announcer.answer(one.held().request());
                }
            });
            ANSWERS.forEach(delay -> answerLater(delay, one));
        }
    }

    /** What is to be answered after the same while goes out together: each server is asked once, however much is claimed. */
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

    /** False if it was given up or brought elsewhere meanwhile, or is about to be. */
    boolean isCurrent(GuardedAddress one) {
        Address address = one.held().request().address();
        return guarded.get(address) == one && !mover.isComing(address);
    }

    private void announce(Collection<TakeoverRequest> all) {
        noted(ours(all), announcer::announce);
    }

    /** Announces those that a server was just seen to hold. */
    void announce(Collection<TakeoverRequest> all, Census census) {
        noted(ours(all), ours -> announcer.announce(ours, census));
    }

    /** Those that are not by now somebody else's. */
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
                continue; // nobody looks after it any more
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
