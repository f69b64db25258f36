package net.reroute.simulation.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** The part of a simulated router with a command line that all its sessions share. Thread safe. */
final class RouterState {

    final Setup setup;
    final StaticRoutes routes;
    final Faults faults = new Faults();
    private final Consumer<String> told;
    private List<StaticRoute> startup = List.of();
    private List<StaticRoute> beforeRevert;
    private long revertAt;
    private Object lockedBy;
    private int saves;

    /** @param told every line of configuration that was taken */
    RouterState(Setup setup, List<Link> links, Consumer<String> told) {
        this.setup = setup;
        this.routes = new StaticRoutes(links);
        this.told = told;
    }

    void tell(String line) {
        told.accept(line);
    }

    // ---- the timed revert ----------------------------------------------------------------------------------------

    synchronized void revertIn(Duration time) {
        beforeRevert = routes.written();
        revertAt = System.nanoTime() + time.toNanos();
    }

    /** Returns false if nothing was waiting. */
    synchronized boolean confirm() {
        boolean waiting = revertPending();
        beforeRevert = null;
        return waiting;
    }

    synchronized boolean revertNow() {
        boolean waiting = beforeRevert != null;
        if (waiting) {
            routes.restore(beforeRevert);
            beforeRevert = null;
        }
        return waiting;
    }

    /** Looked at before every command: a timer that has run out has done its work by then. */
    synchronized boolean revertPending() {
        if (beforeRevert != null && System.nanoTime() - revertAt >= 0) {
            revertNow();
        }
        return beforeRevert != null;
    }

    // ---- lock, save ----------------------------------------------------------------------------------------------

    /**
     * Takes the configuration lock, or returns the complaint if another session holds it.
     *
     * @param text how the device says so
     */
    synchronized Optional<String> lock(Object session, boolean take, String text) {
        Optional<String> fault = faults.lock();
        if (fault.isPresent() || lockedBy != null && lockedBy != session) {
            return Optional.of(fault.orElse(text));
        }
        lockedBy = take ? session : lockedBy;
        return Optional.empty();
    }

    synchronized void unlock(Object session) {
        lockedBy = lockedBy == session ? null : lockedBy;
    }

    synchronized void save() {
        startup = routes.written();
        saves++;
    }

    synchronized int saves() {
        return saves;
    }

    /** What a reload does to the running configuration. */
    synchronized void reboot() {
        routes.restore(startup);
        beforeRevert = null;
        lockedBy = null;
    }

    /** What stands written now has always stood there. */
    synchronized void keepAsStartup() {
        startup = routes.written();
    }

    /** Where its tables send an address: the global one, else that of a VRF. */
    Optional<Address> nextHop(Address destination) {
        revertPending();
        return vrfs().flatMap(v -> routes.lookup(v, destination).stream()).flatMap(s -> s.hop().stream()).findFirst();
    }

    /** The next hops in use for a prefix. */
    List<Address> hops(Prefix prefix) {
        revertPending();
        return vrfs().flatMap(v -> routes.used(v).stream()).filter(s -> s.prefix().equals(prefix))
                .flatMap(s -> s.hop().stream()).sorted().toList();
    }

    private Stream<String> vrfs() {
        return Stream.concat(Stream.of(""), routes.written().stream().map(StaticRoute::vrf)).distinct();
    }
}
