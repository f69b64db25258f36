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
import net.reroute.core.Situation.Cause;
import net.reroute.core.Target;
import net.reroute.ssh.Sessions;

/** For one command: every check concerned until it has a verdict, and one look at the routers. */
final class FirstLook {

    private static final Duration ROUTERS = Duration.ofSeconds(12);

    private FirstLook() {}

    static void take(Engine engine, Collection<Service> services) {
        Set<Target> targets = engine.monitor.targets(services);
        targets.forEach(engine.rounds::start);
        Sessions sessions = new Sessions();
        new HeldAsker(sessions).ask(engine);
        CompletableFuture<Void> looked = engine.controller.look(Cause.of("first look"));
        Duration patience = targets.stream().map(t -> engine.monitor.spec(t).timers().firstVerdict())
                .max(Duration::compareTo).orElse(Duration.ZERO).plusSeconds(1);
        long began = System.nanoTime();
        try {
            engine.awaitVerdicts(targets, patience);
            while (System.nanoTime() - began < ROUTERS.toNanos() && services.stream().anyMatch(
                    s -> s.servers().stream().anyMatch(server -> isAsked(engine, server, s)))) {
                Thread.sleep(Engine.BETWEEN_LOOKS);
            }
            looked.get(ROUTERS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return; // status tells which router has not answered
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sessions.close();
        }
    }

    private static boolean isAsked(Engine engine, String server, Service service) {
        return engine.monitor.held(server, service.name()).filter(h -> h.state() == State.UNKNOWN).isPresent();
    }
}
