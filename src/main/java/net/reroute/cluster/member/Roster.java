package net.reroute.cluster.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.reroute.core.RecordedState;

/**
 * Who is a member: the records say with which certificate. A newcomer's own journal may be of another cluster, so what it
 * says of members does not count until the leader's has come.
 */
public final class Roster {

    private static final String NEW = "new";

    private final MemberParts parts;

    public Roster(MemberParts parts) {
        this.parts = parts;
    }

    /** This controller has just joined, or founded, a cluster. */
    public static void begin(Path state) throws IOException {
        Files.writeString(mark(state), "");
    }

    private static Path mark(Path state) {
        return state.resolve("cluster").resolve(NEW);
    }

    /** The records of this member are those of its cluster from now on. */
    public static void settle(Path state) {
        try {
            Files.deleteIfExists(mark(state));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into the state folder", e);
        }
    }

    /** True if a controller of the inventory may have this certificate. */
    public boolean has(String member, String fingerprint) {
        RecordedState state = parts.host().state();
        return parts.spec().member(member).isPresent()
                && (Files.exists(mark(parts.state())) || ClusterNotes.mayBe(state, member, fingerprint));
    }
}
