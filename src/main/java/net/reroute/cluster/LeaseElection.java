package net.reroute.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.reroute.cluster.LeaseScript.Answer;
import net.reroute.core.Login;

/**
 * An election by a lease on Linux routers, for two members that need no third machine. A member leads while it holds the
 * lease on most of these routers, by its own clock and a tenth less than the routers granted. Each router has a thread
 * that renews, looks or takes, as the role says. A look costs the router next to nothing, and the next one follows when
 * the lease runs out.
 */
public final class LeaseElection implements Election {

    /** How long a lease lasts. A leader that is stopped is replaced after this. */
    static final Duration TTL = Duration.ofMillis(800);
    private static final long RENEW = TTL.dividedBy(4).toNanos();
    /** The share of a lease in which a leader may still type. */
    private static final long GOOD = TTL.toNanos() / 10 * 9;
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_RESIGNING = TimeUnit.SECONDS.toNanos(3);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LITTLE_LATER = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LONGEST_PAUSE_MILLIS = 100;

    private enum Role {
        FOLLOW, CLAIM, LEAD
    }

    /** What is known of one router. Guarded by the lock, except for the site. */
    private static final class Seat {

        private final LeaseSite site;
        /** The newest answer; null without one. */
        private Answer last;
        private long lastAt;
        /** Until when its lease is good, if it has one of this epoch. */
        private long goodUntil;
        private boolean asked;
        private boolean granted;

        Seat(LeaseSite site) {
            this.site = site;
        }

        boolean isFree(long now) {
            return last != null && now - lastAt >= last.left().toNanos();
        }
    }

    private final String member;
    private final LeaseScript script;
    private final List<Seat> seats;
    private final BooleanSupplier mayLead;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService told = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("election").factory());
    private Role role = Role.FOLLOW;
    private volatile long epoch;
    /** The highest epoch that a router told of. */
    private volatile long highest;
    private volatile long goodUntil = System.nanoTime();
    private volatile boolean leading;
    private long notBefore = System.nanoTime();
    private volatile boolean synced = true;
    /** Grows whenever threads that pause have to look again. */
    private int turns;
    private volatile boolean closed;

    /**
     * @param routers the logins of the routers that keep the lease, by name
     * @param mayLead false: this member must not be elected now
     */
    public LeaseElection(String cluster, String member, Map<String, Login> routers, BooleanSupplier mayLead,
            Listener listener) {
        this.member = member;
        this.script = new LeaseScript(cluster);
        this.mayLead = mayLead;
        this.listener = listener;
        this.seats = routers.entrySet().stream().map(e -> new Seat(new LeaseSite(e.getKey(), e.getValue()))).toList();
        seats.forEach(seat -> Thread.ofPlatform().daemon().name("lease-" + seat.site.name()).start(() -> loop(seat)));
    }

    @Override
    public boolean leads() {
        return leading && System.nanoTime() - goodUntil < 0;
    }

    @Override
    public long epoch() {
        return leading ? epoch : Math.max(epoch, highest);
    }

    @Override
    public Optional<String> leader() {
        if (leads()) {
            return Optional.of(member);
        }
        lock.lock();
        try {
            long now = System.nanoTime();
            Map<String, Integer> held = new HashMap<>();
            seats.stream().filter(s -> s.last != null && !s.isFree(now))
                    .forEach(s -> held.merge(s.last.holder(), 1, Integer::sum));
            return held.entrySet().stream().filter(e -> e.getValue() >= majority()).map(Map.Entry::getKey).findFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<String> trouble() {
        List<String> troubles = seats.stream().flatMap(s -> s.site.trouble().stream()).toList();
        return seats.size() - troubles.size() >= majority()
                ? Optional.empty()
                : Optional.of("the lease cannot be kept: " + String.join("; ", troubles));
    }

    private int majority() {
        return seats.size() / 2 + 1;
    }

    /**
     * Writes into the lease whether the other member has all records, for the day it takes over.
     *
     * @return false if the routers did not take it down in time
     */
    public boolean sync(boolean all, Duration within) {
        if (synced == all) {
            return true;
        }
        long since = System.nanoTime();
        synced = all;
        lock.lock();
        try {
            wake();
            long left = within.toNanos();
            while (leads() && seats.stream().filter(s -> s.granted && s.lastAt - since > 0).count() < majority()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return leads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** True if the last leader acknowledged records that this member may not have. */
    public boolean isBehind() {
        lock.lock();
        try {
            return seats.stream().anyMatch(s -> s.last != null && !s.last.synced() && !s.last.holder().equals(member));
        } finally {
            lock.unlock();
        }
    }

    // ---- one router -------------------------------------------------------------------------------------------------

    private void loop(Seat seat) {
        while (!closed) {
            Role now;
            long under;
            lock.lock();
            try {
                now = role;
                under = epoch;
            } finally {
                lock.unlock();
            }
            long asked = System.nanoTime();
            Optional<Answer> answer = seat.site.ask(switch (now) {
                case FOLLOW -> script.look();
                case CLAIM -> script.take(member, under, TTL, synced);
                case LEAD -> seat.granted
                        ? script.renew(member, under, TTL, synced)
                        : script.takeMore(member, under, TTL, synced);
            });
            lock.lock();
            try {
                note(seat, answer, asked, now, under);
                decide(System.nanoTime());
                pause(seat, now, asked);
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private void note(Seat seat, Optional<Answer> answer, long asked, Role as, long under) {
        seat.last = answer.orElse(null);
        seat.lastAt = System.nanoTime();
        answer.ifPresent(a -> highest = Math.max(highest, a.epoch()));
        seat.asked = as == Role.CLAIM && under == epoch;
        if (as == Role.FOLLOW || under != epoch) {
            return;
        }
        if (answer.isPresent()) {
            seat.granted = answer.get().word().equals("taken");
            seat.goodUntil = seat.granted ? asked + GOOD : asked;
        }
        changed.signalAll();
    }

    private void decide(long now) {
        switch (role) {
            case FOLLOW -> claim(now);
            case CLAIM -> count(now);
            case LEAD -> hold(now);
        }
    }

    private void claim(long now) {
        long free = seats.stream().filter(s -> s.isFree(now)).count();
        if (free >= majority() && now - notBefore >= 0 && mayLead.getAsBoolean()) {
            become(Role.CLAIM);
            epoch = 1 + seats.stream().filter(s -> s.last != null).mapToLong(s -> s.last.epoch()).reduce(epoch,
                    Math::max);
            seats.forEach(s -> {
                s.asked = false;
                s.granted = false;
                s.goodUntil = now;
            });
        }
    }

    private void count(long now) {
        if (seats.stream().filter(s -> s.granted).count() >= majority()) {
            become(Role.LEAD);
            goodUntil = good();
            leading = true;
            long won = epoch;
            told.execute(() -> listener.won(won));
        } else if (seats.stream().allMatch(s -> s.asked || s.last == null)) {
            giveUp(now, ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS) * 1_000_000L);
        }
    }

    private void hold(long now) {
        goodUntil = good();
        if (now - goodUntil >= 0) {
            String why = leaderNow(now).map(other -> other + " holds the lease").or(this::trouble)
                    .orElse("the lease ran out");
            told.execute(() -> listener.lost(why));
            giveUp(now, 0);
        }
    }

    private Optional<String> leaderNow(long now) {
        return seats.stream().filter(s -> s.last != null && !s.isFree(now)).map(s -> s.last.holder())
                .filter(h -> !h.equals(member)).findFirst();
    }

    /** When the lease ends on so many routers that the rest is no majority. */
    private long good() {
        long base = System.nanoTime();
        return seats.stream().map(s -> s.goodUntil - base).sorted(Comparator.reverseOrder())
                .collect(Collectors.toList()).get(majority() - 1) + base;
    }

    private void giveUp(long now, long pause) {
        leading = false;
        notBefore = now + pause;
        long under = epoch;
        seats.stream().filter(s -> s.granted)
                .forEach(s -> told.execute(() -> s.site.ask(script.release(member, under))));
        become(Role.FOLLOW);
    }

    private void become(Role next) {
        role = next;
        wake();
    }

    private void wake() {
        turns++;
        changed.signalAll();
    }

    private void pause(Seat seat, Role was, long asked) throws InterruptedException {
        if (role != was) {
            return;
        }
        int turn = turns;
        long next = next(seat, asked, System.nanoTime());
        for (long left = next - System.nanoTime(); left > 0 && turn == turns && !closed; left = next
                - System.nanoTime()) {
            changed.awaitNanos(left);
        }
    }

    private long next(Seat seat, long asked, long now) {
        if (role == Role.LEAD) {
            return asked + RENEW;
        }
        if (role == Role.CLAIM || seat.last == null) {
            return now + RETRY;
        }
        return seat.isFree(now) // and this member may not have it
                ? now + BETWEEN_LOOKS
                : seat.lastAt + Math.min(RETRY, seat.last.left().toNanos()) + LITTLE_LATER;
    }

    @Override
    public void resign(String successor) {
        lock.lock();
        try {
            if (role != Role.LEAD) {
                return;
            }
            long now = System.nanoTime();
            giveUp(now, AFTER_RESIGNING);
            told.execute(() -> listener.lost("handed over to " + successor));
        } finally {
            lock.unlock();
        }
    }

    /** Looks at once, since the leader is known to have resigned or ended. */
    public void hurry() {
        lock.lock();
        try {
            wake();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        List<Seat> held = new ArrayList<>();
        try {
            closed = true;
            if (role == Role.LEAD) {
                held.addAll(seats);
            }
            leading = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        held.forEach(s -> s.site.ask(script.release(member, epoch)));
        seats.forEach(s -> s.site.close());
        told.shutdownNow();
    }
}
