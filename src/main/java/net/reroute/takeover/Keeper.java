package net.reroute.takeover;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Takeover.Announce;
import net.reroute.ssh.SshException;
import net.reroute.takeover.ServerWire.Announcement;
import net.reroute.takeover.ServerWire.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after addresses for as long as they are where they are: repeats the announcement of a takeover, answers what others
 * say on the wire, and takes an address off a server that comes back with it. Before every announcement it asks whether the
 * address is still there.
 */
public final class Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int BURST = 5;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration AT_ONCE = Duration.ofMillis(3);
    /** Behind the answer of the one who claims it, and once more behind a slower one. */
    private static final List<Duration> ANSWERS = List.of(Duration.ofMillis(20), Duration.ofMillis(100));

    /**
     * An address that is looked after.
     *
     * @param taking where it is, and who else may have it
     * @param away true if that is a takeover: it is announced again and again
     */
    public record Held(Taking taking, boolean away) {}

    private final Lan lan;
    private final Function<Address, Optional<Wire>> wires;
    private final Events events;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<Map<String, List<Watched>>> listening = new AtomicReference<>(Map.of());
    private final Map<Address, Watch> watches = new ConcurrentHashMap<>();

    /**
     * @param wires this machine's leg in the LAN of an address, where it has one
     * @param later runs something after a while, on a thread of its own
     */
    Keeper(Lan lan, Function<Address, Optional<Wire>> wires, Events events, InstantSource clock,
            BiConsumer<Duration, Runnable> later) {
        this.lan = lan;
        this.wires = wires;
        this.events = events;
        this.clock = clock;
        this.later = later;
    }

    /** What is to be looked after from now on; what is not named any more is left alone. */
    public void keep(Collection<Held> all) {
        Map<Address, Held> next = new LinkedHashMap<>();
        all.forEach(h -> next.put(h.taking().address(), h));
        watches.keySet().retainAll(next.keySet());
        next.values().forEach(this::note);
        listen();
    }

    /** One more to be looked after. */
    public void hold(Held held) {
        note(held);
        listen();
    }

    private void note(Held held) {
        Watch before = watches.get(held.taking().address());
        if (before == null || !before.held().taking().to().equals(held.taking().to())) {
            watches.put(held.taking().address(), new Watch(held));
        } else {
            before.held(held);
        }
    }

    /** Where this machine has no leg in the LAN, the server that has an address hears for it. */
    private void listen() {
        Map<String, List<Watched>> byServer = new LinkedHashMap<>();
        lan.servers().forEach(s -> byServer.put(s, new ArrayList<>()));
        watches.values().stream().map(Watch::held).filter(h -> wires.apply(h.taking().address()).isEmpty())
                .forEach(h -> byServer.get(h.taking().to()).add(new Watched(h.taking().interfaceAt(h.taking().to()),
                        h.taking().address(), h.away())));
        if (!byServer.equals(listening.getAndSet(byServer))) {
            later.accept(Duration.ZERO, () -> listening.get().forEach(lan::watch)); // the newest, if several run
        }
    }

    /** What is looked after, for people. */
    public List<Watch.Report> reports() {
        return watches.values().stream().map(w -> w.report(clock.instant())).toList();
    }

    /**
     * Tells the LAN that an address is at its own server again, on behalf of that server: it cannot be asked to do so
     * itself. Sent by the one that has it still, so that there is always one who has it.
     *
     * @param taking the address back to its own server
     * @return false if the hardware address of its own server was never learnt
     */
    public boolean pointBack(Taking taking) {
        String via = taking.from();
        String on = taking.interfaceAt(via);
        Optional<HardwareAddress> own = lan.hardware().of(via, on);
        Optional<HardwareAddress> original = lan.hardware().of(taking.to(), taking.interfaceAt(taking.to()));
        if (own.isEmpty() || original.isEmpty()) {
            return false;
        }
        try {
            lan.link(via).wire().send(List.of(new Announcement(on, taking.address(),
                    Frames.announcement(own.get(), original.get(), taking.address()))));
            return true;
        } catch (SshException e) {
            LOG.debug("{} did not point back", via, e);
            return false;
        }
    }

    /** The rest of the burst after an address came up; its first frames went out with it. */
    public void burst(Taking taking) {
        if (taking.how().announce() == Announce.CONTROLLER) {
            announce(taking);
        }
        for (int i = 1; i < BURST; i++) {
            pending.incrementAndGet();
            later.accept(BETWEEN.multipliedBy(i), () -> {
                try {
                    announce(taking);
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
        watches.values().stream().filter(w -> w.isDue(now)).forEach(w -> {
            w.looked(now);
            later.accept(Duration.ZERO, () -> attend(w));
        });
        watches.values().forEach(w -> w.alert(now)
                .ifPresent(text -> events.warn("contested", w.held().taking().address().toString(), text)));
    }

    /** A server answers again: who holds what is found out at once. */
    public void sighted(String server) {
        watches.values().stream().filter(w -> w.held().taking().others().contains(server)
                || w.held().taking().to().equals(server)).forEach(w -> later.accept(Duration.ZERO, () -> attend(w)));
    }

    /** Looks at all its servers: one has it and nobody else. */
    private void attend(Watch watch) {
        Taking taking = watch.held().taking();
        List<String> all = new ArrayList<>(taking.others());
        all.add(taking.to());
        Lan.Sight sight = lan.look(all);
        if (!sight.saw(taking.to())) {
            watch.trouble(taking.to() + " cannot be asked whether it holds " + taking.address()
                    + ", so it is not announced: " + sight.silent().get(taking.to()))
                    .ifPresent(t -> events.warn("not-announced", taking.address().toString(), t));
            return;
        }
        if (sight.holders(taking.address(), List.of(taking.to())).isEmpty()) {
            watch.trouble(taking.to() + " does not hold " + taking.address() + " any more")
                    .ifPresent(t -> events.warn("address-lost", taking.address().toString(), t));
            events.lost(taking.address());
            return;
        }
        List<String> also = sight.holders(taking.address(), taking.others());
        if (!also.isEmpty() && !events.types()) {
            watch.trouble(taking.address() + " is also at " + String.join(", ", also))
                    .ifPresent(t -> events.warn("two-holders", taking.address().toString(), t));
        } else if (!also.isEmpty()) {
            alone(watch, also);
        } else if (!watch.held().away() || !events.announces() || announce(taking)) {
            watch.trouble("");
        }
    }

    /** Two have it, as after a partition that has healed: the one that was decided keeps it. */
    private void alone(Watch watch, List<String> also) {
        Taking taking = watch.held().taking();
        ReentrantLock moving = lan.moving(taking.address());
        if (!moving.tryLock()) {
            return; // it is on its way, and for a moment two have it
        }
        try {
            if (isCurrent(watch)) {
                alone(watch, taking, also);
            }
        } finally {
            moving.unlock();
        }
    }

    private void alone(Watch watch, Taking taking, List<String> also) {
        Fencing fencing = new Fencing(lan, taking, events);
        announce(taking);
        fencing.run();
        Taken done = fencing.with(new Taken(true, "", List.of(), List.of()), true);
        String text = taking.address() + " is also at " + String.join(", ", also) + "; it stays at " + taking.to()
                + (done.typed().isEmpty() ? "" : ", typed " + String.join("; ", done.typed()))
                + (done.remarks().isEmpty() ? "" : " (" + String.join("; ", done.remarks()) + ")");
        watch.trouble(text).ifPresent(t -> events.warn("two-holders", taking.address().toString(), t));
        burst(taking);
    }

    /** Called by the wire: what somebody else says of an address is answered behind him. */
    void heard(Heard heard) {
        Watch watch = watches.get(heard.address());
        if (watch == null || own(watch).filter(heard.from()::equals).isPresent()) {
            return;
        }
        boolean claim = heard.kind() == Heard.Kind.CLAIM;
        // Who asks for an address that is at home gets his answer from its home.
        if ((claim || watch.held().away()) && watch.heard(claim, clock.instant()) && events.announces()) {
            later.accept(AT_ONCE, () -> answer(watch));
            ANSWERS.forEach(delay -> later.accept(delay, () -> {
                if (isCurrent(watch)) {
                    announce(watch.held().taking());
                }
            }));
        }
    }

    /** At once, without asking the server first: what is behind that takes longer than a wrong answer needs to be believed. */
    private void answer(Watch watch) {
        Taking taking = watch.held().taking();
        Optional<HardwareAddress> holder = own(watch);
        if (!isCurrent(watch) || !watch.isSure() || holder.isEmpty()) {
            return;
        }
        try {
            if (wires.apply(taking.address()).isPresent()) {
                byController(taking, holder.get());
            } else {
                byServer(taking, holder.get());
            }
        } catch (SshException | WireException e) {
            LOG.debug("{} was not answered for", taking.address(), e);
        }
    }

    /** False if it was given up or brought elsewhere meanwhile. */
    private boolean isCurrent(Watch watch) {
        return watches.get(watch.held().taking().address()) == watch;
    }

    private Optional<HardwareAddress> own(Watch watch) {
        Taking taking = watch.held().taking();
        return lan.hardware().of(taking.to(), taking.interfaceAt(taking.to()));
    }

    /** Returns false if it was not, which is told once. */
    private boolean announce(Taking taking) {
        Watch watch = watches.get(taking.address());
        Optional<HardwareAddress> holder = lan.hardware().of(taking.to(), taking.interfaceAt(taking.to()));
        if (holder.isEmpty() || watch != null && !watch.held().taking().to().equals(taking.to())) {
            return false; // somebody else has it by now
        }
        try {
            isHeldStill(taking);
            if (taking.how().announce() == Announce.SERVER) {
                byServer(taking, holder.get());
            } else {
                byController(taking, holder.get());
            }
            if (watch != null) {
                watch.announced();
            }
            return true;
        } catch (SshException | WireException e) {
            if (watch != null) {
                watch.trouble("not announced: " + e.getMessage())
                        .ifPresent(t -> events.warn("not-announced", taking.address().toString(), t));
            }
            return false;
        }
    }

    private void isHeldStill(Taking taking) throws SshException {
        ServerLink link = lan.link(taking.to());
        if (!link.run(link.script().isHeld(taking.address(), taking.interfaceAt(taking.to())), PATIENCE).ok()) {
            throw new SshException(SshException.Kind.REFUSED, link.name() + " does not hold it", null);
        }
    }

    private void byServer(Taking taking, HardwareAddress holder) throws SshException {
        lan.link(taking.to()).wire().send(List.of(new Announcement(taking.interfaceAt(taking.to()), taking.address(),
                Frames.announcement(holder, holder, taking.address()))));
    }

    /** The frames carry this machine's own address as their source, or the switch would learn a wrong port. */
    private void byController(Taking taking, HardwareAddress holder) throws WireException {
        Wire wire = wires.apply(taking.address())
                .orElseThrow(() -> new WireException("this machine has no open leg in the LAN of " + taking.address(),
                        null));
        wire.send(Frames.announcement(wire.hardware(), holder, taking.address()));
    }
}
