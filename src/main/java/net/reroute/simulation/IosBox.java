package net.reroute.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.StaticRoutes.Static;

/** The part of a simulated Cisco that all its sessions share. Thread safe. */
final class IosBox {

    final String hostname;
    final String enableSecret;
    final StaticRoutes routes;
    final Faults faults;
    private final Consumer<String> told;
    private final boolean archive;
    private List<Static> startup;
    private List<Static> beforeRevert;
    private long revertAt;
    private Object lockedBy;
    private int saves;

    /**
     * @param archive whether {@code archive} is configured, which a revert timer needs
     * @param told every line of configuration that was taken
     */
    IosBox(String hostname, String enableSecret, StaticRoutes routes, Faults faults, boolean archive,
            Consumer<String> told) {
        this.hostname = hostname;
        this.enableSecret = enableSecret;
        this.routes = routes;
        this.faults = faults;
        this.archive = archive;
        this.told = told;
        this.startup = routes.written();
    }

    void tell(String line) {
        told.accept(line);
    }

    boolean hasArchive() {
        return archive;
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

    /** Returns who holds the lock, if that is somebody else. */
    synchronized Optional<String> lock(Object session, boolean take) {
        Optional<String> fault = faults.lock();
        if (fault.isPresent() || lockedBy != null && lockedBy != session) {
            return Optional.of(fault.orElse("Configuration mode locked exclusively by user 'noc' process '88'"
                    + " from terminal '3'. Please try later."));
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

    // ---- what it shows -------------------------------------------------------------------------------------------

    List<String> running() {
        List<String> lines = new ArrayList<>(List.of("Building configuration...", "",
                "Current configuration : 2113 bytes", "!", "version 15.7", "service timestamps log datetime msec", "!",
                "hostname " + hostname, "!"));
        if (!enableSecret.isEmpty()) {
            lines.addAll(List.of("enable secret 9 $9$simulated", "!"));
        }
        if (archive) {
            lines.addAll(List.of("archive", " path flash:backup", "!"));
        }
        for (Link link : routes.links()) {
            lines.addAll(List.of("interface " + link.name(), " ip address " + link.address() + " "
                    + (link.network().network().v6() ? link.network() : IosSyntax.mask(link.network())), "!"));
        }
        lines.add("ip forward-protocol nd");
        routes.written().stream().filter(s -> !s.prefix().network().v6()).sorted((a, b) -> a.prefix().compareTo(b
                .prefix())).forEach(s -> lines.add(IosSyntax.line(s)));
        routes.written().stream().filter(s -> s.prefix().network().v6()).forEach(s -> lines.add(IosSyntax.line(s)));
        lines.addAll(List.of("!", "line con 0", "line vty 0 4", " login local", " transport input ssh", "!", "end"));
        return lines;
    }

    List<String> interfaces() {
        List<String> lines = new ArrayList<>(
                List.of(String.format("%-27s%-16s%-4s%-7s%-22s%s", "Interface", "IP-Address",
                        "OK?", "Method", "Status", "Protocol")));
        for (Link link : routes.links()) {
            lines.add(String.format("%-27s%-16s%-4s%-7s%-22s%s", link.name(), link.address(), "YES", "NVRAM", "up",
                    "up"));
        }
        return lines;
    }

    /** A line as somebody would have typed it before anybody looked. */
    void write(String line) {
        boolean v6 = line.startsWith("ipv6");
        String[] words = line.replaceFirst("^ipv?6? route ", "").split(" ");
        try {
            routes.add(IosSyntax.parse(Arrays.asList(words), v6, false));
        } catch (IosSyntax.BadLine e) {
            throw new IllegalArgumentException("'" + line + "' is not a route: " + e.getMessage(), e);
        }
        startup = routes.written();
    }

    Optional<Address> nextHop(Address destination) {
        return routes.lookup("", destination).stream().flatMap(s -> s.hop().stream()).findFirst();
    }

    List<Address> hops(Prefix prefix) {
        return routes.used("").stream().filter(s -> s.prefix().equals(prefix)).flatMap(s -> s.hop().stream()).sorted()
                .toList();
    }
}
