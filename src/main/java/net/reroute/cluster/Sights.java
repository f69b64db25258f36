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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.Peer;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Sightings.HealthSeen;
import net.reroute.core.Sightings.Sight;
import net.reroute.core.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this member sees of each server, on its way into the records: the leader makes records of it. After a change of
 * leader all is told again. Thread-safe.
 */
final class Sights implements AutoCloseable {

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

    /** Where what is seen goes. */
    interface Records {

        /** The member that leads; empty if none does. */
        Optional<String> leader();

        /** Takes down what this member sees; it leads. */
        void saw(String member, List<Change> changes) throws IOException;
    }

    private final String self;
    private final Peers peers;
    private final Records records;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<Target, Change> all = new LinkedHashMap<>();
    private Map<Target, Change> changed = new LinkedHashMap<>();
    private Optional<String> told = Optional.empty();
    private final Thread thread;
    private volatile boolean closed;

    Sights(String self, Peers peers, Records records) {
        this.self = self;
        this.peers = peers;
        this.records = records;
        this.thread = Thread.ofPlatform().daemon().name("sights").start(this::loop);
    }

    /** A check of this member has turned a server. Returns at once. */
    void changed(Target target, Settled settled, String said) {
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
                Optional<String> leader = records.leader();
                if (!next.isEmpty() && (leader.isEmpty() || !tell(leader.get(), List.copyOf(next.values())))) {
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
            while (!closed && changed.isEmpty() && told.equals(records.leader())) {
                news.awaitNanos(AGAIN);
            }
            Optional<String> leader = records.leader();
            boolean anew = leader.isPresent() && !leader.equals(told);
            Map<Target, Change> next = anew ? new LinkedHashMap<>(all) : changed;
            changed = new LinkedHashMap<>();
            told = leader;
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

    private boolean tell(String leader, List<Change> changes) {
        try {
            if (leader.equals(self)) {
                records.saw(leader, changes);
                return true;
            }
            Peer peer = peers.of(leader)
                    .orElseThrow(() -> new IOException(leader + " is not in the inventory"));
            ObjectNode message = Messages.empty();
            ArrayNode list = message.putArray("changes");
            changes.forEach(c -> list.add(Messages.JSON.<ObjectNode>valueToTree(c)));
            peer.client().ask("/health", message, PATIENCE);
            return true;
        } catch (IOException e) {
            LOG.debug("{} was not told what is seen here", leader, e);
            return false;
        }
    }

    /** Reads what another member sees. */
    static List<Change> read(JsonNode question) throws IOException {
        List<Change> changes = new ArrayList<>();
        try {
            for (JsonNode change : question.path("changes")) {
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
