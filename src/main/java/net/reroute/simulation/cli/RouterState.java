package net.reroute.simulation.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** The state of a simulated router that all its sessions share. Thread-safe. */
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

    /** @param told receives every line of configuration that takes effect */
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

    /** Keeps a change that would revert. Returns false if there was none. */
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

    /**
     * True if a change waits for its revert. Reverts it if its time is over, so this is called before every command.
     */
    synchronized boolean revertPending() {
        if (beforeRevert != null && System.nanoTime() - revertAt >= 0) {
            revertNow();
        }
        return beforeRevert != null;
    }

    // ---- lock, save ----------------------------------------------------------------------------------------------

    /**
     * Takes or checks the configuration lock. Returns the complaint if another session holds it, else empty.
     *
     * @param take false to check only
     * @param text complaint of the device
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

    /** Restores the startup configuration, as a reload does. */
    synchronized void reboot() {
        routes.restore(startup);
        beforeRevert = null;
        lockedBy = null;
    }

    /** Makes the running configuration the startup configuration, without counting a save. */
    synchronized void keepAsStartup() {
        startup = routes.written();
    }

    /** The next hop of an address in the global table, else in that of a VRF; empty if there is none. */
    Optional<Address> nextHop(Address destination) {
        revertPending();
        return vrfs().flatMap(v -> routes.lookup(v, destination).stream()).flatMap(s -> s.hop().stream()).findFirst();
    }

    /** The next hops in use for a prefix, sorted. */
    List<Address> hops(Prefix prefix) {
        revertPending();
        return vrfs().flatMap(v -> routes.used(v).stream()).filter(s -> s.prefix().equals(prefix))
                .flatMap(s -> s.hop().stream()).sorted().toList();
    }

    private Stream<String> vrfs() {
        return Stream.concat(Stream.of(""), routes.written().stream().map(StaticRoute::vrf)).distinct();
    }
}
