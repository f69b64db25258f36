package net.reroute.cluster.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.reroute.cluster.lease.LeaseScript.Answer;

/**
 * The part of one member in an election by lease, as rules without threads, clocks or routers: what to ask which router
 * next, and what follows from an answer. Times are those of the member's own clock, in nanoseconds. A member leads while
 * it holds the lease on most routers, and stops a tenth before they let others have it. Not thread-safe.
 */
final class LeaseRole {

    private static final String NOBODY = "-";
    private static final long RENEW = LeaseScript.TTL.dividedBy(4).toNanos();
    /** The share of a lease in which a leader may still type. */
    private static final long GOOD = LeaseScript.TTL.toNanos() / 10 * 9;
    private static final long FRESH = LeaseScript.TTL.dividedBy(2).toNanos();
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_RESIGNING = TimeUnit.SECONDS.toNanos(3);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LITTLE_LATER = TimeUnit.MILLISECONDS.toNanos(10);

    enum Part {
        FOLLOW, CLAIM, LEAD
    }

    private final String member;
    private final List<LeaseSeat> seats = new ArrayList<>();
    private Part part = Part.FOLLOW;
    private long epoch;
    /** The highest epoch that a router told of. */
    private long highest;
    private boolean behind = true;
    /** The epoch of the leader that told whether this member has all records. */
    private long toldUnder;
    private long goodUntil;
    private long notBefore;

    /**
     * @param routers how many keep the lease
     * @param epoch the highest that this member's records tell of
     */
    LeaseRole(String member, int routers, long epoch, long now) {
        this.epoch = epoch;
        this.member = member;
        this.goodUntil = now;
        this.notBefore = now;
        for (int i = 0; i < routers; i++) {
            seats.add(new LeaseSeat(now));
        }
    }

    Part part() {
        return part;
    }

    int majority() {
        return seats.size() / 2 + 1;
    }

    /** Of this member's leadership, or the highest that it knows. */
    long epoch() {
        return part == Part.LEAD ? epoch : Math.max(epoch, highest);
    }

    /** Until when this member leads; in the past if it does not. */
    long goodUntil() {
        return goodUntil;
    }

    boolean leads(long now) {
        return part == Part.LEAD && now - goodUntil < 0;
    }

    /** The member that holds the lease on most routers, as far as is known here. */
    Optional<String> leader(long now) {
        if (leads(now)) {
            return Optional.of(member);
        }
        Map<String, Integer> held = new HashMap<>();
        seats.stream().filter(s -> s.last != null && !s.isFree(now))
                .forEach(s -> held.merge(s.last.holder(), 1, Integer::sum));
        held.remove(NOBODY);
        return held.entrySet().stream().filter(e -> e.getValue() >= majority()).map(Map.Entry::getKey).findFirst();
    }

    /**
     * True if the last leader acknowledged records that this member may not have, or nothing is known of the last
     * leader, as after a boot of the routers.
     */
    boolean isBehind() {
        return behind;
    }

    /** How many routers have taken down what was asked at this time or later. */
    long tookDown(long since) {
        return seats.stream().filter(s -> s.granted && s.tookAt - since >= 0).count();
    }

    /** True if a router was asked for the lease that this member wants now. */
    boolean isAsked(int router) {
        return seats.get(router).asked;
    }

    /** What to ask a router now. */
    LeaseAsk ask(int router) {
        return switch (part) {
            case FOLLOW -> new LeaseAsk(LeaseAsk.Word.LOOK, 0);
            case CLAIM -> new LeaseAsk(LeaseAsk.Word.TAKE, epoch);
            case LEAD -> new LeaseAsk(seats.get(router).granted ? LeaseAsk.Word.RENEW : LeaseAsk.Word.MORE, epoch);
        };
    }

    /**
     * A router has answered, or has not.
     *
     * @param asked when the question was sent
     * @param mayLead false: this member must not be elected now
     * @param pause before the next try, if nobody is elected
     */
    List<LeaseEvent> heard(int router, LeaseAsk what, Optional<Answer> answer, long asked, long now, boolean mayLead,
            long pause) {
        LeaseSeat seat = seats.get(router);
        if (answer.isPresent() && seat.hasForgotten(answer.get(), now)) {
            behind = true; // as far as anybody can tell
            toldUnder = 0;
        }
        seat.last = answer.orElse(null);
        seat.lastAt = now;
        seat.askedAt = asked;
        answer.ifPresent(this::note);
        boolean current = what.word() != LeaseAsk.Word.LOOK && what.epoch() == epoch && part != Part.FOLLOW;
        seat.asked = current;
        if (current && answer.isPresent()) {
            seat.granted = answer.get().word().equals("taken");
            seat.tookAt = seat.granted ? asked : seat.tookAt;
            seat.goodUntil = seat.granted ? asked + GOOD : asked;
        }
        return switch (part) {
            case FOLLOW -> claim(now, mayLead);
            case CLAIM -> count(now, pause);
            case LEAD -> hold(now);
        };
    }

    private void note(Answer answer) {
        highest = Math.max(highest, answer.epoch());
        boolean other = !answer.holder().equals(member) && !answer.holder().equals(NOBODY);
        if (other && answer.epoch() >= toldUnder) {
            // routers that were told later may still say that all is well
            behind = !answer.synced() || behind && answer.epoch() == toldUnder;
            toldUnder = answer.epoch();
        }
    }

    private List<LeaseEvent> claim(long now, boolean mayLead) {
        // what a member knew before it was stopped says nothing of what happened since
        long free = seats.stream().filter(s -> s.isFree(now) && now - s.askedAt < FRESH).count();
        if (free >= majority() && now - notBefore >= 0 && mayLead) {
            part = Part.CLAIM;
            epoch = 1 + Math.max(epoch, highest);
            seats.forEach(s -> {
                s.asked = false;
                s.granted = false;
                s.goodUntil = now;
            });
        }
        return List.of();
    }

    private List<LeaseEvent> count(long now, long pause) {
        boolean most = seats.stream().filter(s -> s.granted).count() >= majority();
        if (most && now - good(now) >= 0) {
            return giveUp(now, pause); // stopped meanwhile: it has run out again
        }
        if (most) {
            part = Part.LEAD;
            goodUntil = good(now);
            return List.of(new LeaseEvent.Won(epoch));
        }
        return seats.stream().allMatch(s -> s.asked || s.last == null) ? giveUp(now, pause) : List.of();
    }

    private List<LeaseEvent> hold(long now) {
        goodUntil = good(now);
        if (now - goodUntil < 0) {
            behind = false; // what this member recorded itself, it has
            return List.of();
        }
        List<LeaseEvent> events = new ArrayList<>(List.of(new LeaseEvent.Lost(seats.stream()
                .filter(s -> s.last != null && !s.isFree(now)).map(s -> s.last.holder())
                .filter(h -> !h.equals(member)).findFirst().map(other -> other + " holds the lease")
                .orElse("the lease could not be renewed in time"))));
        events.addAll(giveUp(now, 0));
        return events;
    }

    /** When the lease ends on so many routers that the rest is no majority. */
    private long good(long now) {
        return now + seats.stream().map(s -> s.goodUntil - now).sorted(Comparator.reverseOrder()).toList()
                .get(majority() - 1);
    }

    private List<LeaseEvent> giveUp(long now, long pause) {
        part = Part.FOLLOW;
        goodUntil = now;
        notBefore = now + pause;
        return IntStream.range(0, seats.size()).filter(i -> seats.get(i).granted)
                .<LeaseEvent>mapToObj(i -> new LeaseEvent.Release(i, epoch)).toList();
    }

    /** Gives the lease up for another member. */
    List<LeaseEvent> resign(long now, String successor) {
        if (part != Part.LEAD) {
            return List.of();
        }
        List<LeaseEvent> events = new ArrayList<>(giveUp(now, AFTER_RESIGNING));
        events.add(new LeaseEvent.Lost("handed over to " + successor));
        return events;
    }

    /** The leader resigns in favour of this member, which may have resigned itself a moment ago. */
    void called(long now) {
        notBefore = now;
    }

    /** When to ask a router again, which was last asked at a time. */
    long next(int router, long asked, long now) {
        LeaseSeat seat = seats.get(router);
        if (part == Part.LEAD) {
            return asked + RENEW;
        }
        if (part == Part.CLAIM || seat.last == null) {
            return now + RETRY;
        }
        return seat.isFree(now) // and this member may not have it
                ? now + BETWEEN_LOOKS
                : seat.lastAt + Math.min(RETRY, seat.last.left().toNanos()) + LITTLE_LATER;
    }
}
