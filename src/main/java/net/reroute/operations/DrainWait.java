package net.reroute.operations;

import java.io.IOException;
import java.time.Duration;

/** A wait for the end of a server's connections after its services have left. */
public interface DrainWait {

    /** How long to wait. */
    Duration longest();

    /** Receives what was moved, before the wait. Returns false if there is nothing to wait for. */
    boolean drained(DrainReport report) throws IOException;

    /** Receives what is left, again and again. Returns false if nobody wants to know more. */
    boolean left(ConnectionReport report);
}
