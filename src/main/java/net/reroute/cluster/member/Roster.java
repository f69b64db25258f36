package net.reroute.cluster.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import net.reroute.core.ClusterSpec;
import net.reroute.core.RecordedState;

/**
 * Who is a member: the records say with which certificate. A newcomer's own journal may be of another cluster, so what it
 * says of members does not count until the leader's has come. Thread-safe.
 */
public final class Roster {

    private static final String NEW = "new";

    private final ClusterSpec spec;
    private final Path mark;
    private final Supplier<RecordedState> records;
    /** Asked for at each look at the lease: a disk that hangs must not stop an election. */
    private volatile boolean isNew;

    /**
     * @param folder the state folder
     * @param records of this controller, as they are now
     */
    public Roster(ClusterSpec spec, Path folder, Supplier<RecordedState> records) {
        this.spec = spec;
        this.mark = mark(folder);
        this.records = records;
        this.isNew = Files.exists(mark);
    }

    private static Path mark(Path folder) {
        return folder.resolve("cluster").resolve(NEW);
    }

    /** This controller has just joined, or founded, a cluster, and has not entered it yet. */
    public static void begin(Path folder) throws IOException {
        Files.writeString(mark(folder), "");
    }

    /** The records of this member are those of its cluster from now on. */
    public synchronized void settle() {
        if (isNew) {
            try {
                Files.deleteIfExists(mark);
                isNew = false;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write into the state folder", e);
            }
        }
    }

    /** True if a controller of the inventory may have this certificate. */
    public boolean has(String member, String fingerprint) {
        return spec.member(member).isPresent()
                && (isNew || ClusterNotes.mayBe(records.get(), member, fingerprint));
    }
}
