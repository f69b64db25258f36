package net.reroute.cluster.member;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;

/** What a cluster needs from the controller that is a member of it. */
public interface ClusterHost {

    /** The state now. */
    RecordedState state();

    /** Records facts; only while this member leads. */
    CompletableFuture<Void> record(Record... facts);

    /** Takes in records that the leader made. Returns at once. */
    void took(List<Record> records);

    /** What other members see counts from now on, or ceases to. Returns at once. */
    void recount();

    /** The journal was replaced by that of the leader. */
    void replaced(RecordedState state);

    /** This member leads from now on, and makes the records. Called before {@link #begin}. */
    void won(RecordedState state);

    /** This member leads, and may act: what others began goes on here. Returns soon. */
    void begin();

    /** This member does not lead any more. */
    void lost(String why);

    /** Runs a command that was typed at another member, and writes what it prints. */
    void command(String member, JsonNode request, OutputStream out) throws IOException;

    /** Carries out a request to the API that another member has let in. */
    JsonNode api(JsonNode request) throws IOException;

    /** What this member tells the others about itself. */
    Standing standing();

    /**
     * @param version of reroute
     * @param inventory changes with the contents of the inventory in force
     * @param counts what it sees of servers counts: it is not cut off, and has looked at all
     */
    record Standing(String version, String inventory, boolean counts) {}
}
