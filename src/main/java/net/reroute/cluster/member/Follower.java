package net.reroute.cluster.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.Messages;
import net.reroute.core.Record;
import net.reroute.journal.ChainReader;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.ForkException;
import net.reroute.journal.Head;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.ssh.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the journal of a member that does not lead as the leader's is. Thread-safe. */
public final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int STALE = 421;
    private static final int FORK = 409;
    private static final int NOT_NOW = 503;
    private static final long SECONDS = 5;
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String WISH = "wish";
    private static final Head NOTHING = Head.parse("0 " + "0".repeat(64));

    private final Path state;
    private final Journal journal;
    private final ClusterHost host;
    private final Roster roster;
    private final Set<String> unknown = new ConcurrentSkipListSet<>();
    private final Object fetching = new Object();
    private final boolean ownRows;
    private final Runnable parted;
    private final Runnable before;
    private final Consumer<String> aside;
    private long epoch;
    private boolean leads;
    /** The newest row that was passed to the journal, which may write it later. */
    private long taken;

    /**
     * @param ownRows true: the journal of a leader makes its rows itself; false: all rows come from Raft
     * @param parted called when rows do not follow from what is here; it must return at once
     * @param before called before rows of another member are taken
     * @param aside receives what was set aside with the journal of this member
     */
    public Follower(MemberParts parts, boolean ownRows, Runnable parted, Runnable before, Consumer<String> aside) {
        this.before = before;
        this.aside = aside;
        this.ownRows = ownRows;
        this.parted = parted;
        this.state = parts.state();
        this.journal = parts.journal();
        this.host = parts.host();
        this.roster = parts.roster();
        this.taken = head().id();
        journal.replica().follow(true);
    }

    /** Kinds of records that only a later version knows. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** This member makes the rows, or another one does. */
    public synchronized void lead(boolean own, long under) {
        leads = own;
        epoch = Math.max(epoch, under);
        if (ownRows) {
            journal.replica().follow(!own);
        }
    }

    /** Appends rows that were committed, and takes their records in. What is here already is passed over. */
    public synchronized CompletableFuture<Void> apply(List<ChainedRow> all, boolean own) {
        before.run();
        List<ChainedRow> rows = all.stream().filter(r -> r.row().id() > taken).toList();
        all.stream().filter(r -> r.row().id() <= taken).reduce((a, b) -> b).ifPresent(this::compare);
        if (rows.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        taken = rows.getLast().row().id();
        CompletableFuture<Void> written = journal.replica().replicate(rows, false);
        if (!own) {
            tell(rows);
        }
        return written.whenComplete((done, e) -> {
            if (e == null && !own) {
                roster.settle();
            }
            if (e instanceof ForkException || e != null && e.getCause() instanceof ForkException) {
                parted.run();
            }
        });
    }

    /** The newest row. */
    public Head head() {
        return journal.head().orElse(NOTHING);
    }

    private void obey(JsonNode question) throws MemberException {
        long under = question.path("epoch").asLong();
        if (leads || under < epoch) {
            throw new MemberException(STALE, leads
                    ? "this member leads, under epoch " + epoch
                    : "a later leader was elected, under epoch " + epoch);
        }
        epoch = under;
        before.run();
    }

    public synchronized ObjectNode head(JsonNode question) throws MemberException {
        obey(question);
        return Messages.empty().put("head", head().toString());
    }

    /** Appends the leader's rows. */
    public synchronized ObjectNode rows(JsonNode question) throws IOException {
        obey(question);
        List<ChainedRow> rows = Shipped.read(question.path("rows"));
        if (!rows.isEmpty()) {
            take(rows);
            roster.settle();
        }
        return Messages.empty().put("head", head().toString());
    }

    /** Appends rows, and takes their records in. */
    public synchronized void take(List<ChainedRow> rows) throws IOException {
        await(journal.replica().replicate(rows, rows.stream().anyMatch(r -> r.row().kind().equals(WISH))));
        tell(rows);
    }

    private void tell(List<ChainedRow> rows) {
        rows.stream().filter(r -> !r.isKnown()).map(r -> r.row().kind()).filter(unknown::add)
                .forEach(
                        kind -> LOG.error("this version does not know records of the kind '{}', which the leader makes;"
                                + " it follows, and does not lead until it is upgraded", kind));
        host.took(rows.stream().flatMap(r -> known(r).stream()).toList());
    }

    private static List<Record> known(ChainedRow row) {
        try {
            return List.of(row.record());
        } catch (IllegalArgumentException e) {
            LOG.error("row {} of the leader cannot be read: {}", row.row().id(), e.getMessage());
            return List.of();
        }
    }

    private static void await(CompletableFuture<?> written) throws IOException {
        try {
            written.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new MemberException(e.getCause() instanceof ForkException ? FORK : NOT_NOW,
                    String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw new MemberException(NOT_NOW, "the journal here is not written just now");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MemberException(NOT_NOW, "this member stops");
        }
    }

    /** Takes the leader's whole journal in the place of this one. */
    public ObjectNode fetch(JsonNode question, MemberClient leader) throws IOException {
        synchronized (this) {
            obey(question);
        }
        fetch(leader);
        return Messages.empty().put("head", head().toString());
    }

    /** Takes the journal of another member in the place of this one. */
    public void fetch(MemberClient leader) throws IOException {
        before.run();
        synchronized (fetching) { // not this: an election must not wait for a transfer
            Path copy = state.resolve("cluster").resolve("journal.copy");
            Files.createDirectories(copy.getParent());
            try (InputStream in = leader.open("/snapshot", Messages.empty(), LONG);
                    Deadline end = Deadline.closes(in, LONG)) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                if (end.isOver()) {
                    throw new MemberException(NOT_NOW, "the journal of the leader did not come in time");
                }
            }
            replace(copy, leader);
            roster.settle();
        }
    }

    private synchronized void replace(Path copy, MemberClient leader) throws IOException {
        Head last = head();
        restore(copy);
        if (last.id() > 0 && !ChainReader.has(state, last)) {
            aside.accept("took the journal of " + leader.member().name()
                    + ", which did not have all that is in its own; that"
                    + " ended at row " + last.id()
                    + ", is kept beside it as journal.db.replaced-DATE, and wishes in it have"
                    + " to be repeated");
        }
    }

    /** A row that is here already has to be the same: journals may have parted while members elected in another way. */
    private void compare(ChainedRow passedOver) {
        try {
            if (!ChainReader.has(state, passedOver.head())) {
                parted.run();
            }
        } catch (JournalException e) {
            LOG.debug("a row that was passed over is not compared", e);
        }
    }

    /** Puts a journal in the place of this one, which is kept beside it. */
    public synchronized void restore(Path copy) throws IOException {
        await(journal.replica().replaceBy(copy));
        Files.deleteIfExists(copy);
        try {
            host.replaced(journal.replica().newestState().get(SECONDS, TimeUnit.SECONDS));
            taken = head().id();
        } catch (ExecutionException | TimeoutException e) {
            throw new MemberException(NOT_NOW, "the journal here cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MemberException(NOT_NOW, "this member stops");
        }
    }
}
