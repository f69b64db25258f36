package net.reroute.check;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.net.ssl.SSLException;
import net.reroute.core.CheckResult;
import net.reroute.core.Durations;
import net.reroute.ssh.Deadline;

/** Measures one run of a check, and puts its result into words. */
final class Stopwatch {

    private final InstantSource clock;
    private final Instant began;

    Stopwatch(InstantSource clock) {
        this.clock = clock;
        this.began = clock.instant();
    }

    CheckResult good(String said) {
        return result(true, said);
    }

    CheckResult bad(String said) {
        return result(false, said);
    }

    /** The check could not be run. This proves nothing about the server. */
    private CheckResult notAsked(String said) {
        Instant now = clock.instant();
        return new CheckResult(false, "not asked: " + said, now, Duration.between(began, now), false,
                Optional.empty(), OptionalDouble.empty());
    }

    private CheckResult result(boolean ok, String said) {
        Instant now = clock.instant();
        return new CheckResult(ok, said, now, Duration.between(began, now));
    }

    /**
     * The failed result, with the exception in an admin's words. A {@link NotAskedException} does not count against the
     * server.
     */
    CheckResult bad(IOException e, Deadline deadline, Duration timeout) {
        if (deadline.isOver() || e instanceof SocketTimeoutException) {
            return bad("no answer in " + Durations.text(timeout));
        }
        if (e instanceof NotAskedException) {
            return notAsked(e.getMessage());
        }
        return bad(switch (e) {
            case ConnectException c -> "connection refused";
            case NoRouteToHostException n -> "no route to host";
            case EOFException eof -> "closed the connection without an answer";
            case SSLException ssl -> "TLS: " + String.valueOf(ssl.getMessage()).replaceFirst("^\\([a-z_]+\\) ", "");
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        });
    }
}
