package net.reroute.app;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Health.State;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Target;
import net.reroute.ssh.Sessions;

/**
 * The first look of a command without a daemon: each check concerned until it has a verdict, and one look at the
 * routers. The checks go on until the command ends, so that no decision uses stale results.
 */
final class FirstLook {

    private static final Duration ROUTERS = Duration.ofSeconds(12);

    private FirstLook() {}

    /**
     * Blocks until everything is known, or until the time is over.
     *
     * @param atMost for everything together; what is unknown by then is reported as unknown
     */
    static void take(ControllerRuntime runtime, Collection<Service> services, Duration atMost) {
        Set<Target> targets = runtime.monitor.targets(services);
        targets.forEach(runtime.rounds::repeat);
        Sessions sessions = new Sessions();
        new AddressCheck(sessions).ask(runtime);
        CompletableFuture<Void> looked = runtime.controller.look(Cause.of("first look"));
        Duration patience = targets.stream().map(t -> runtime.monitor.spec(t).timers().firstVerdict())
                .max(Duration::compareTo).orElse(Duration.ZERO).plusSeconds(1);
        long began = System.nanoTime();
        try {
            runtime.awaitVerdicts(targets, shorter(patience, atMost));
            Duration routers = shorter(ROUTERS, atMost);
            while (System.nanoTime() - began < routers.toNanos() && services.stream().anyMatch(
                    s -> s.servers().stream().anyMatch(server -> isAsked(runtime, server, s)))) {
                Thread.sleep(ControllerRuntime.BETWEEN_LOOKS);
            }
            Duration left = atMost.minusNanos(System.nanoTime() - began);
            looked.get(shorter(ROUTERS, left).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return; // status shows the router that has not answered
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sessions.close();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static boolean isAsked(ControllerRuntime runtime, String server, Service service) {
        return runtime.monitor.held(server, service.name()).filter(h -> h.state() == State.UNKNOWN).isPresent();
    }
}
