package net.reroute.cluster.lease;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import net.reroute.cluster.lease.LeaseRole.Part;
import net.reroute.cluster.lease.LeaseScript.Answer;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.Teller;
import net.reroute.core.Login;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An election by a lease on Linux routers, for two members that need no third machine. {@link LeaseRole} has the rules;
 * each router has a thread that asks. A look costs the router next to nothing, and the next one follows when the lease
 * runs out.
 */
public final class LeaseElection implements Election {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final long LONGEST_PAUSE = 100_000_000;

    private final String member;
    private final List<LeaseSite> sites;
    private final BooleanSupplier mayLead;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Teller told = new Teller();
    /** Guarded by the lock. */
    private final LeaseRole role;
    private volatile long goodUntil = System.nanoTime();
    private volatile boolean leading;
    /** Not until the other member is known to have everything. */
    private volatile boolean synced;
    /** Grows whenever threads that pause have to look again. Guarded by the lock. */
    private int turns;
    /** When somebody last wanted the lease renewed at once. Guarded by the lock. */
    private long wantedSince = System.nanoTime();
    private volatile boolean closed;

    /**
     * @param routers the logins of the routers that keep the lease, by name
     * @param epoch the highest that this member's records tell of
     * @param mayLead false: this member must not be elected now
     */
    public LeaseElection(String cluster, String member, Map<String, Login> routers, long epoch,
            BooleanSupplier mayLead, Listener listener) {
        this.member = member;
        LeaseScript script = new LeaseScript(cluster);
        this.mayLead = mayLead;
        this.listener = listener;
        this.sites = routers.entrySet().stream().map(e -> new LeaseSite(e.getKey(), e.getValue(), script, member))
                .toList();
        this.role = new LeaseRole(member, sites.size(), epoch, System.nanoTime());
        for (int i = 0; i < sites.size(); i++) {
            int router = i;
            Thread.ofPlatform().daemon().name("lease-" + sites.get(i).name()).start(() -> loop(router));
        }
    }

    private <T> T locked(Function<LeaseRole, T> look) {
        lock.lock();
        try {
            return look.apply(role);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean leads() {
        return leading && System.nanoTime() - goodUntil < 0;
    }

    @Override
    public long epoch() {
        return locked(LeaseRole::epoch);
    }

    @Override
    public Optional<String> leader() {
        return leads() ? Optional.of(member) : locked(r -> r.leader(System.nanoTime()));
    }

    @Override
    public Optional<String> trouble() {
        List<String> troubles = sites.stream().flatMap(s -> s.trouble().stream()).toList();
        return sites.size() - troubles.size() >= role.majority()
                ? Optional.empty()
                : Optional.of("the lease cannot be kept: " + String.join("; ", troubles));
    }

    @Override
    public boolean confirms() {
        return isRenewed(LeaseScript.TTL);
    }

    /**
     * Writes into the lease whether the other member has all records, for the day it takes over.
     *
     * @return false if the routers did not take it down in time
     */
    public boolean sync(boolean all, Duration within) {
        if (all && synced) {
            return true;
        }
        synced = all;
        return isRenewed(within);
    }

    /** Renews the lease at once. Returns false if most routers did not take that down in time. */
    private boolean isRenewed(Duration within) {
        lock.lock();
        try {
            long since = System.nanoTime();
            wantedSince = since;
            wake();
            long left = within.toNanos();
            while (leads() && role.tookDown(since) < role.majority()) {
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
        return locked(LeaseRole::isBehind);
    }

    // ---- one router -------------------------------------------------------------------------------------------------

    private void loop(int router) {
        while (!closed) {
            LeaseAsk ask = locked(r -> r.ask(router));
            long asked = System.nanoTime();
            Optional<Answer> answer = sites.get(router).ask(ask, synced);
            lock.lock();
            try {
                Part before = role.part();
                apply(role.heard(router, ask, answer, asked, System.nanoTime(), mayLead.getAsBoolean(),
                        ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE)), before);
                pause(router, asked);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("internal error at the lease on {}; it is looked at again", sites.get(router).name(), e);
                LockSupport.parkNanos(LONGEST_PAUSE);
            } finally {
                lock.unlock();
            }
        }
    }

    private void apply(List<LeaseEvent> events, Part before) {
        goodUntil = role.goodUntil();
        leading = role.part() == Part.LEAD;
        for (LeaseEvent event : events) {
            told.tell(() -> carryOut(event));
        }
        if (before != role.part()) {
            turns++;
        }
        changed.signalAll();
    }

    private void carryOut(LeaseEvent event) {
        switch (event) {
            case LeaseEvent.Won won -> listener.won(won.epoch());
            case LeaseEvent.Lost lost -> listener.lost(lost.why());
            case LeaseEvent.Release release -> sites.get(release.router()).release(release.epoch());
        }
    }

    private int wake() {
        changed.signalAll();
        return ++turns;
    }

    private void pause(int router, long asked) throws InterruptedException {
        int turn = turns;
        if (role.ask(router).word() != LeaseAsk.Word.LOOK && role.part() == Part.CLAIM && !role.isAsked(router)) {
            return; // it was asked before this member wanted the lease
        }
        if (wantedSince - asked > 0 && role.part() == Part.LEAD) {
            return; // it was asked before somebody wanted it renewed
        }
        long next = role.next(router, asked, System.nanoTime());
        for (long left = next - System.nanoTime(); left > 0 && turn == turns && !closed; left = next
                - System.nanoTime()) {
            changed.awaitNanos(left);
        }
    }

    @Override
    public void resign(String successor) {
        List<LeaseEvent> events = locked(r -> {
            List<LeaseEvent> all = r.resign(System.nanoTime(), successor);
            apply(all.stream().filter(e -> !(e instanceof LeaseEvent.Release)).toList(), r.part());
            wake();
            return all;
        });
        // here and now: the successor is told next, and would wait for the end of a lease that it still sees
        events.stream().filter(LeaseEvent.Release.class::isInstance).forEach(this::carryOut);
    }

    /** Looks at once, since the leader is known to have resigned or ended. */
    public void hurry() {
        locked(r -> {
            r.called(System.nanoTime());
            return wake();
        });
    }

    @Override
    public void close() {
        closed = true;
        told.close();
        resign("the others");
        sites.forEach(LeaseSite::close);
    }
}
