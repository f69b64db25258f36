package net.reroute.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Record;
import net.reroute.core.Sightings.HealthSeen;
import net.reroute.core.Sightings.Sight;
import net.reroute.core.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this member sees of each server, on its way into the records: the leader makes records of it. After a change of
 * leader all is told again: the records may be from before a time without a leader. Thread-safe.
 */
public final class Sights implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sights.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(250);

    /** One change on its way. */
    record Change(String server, String check, String service, String state, String since, String said) {

        static Change of(Target target, Settled settled, String said) {
            return new Change(target.server(), target.check(), target.service(), settled.state().name(),
                    settled.since().toString(), said);
        }

        HealthSeen by(String member) {
            return new HealthSeen(new Sight(member, new Target(server, check, service)),
                    new Settled(Health.State.valueOf(state), Instant.parse(since)), said);
        }
    }

    private static final String CHANGES = "changes";
    /** How long a new leader waits for what the others see. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    private final MemberParts parts;
    private final Leadership leadership;
    private final Peers peers;
    private final Supplier<Optional<String>> leader;
    private final ReentrantLock lock = new ReentrantLock();
    /** Who has told since this member leads. */
    private final Set<String> fresh = ConcurrentHashMap.newKeySet();
    private final Condition news = lock.newCondition();
    private final Map<Target, Change> all = new LinkedHashMap<>();
    private Map<Target, Change> changed = new LinkedHashMap<>();
    private Optional<String> told = Optional.empty();
    private final Thread thread;
    private volatile boolean closed;

    /** @param leader the member that leads; empty if none does */
    Sights(MemberParts parts, Leadership leadership, Peers peers, Supplier<Optional<String>> leader) {
        this.parts = parts;
        this.leadership = leadership;
        this.peers = peers;
        this.leader = leader;
        this.thread = Thread.ofPlatform().daemon().name("sights").start(this::loop);
    }

    /** Takes down what a member sees; this one leads. */
    void saw(String member, List<Change> changes) throws MemberException {
        leadership.mustLead();
        take(member, changes);
    }

    private void take(String member, List<Change> changes) {
        parts.host().record(changes.stream().map(c -> c.by(member)).toArray(Record[]::new));
        fresh.add(member);
    }

    /** True if what the records say of a member's sight is from the time in which this one leads. */
    boolean isFresh(String member) {
        return !leadership.leads() || member.equals(parts.name()) || fresh.contains(member);
    }

    /** All that this member sees. */
    ObjectNode all() {
        lock.lock();
        try {
            return message(all.values());
        } finally {
            lock.unlock();
        }
    }

    private static ObjectNode message(Collection<Change> changes) {
        ObjectNode message = Messages.empty();
        ArrayNode list = message.putArray(CHANGES);
        changes.forEach(c -> list.add(Messages.JSON.<ObjectNode>valueToTree(c)));
        return message;
    }

    /** Asks the others what they see; this member was elected, and does not act yet. Who does not answer has no vote. */
    void gather() throws InterruptedException {
        fresh.clear();
        List<Thread> asking = peers.all().stream().filter(p -> !p.client().member().witness())
                .map(p -> Thread.ofVirtual().start(() -> gather(p))).toList();
        long end = System.nanoTime() + GATHERING.toNanos();
        for (Thread thread : asking) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    /** Asks who is heard and did not answer before; this member may lead. Returns at once. */
    void gatherRest() {
        peers.all().stream().filter(p -> p.beat().isPresent() && !p.client().member().witness())
                .filter(p -> !isFresh(p.client().member().name()))
                .forEach(p -> Thread.ofVirtual().start(() -> gather(p)));
    }

    private void gather(Peer peer) {
        try {
            take(peer.client().member().name(),
                    read(peer.client().ask("/sights", Messages.empty(), GATHERING)));
        } catch (IOException e) {
            LOG.debug("{} does not tell what it sees", peer.client().member().name(), e);
        }
    }

    /** A check of this member has turned a server. Returns at once. */
    public void changed(Target target, Settled settled, String said) {
        if (parts.own().witness()) {
            return;
        }
        Change change = Change.of(target, settled, said);
        lock.lock();
        try {
            all.put(target, change);
            changed.put(target, change);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        try {
            while (!closed) {
                Map<Target, Change> next = next();
                Optional<String> now = leader.get();
                if (!next.isEmpty() && (now.isEmpty() || !tell(now.get(), List.copyOf(next.values())))) {
                    again(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** What has changed; all of it for a leader that was not told yet. */
    private Map<Target, Change> next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && changed.isEmpty() && told.equals(leader.get())) {
                news.awaitNanos(AGAIN);
            }
            Optional<String> now = leader.get();
            boolean anew = now.isPresent() && !now.equals(told);
            Map<Target, Change> next = anew ? new LinkedHashMap<>(all) : changed;
            changed = new LinkedHashMap<>();
            told = now;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void again(Map<Target, Change> next) throws InterruptedException {
        lock.lock();
        try {
            next.forEach((target, change) -> changed.putIfAbsent(target, all.getOrDefault(target, change)));
            told = Optional.empty();
            news.awaitNanos(AGAIN);
        } finally {
            lock.unlock();
        }
    }

    private boolean tell(String to, List<Change> changes) {
        try {
            if (to.equals(parts.name())) {
                saw(to, changes);
                return true;
            }
            peers.required(to).client().ask("/health", message(changes), PATIENCE);
            return true;
        } catch (IOException e) {
            LOG.debug("{} was not told what is seen here", to, e);
            return false;
        }
    }

    /** Reads what another member sees. */
    static List<Change> read(JsonNode question) throws IOException {
        List<Change> changes = new ArrayList<>();
        try {
            for (JsonNode change : question.path(CHANGES)) {
                changes.add(Messages.JSON.treeToValue(change, Change.class));
            }
            return changes;
        } catch (JsonProcessingException | DateTimeException e) {
            throw new MemberException(400, "what it sees is not understood: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
