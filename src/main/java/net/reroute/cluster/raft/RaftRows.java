package net.reroute.cluster.raft;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.member.Shipped;
import net.reroute.journal.ChainedRow;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ratis replicates: rows of the journal, whose numbers and hashes the leader has made. Rows that are in the journal
 * already are passed over, so the log may be applied from any earlier point. The journal itself is the snapshot.
 */
final class RaftRows extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(RaftRows.class);
    private static final String APPLIED = "applied";
    private static final int SECONDS = 60;

    private final Path file;
    private final BiFunction<TermIndex, List<ChainedRow>, CompletableFuture<Message>> applies;
    private final BiFunction<String, TermIndex, CompletableFuture<TermIndex>> fetches;
    private final Supplier<CompletableFuture<Void>> flush;
    private final Runnable changed;

    /**
     * @param folder for the position up to which entries are applied for sure
     * @param applies receives the rows of each committed entry, in order
     * @param fetches takes the leader's journal in the place of this one's; completes with its position
     * @param flush has the journal written to the disk
     * @param changed called when the leader may have changed; it must return at once
     */
    RaftRows(Path folder, BiFunction<TermIndex, List<ChainedRow>, CompletableFuture<Message>> applies,
            BiFunction<String, TermIndex, CompletableFuture<TermIndex>> fetches,
            Supplier<CompletableFuture<Void>> flush, Runnable changed) {
        this.flush = flush;
        this.file = folder.resolve(APPLIED);
        this.applies = applies;
        this.fetches = fetches;
        this.changed = changed;
    }

    /** The entry for rows. */
    static Message entry(List<ChainedRow> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            Messages.JSON.writeValue(zip, rows.stream().map(Shipped::of).toList());
        }
        return Message.valueOf(ByteString.copyFrom(bytes.toByteArray()));
    }

    private static List<ChainedRow> rows(ByteString entry) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(entry.toByteArray()))) {
            return Shipped.read(Messages.JSON.readTree(in));
        }
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        getLifeCycle().startAndTransition(this::load);
    }

    private void load() throws IOException {
        SnapshotInfo snapshot = getLatestSnapshot();
        if (snapshot != null) {
            setLastAppliedTermIndex(snapshot.getTermIndex());
        }
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        load();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
    }

    @Override
    public SnapshotInfo getLatestSnapshot() {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return words.length == 2
                    ? new FileListSnapshotInfo(List.of(), TermIndex.valueOf(Long.parseLong(words[0]),
                            Long.parseLong(words[1])))
                    : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read; entries are applied from the first one that is kept", file, e);
            return null;
        }
    }

    private void note(TermIndex at) throws IOException {
        Path next = file.resolveSibling(APPLIED + ".new");
        Files.writeString(next, at.getTerm() + " " + at.getIndex() + "\n", StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All entries that were applied are in the journal: Ratis waits for them before it calls this. */
    @Override
    public long takeSnapshot() throws IOException {
        TermIndex at = getLastAppliedTermIndex();
        try {
            flush.get().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the journal is not on the disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        note(at);
        return at.getIndex();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        TermIndex at = TermIndex.valueOf(entry.getTerm(), entry.getIndex());
        try {
            CompletableFuture<Message> applied = applies.apply(at,
                    rows(entry.getStateMachineLogEntry().getLogData()));
            updateLastAppliedTermIndex(at);
            return applied;
        } catch (IOException | RuntimeException e) {
            LOG.error("entry {} cannot be applied", at, e);
            updateLastAppliedTermIndex(at);
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<TermIndex> notifyInstallSnapshotFromLeader(RoleInfoProto role, TermIndex first) {
        String leader = role.getFollowerInfo().getLeaderInfo().getId().getId().toStringUtf8();
        return fetches.apply(leader, first).thenApply(at -> {
            try {
                note(at);
                return at;
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Override
    public void notifyLeaderReady() {
        changed.run();
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        changed.run();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        changed.run();
    }
}
