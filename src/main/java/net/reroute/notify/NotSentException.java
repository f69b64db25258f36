package net.reroute.notify;

import java.time.Duration;
import java.util.Optional;
import net.reroute.core.Text;

/** A message did not arrive. */
final class NotSentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean refused;
    private final transient Optional<Duration> wait;

    /** @param message one clause, without secrets */
    NotSentException(String message, Throwable cause) {
        this(message, false, Optional.empty(), cause);
    }

    /**
     * @param refused the receiver will never accept this message
     * @param wait the delay that the receiver asked for
     */
    NotSentException(String message, boolean refused, Optional<Duration> wait, Throwable cause) {
        super(Text.one(String.valueOf(message)), cause); // part of it may be the receiver's own words
        this.refused = refused;
        this.wait = wait;
    }

    boolean refused() {
        return refused;
    }

    Optional<Duration> pause() {
        return wait;
    }
}
