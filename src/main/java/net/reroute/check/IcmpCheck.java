package net.reroute.check;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.Durations;

/** Sends one echo request (RFC 792, RFC 4443) and waits for its reply. */
final class IcmpCheck implements Check {

    private final String to;
    private final Duration timeout;
    private final Pinger pinger;
    private final InstantSource clock;

    IcmpCheck(String to, Duration timeout, Pinger pinger, InstantSource clock) {
        this.to = to;
        this.timeout = timeout;
        this.pinger = pinger;
        this.clock = clock;
    }

    @Override
    public CheckResult run(Address server, Address service) {
        Stopwatch watch = new Stopwatch(clock);
        try {
            Pinger.Echo echo = pinger.send(Templates.address(to, server, service));
            try {
                wait(echo.answered());
                return watch.good("answered");
            } finally {
                pinger.forget(echo);
            }
        } catch (TimeoutException e) {
            return watch.bad("no answer in " + Durations.text(timeout));
        } catch (IOException e) {
            return watch.bad(e.getMessage());
        }
    }

    private void wait(CompletableFuture<Void> answered) throws TimeoutException, IOException {
        try {
            answered.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
