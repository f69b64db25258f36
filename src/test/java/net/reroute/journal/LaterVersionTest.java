package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.reroute.cluster.member.ClusterHost;
import net.reroute.cluster.member.Follower;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Roster;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.ClusterSpec.WhenAlone;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller of this version beside a leader of a later one. */
class LaterVersionTest {

    @TempDir
    Path folder;

    /** A host that only receives. */
    private static final class Host implements ClusterHost {

        final List<Record> took = new ArrayList<>();

        @Override
        public RecordedState state() {
            return RecordedState.NOTHING;
        }

        @Override
        public CompletableFuture<Void> record(Record... facts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void took(List<Record> records) {
            took.addAll(records);
        }

        @Override
        public void recount() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void replaced(RecordedState state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void won(RecordedState state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void begin() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void lost(String why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void command(String member, JsonNode request, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JsonNode api(JsonNode request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Standing standing() {
            throw new UnsupportedOperationException();
        }
    }

    private static ChainedRow row(Head after, String kind, String detail) {
        JournalRow row = new JournalRow(after.id() + 1, Instant.EPOCH, kind, "reroute", "www-1",
                "went through a wormhole",
                detail);
        return new ChainedRow(row, Chain.hash(after.hash(), row));
    }

    @Test
    void aKindOfRecordThatItDoesNotKnowIsKeptAsItIsAndToldAndTheNextOneIsUnderstood() throws Exception {
        Host host = new Host();
        ClusterSpec spec = new ClusterSpec(Map.of("c1", new Member("c1", Address.parse("127.0.0.1"), 1, false)),
                List.of(),
                WhenAlone.FREEZE);
        List<String> asides = new ArrayList<>();
        try (Journal journal = Journal.open(folder)) {
            Follower follower = new Follower(new MemberParts("c1", spec, Map.of(), folder, journal, host,
                    new Roster(spec, folder, host::state)), true, () -> {
                    }, () -> {
                    }, asides::add);
            ChainedRow future = row(follower.head(), "teleported",
                    "{\"record\": \"Teleported\", \"through\": {\"x\": 7}}");
            ChainedRow known = ChainedRow.after(future.head(), new PendingRow(Instant.EPOCH,
                    new NoteKept(Shelf.CLUSTER, "leader", "c2 7 1970-01-01T00:00:00Z")));
            follower.take(List.of(future, known));
            assertThat(follower.unknown()).as("so it does not vote for itself").containsExactly("teleported");
            assertThat(follower.head()).as("the chain is the leader's").isEqualTo(known.head());
            assertThat(host.took).hasSize(2).last().isInstanceOf(NoteKept.class);
            assertThat(asides).isEmpty();
        }
        try (JournalReader reader = JournalReader.open(folder)) {
            assertThat(reader.chain().after(0, 10).getFirst().row().detail()).as("to the byte").contains("\"x\": 7");
        }
    }
}
