package net.reroute.cluster.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.reroute.cluster.lease.LeaseScript.Answer;

/**
 * Two controllers and their routers in simulated time, with everything that goes wrong: processes that are killed or
 * stopped, cables that are cut, routers that boot, clocks that drift, disks that are full. The rules are those of
 * {@link LeaseRole}; the router does what {@link LeaseScript} has it do. The whole is decided by one seed.
 */
final class LeaseWorld {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long AWAY = SECOND;
    private static final long LOST = 1 * SECOND;

    /** What happens at a time. */
    private record Due(long at, long order, Runnable what) {}

    /** A router: its lease file, its clock, and who reaches it. */
    private static final class Router {
        private final double rate;
        private long epoch;
        private String holder = "-";
        private long until;
        private boolean synced = true;
        private int boots;
        private long actedEpoch;
        private String actedBy = "";
        private final Set<Integer> cutFrom = new HashSet<>();

        Router(double rate) {
            this.rate = rate;
        }

        /** Hundredths of a second since some time, as in /proc/uptime. */
        long clock(long now) {
            return (long) (now * rate) / (10 * MILLI);
        }
    }

    /** A controller. */
    private final class Member {
        private final int number;
        private final String name;
        private final double rate;
        private LeaseRole role;
        private int life;
        private long stoppedUntil;
        private boolean diskFull;
        private boolean synced;
        /** The last epoch in its journal. */
        private long epoch;
        /** Wishes in its journal, in order. */
        private List<Long> journal = new ArrayList<>();
        private long heardAt;

        Member(int number, double rate) {
            this.number = number;
            this.name = "c" + (number + 1);
            this.rate = rate;
            begin();
        }

        long clock() {
            return (long) (now * rate);
        }

        void begin() {
            life++;
            synced = false;
            epoch = Math.max(epoch, role == null ? 0 : role.epoch());
            role = new LeaseRole(name, routers.size(), epoch, clock());
            for (int r = 0; r < routers.size(); r++) {
                loop(r, life);
            }
        }

        boolean runs() {
            return now >= stoppedUntil;
        }

        /** Something that this process does, when it runs again, unless it was killed. */
        void later(long delay, int of, Runnable what) {
            at(now + delay, () -> {
                if (of != life) {
                    return;
                }
                if (runs()) {
                    what.run();
                } else {
                    at(stoppedUntil, () -> later(0, of, what));
                }
            });
        }

        private void loop(int router, int of) {
            later(0, of, () -> {
                LeaseAsk ask = role.ask(router);
                long asked = clock();
                Router at = routers.get(router);
                long there = delay();
                if (at.cutFrom.contains(number)) {
                    later(LOST, of, () -> hear(router, of, ask, Optional.empty(), asked));
                    return;
                }
                int boots = at.boots;
                boolean all = synced;
                at(now + there, () -> {
                    Optional<Answer> answer = at.boots == boots && !at.cutFrom.contains(number)
                            ? Optional.of(answer(at, ask, all))
                            : Optional.empty();
                    later(answer.isPresent() ? delay() : LOST, of, () -> hear(router, of, ask, answer, asked));
                });
            });
        }

        private Answer answer(Router at, LeaseAsk ask, boolean all) {
            long clock = at.clock(now);
            boolean held = at.until > clock && !at.holder.equals(name);
            boolean refused = switch (ask.word()) {
                case LOOK -> true;
                case TAKE -> held || at.epoch >= ask.epoch();
                case MORE -> held || at.epoch > ask.epoch();
                case RENEW -> !at.holder.equals(name) || at.epoch != ask.epoch();
            };
            if (!refused) {
                at.epoch = ask.epoch();
                at.holder = name;
                at.until = clock + LeaseScript.TTL.toMillis() / 10;
                at.synced = all;
            }
            return new Answer(refused ? "refused" : "taken", at.epoch, at.holder,
                    Duration.ofMillis(10 * (at.until - clock)), at.synced);
        }

        private void hear(int router, int of, LeaseAsk ask, Optional<Answer> answer, long asked) {
            LeaseRole.Part before = role.part();
            carryOut(role.heard(router, ask, answer, asked, clock(), mayLead(), 1 + random.nextLong(100 * MILLI)));
            boolean atOnce = before != role.part()
                    || role.part() == LeaseRole.Part.CLAIM && !role.isAsked(router);
            long next = atOnce ? 0 : Math.max(0, (long) ((role.next(router, asked, clock()) - clock()) / rate));
            later(next, of, () -> loop(router, of));
        }

        /** One with fewer records leaves it to the other, if that can be heard. */
        private boolean mayLead() {
            return diskFull || cut || !other(this).runs() || other(this).journal.size() <= journal.size();
        }

        private void carryOut(List<LeaseEvent> events) {
            for (LeaseEvent event : events) {
                if (event instanceof LeaseEvent.Release release) {
                    int of = life;
                    at(now + delay(), () -> {
                        Router at = routers.get(release.router());
                        if (of == life && at.holder.equals(name) && at.epoch == release.epoch()
                                && !at.cutFrom.contains(number)) {
                            at.until = 0;
                        }
                    });
                } else if (event instanceof LeaseEvent.Won) {
                    changes++;
                    won();
                }
            }
        }

        private void won() {
            boolean behind = role.isBehind();
            last = last.substring(Math.max(0, last.length() - 600)) + "\n" + now / MILLI + " " + name + " won "
                    + role.epoch() + " behind " + behind + " has " + journal.size() + " " + routers.stream()
                            .map(r -> r.holder + " " + r.epoch + " " + r.synced).toList();
            heardAt = clock();
            if (!behind && !missing().isEmpty()) {
                wrong.add("at " + now / SECOND + " s " + name + " leads without " + missing().size()
                        + " acknowledged wishes, and the lease does not say so; " + last);
            }
            acknowledged.retainAll(new HashSet<>(journal)); // it was told that they are missing
            if (other(this).journal.equals(journal)) { // nothing of it can be lost any more
                acknowledged.clear();
                members.forEach(m -> m.journal.clear());
            }
        }

        private Set<Long> missing() {
            Set<Long> missing = new HashSet<>(acknowledged);
            missing.removeAll(new HashSet<>(journal));
            return missing;
        }

        /** An admin wishes something. It is acknowledged when both have it, or the lease says that one has not. */
        void wish() {
            if (!runs() || !role.leads(clock()) || diskFull) {
                return;
            }
            long wish = ++wishes;
            journal.add(wish);
            Member to = other(this);
            int of = life;
            long epoch = role.epoch();
            if (!cut && to.runs() && !to.diskFull) {
                at(now + delay(), () -> {
                    if (cut || to.role.epoch() > epoch) {
                        return;
                    }
                    to.later(0, to.life, () -> {
                        if (to.role.epoch() > epoch || to.role.leads(to.clock()) || to.diskFull) {
                            return;
                        }
                        to.take(journal, wish);
                        boolean all = to.journal.size() == journal.size();
                        later(delay(), of, () -> {
                            heardAt = clock();
                            synced |= all && to.journal.size() == journal.size();
                            acknowledge(wish);
                        });
                    });
                });
                return;
            }
            if (clock() - heardAt > AWAY) {
                unsynced(wish, of);
            }
        }

        /** Rows up to a wish; what differs is set aside. */
        private void take(List<Long> from, long wish) {
            int size = journal.size();
            if (journal.lastIndexOf(wish) >= 0 || from.lastIndexOf(wish) < 0) {
                return; // it came with a later one, or both have it since long
            }
            if (from.size() > size && from.get(size) == wish
                    && (size == 0 || from.get(size - 1).equals(journal.getLast()))) {
                journal.add(wish);
            } else {
                journal = new ArrayList<>(from.subList(0, from.indexOf(wish) + 1));
            }
        }

        private void unsynced(long wish, int of) {
            synced = false;
            long since = clock();
            // the next renewals carry it; it is acknowledged once most routers have taken it down
            later(SECOND, of, () -> {
                boolean written = routers.stream().filter(r -> r.holder.equals(name) && !r.synced).count() >= role
                        .majority();
                if (role.leads(clock()) && written && role.tookDown(since) >= role.majority()) {
                    acknowledge(wish);
                }
            });
        }

        private void acknowledge(long wish) {
            if (journal.lastIndexOf(wish) >= 0) {
                last += "\n" + now / MILLI + " " + name + " acknowledges " + wish + " of " + journal.size() + " synced "
                        + synced;
                acknowledged.add(wish);
            }
        }

        /** Types something: the check, then perhaps a pause, then the batch on its way. */
        void act() {
            if (!runs() || !role.leads(clock())) {
                return;
            }
            members.stream().filter(m -> m != this && m.runs() && m.role.leads(m.clock())).forEach(
                    m -> wrong.add("at " + now / SECOND + " s " + name + " and " + m.name + " lead at the same time"));
            long epoch = role.epoch();
            int of = life;
            if (random.nextInt(20) == 0) { // stopped right between the check and the batch
                stoppedUntil = Math.max(stoppedUntil, now + random.nextLong(5 * SECOND));
                quietSince = Math.max(quietSince, stoppedUntil);
            }
            for (Router router : routers) {
                if (router.cutFrom.contains(number)) {
                    continue; // there is no session
                }
                int boots = router.boots; // the session that the batch goes over is open by now
                later(0, of, () -> at(now + delay(), () -> type(router, epoch, boots)));
            }
        }

        private void type(Router router, long epoch, int boots) {
            if (router.boots != boots || router.cutFrom.contains(number)) {
                return; // the session broke
            }
            if (router.epoch > epoch) {
                refused++;
                return;
            }
            if (router.epoch < epoch) {
                router.epoch = epoch;
                router.holder = "-";
                router.until = router.clock(now) + LeaseScript.TTL.toMillis() / 10;
            }
            if (router.actedEpoch > epoch || router.actedEpoch == epoch && !router.actedBy.equals(name)
                    && !router.actedBy.isEmpty()) {
                wrong.add("at " + now / SECOND + " s " + name + " typed under epoch " + epoch + " after "
                        + router.actedBy + " under " + router.actedEpoch);
            }
            router.actedEpoch = epoch;
            router.actedBy = name;
            typed++;
        }
    }

    private final Random random;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(
            Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final List<Router> routers = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private long now;
    private long order;
    private long wishes;
    private boolean cut;
    /** What happened lately, for messages. */
    private String last = "";
    private long quietSince;
    private long ledAt;
    final List<String> wrong = new ArrayList<>();
    int typed;
    int refused;
    int changes;
    int faults;

    LeaseWorld(long seed, int routerCount) {
        this.random = new Random(seed);
        for (int i = 0; i < routerCount; i++) {
            routers.add(new Router(drift()));
        }
        for (int i = 0; i < 2; i++) {
            members.add(new Member(i, drift()));
        }
    }

    /** Clocks of real machines drift by less than a thousandth; here it is two hundredths. */
    private double drift() {
        return 0.98 + random.nextDouble() * 0.04;
    }

    private Member other(Member of) {
        return members.get(1 - of.number);
    }

    private void at(long time, Runnable what) {
        queue.add(new Due(time, order++, what));
    }

    /** A message takes some milliseconds, and now and then a fifth of a second. */
    private long delay() {
        return random.nextInt(50) == 0 ? random.nextLong(200 * MILLI) : MILLI + random.nextLong(8 * MILLI);
    }

    /** Runs for a time. */
    void run(Duration lasting) {
        long end = lasting.toNanos();
        every(300 * MILLI, () -> members.forEach(Member::act));
        every(2 * SECOND, () -> members.forEach(Member::wish));
        every(20 * SECOND, this::fault);
        every(200 * MILLI, this::isLed);
        while (!queue.isEmpty() && now < end) {
            Due due = queue.poll();
            now = due.at();
            due.what().run();
        }
    }

    private void every(long pause, Runnable what) {
        at(now + random.nextLong(pause), () -> {
            what.run();
            every(pause, what);
        });
    }

    private void isLed() {
        if (members.stream().anyMatch(m -> m.runs() && m.role.leads(m.clock()))) {
            ledAt = now;
        } else if (now - Math.max(quietSince, ledAt) > 5 * SECOND) {
            wrong.add("at " + now / SECOND + " s nobody has led for 5 s, though nothing was wrong: "
                    + members.stream().map(m -> m.name + " " + m.role.part() + " runs " + m.runs() + " journal "
                            + m.journal.size() + " disk " + m.diskFull + " may " + m.mayLead()).toList()
                    + " "
                    + routers.stream().map(r -> r.holder + " " + r.epoch + " " + (r.until - r.clock(now))
                            + r.cutFrom).toList());
        }
    }

    private void fault() {
        faults++;
        int kind = random.nextInt(7);
        last += "\n" + now / MILLI + " fault " + kind;
        long lasting = random.nextLong(8 * SECOND);
        quietSince = Math.max(quietSince, now + lasting);
        Member member = members.get(random.nextInt(members.size()));
        Router router = routers.get(random.nextInt(routers.size()));
        switch (kind) {
            case 0 -> { // kill -9; its journal survives
                member.stoppedUntil = now + lasting;
                at(now + lasting, member::begin);
                member.life++;
            }
            case 1 -> member.stoppedUntil = Math.max(member.stoppedUntil, now + lasting);
            case 2 -> {
                cut = true;
                at(now + lasting, () -> cut = false);
            }
            case 3 -> {
                router.cutFrom.add(member.number);
                at(now + lasting, () -> router.cutFrom.remove(member.number));
            }
            case 4 -> {
                // no machine boots faster than a lease runs out
                router.boots++;
                members.forEach(m -> router.cutFrom.add(m.number));
                at(now + 2 * SECOND, router.cutFrom::clear);
                quietSince = Math.max(quietSince, now + 2 * SECOND);
                router.epoch = 0;
                router.holder = "-";
                router.until = 0;
                router.synced = true;
                router.actedEpoch = 0;
                router.actedBy = "";
            }
            case 5 -> {
                member.diskFull = true;
                at(now + lasting, () -> member.diskFull = false);
            }
            default -> members.forEach(m -> m.carryOut(m.role.resign(m.clock(), "the other")));
        }
    }
}
