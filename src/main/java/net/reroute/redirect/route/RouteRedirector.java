package net.reroute.redirect.route;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Outcome;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Shift.Restore;
import net.reroute.redirect.Applied;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Traits;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Shell;

/** Redirects by next hops of static routes on one router. Translates servers to next hops and back. */
public final class RouteRedirector implements Redirector, Traits.Session {

    /** The route before a change; empty if there was none. */
    private record Before(Optional<Route> route) implements Restore {}

    private final String name;
    private final Router router;
    private final RouteBook book;
    private final Map<String, Optional<Route>> seen = new HashMap<>();

    /** @param name of the router in the inventory */
    public RouteRedirector(String name, Router router, RouteBook book) {
        this.name = name;
        this.router = router;
        this.book = book;
    }

    /** The shell of its session; empty if it has none. */
    public Optional<Shell> shell() {
        return router.shell();
    }

    /**
     * Logs in. {@code within} limits each step of the login.
     *
     * @param fence that every change has to pass
     */
    public static RouteRedirector open(RouterSpec spec, Duration within, RouteBook book, Fence fence)
            throws RedirectException {
        try {
            return new RouteRedirector(spec.name(), Routers.open(spec, within, fence), book);
        } catch (RouterException e) {
            throw of(e);
        }
    }

    private static RedirectException of(RouterException e) {
        return new RedirectException(e.refused(), e.getMessage(), e);
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        try {
            Map<Prefix, Route> table = router.routes(services.stream().map(Service::prefix).toList());
            Map<String, Seen> all = new LinkedHashMap<>();
            services.forEach(s -> all.put(s.name(), seen(s, Optional.ofNullable(table.get(s.prefix())))));
            return all;
        } catch (RouterException e) {
            throw of(e);
        }
    }

    private Seen seen(Service service, Optional<Route> route) {
        seen.put(service.name(), route);
        return route.isPresent() ? seen(service, route.get()) : new Seen.Nobody();
    }

    private Seen seen(Service service, Route route) {
        List<String> servers = book.servers(service, route.hops());
        List<String> shown = route.hops().stream().map(Address::toString).toList();
        if (route.owner().isPresent()) {
            return new Seen.Owned(servers, shown, route.owner().get());
        }
        if (!servers.isEmpty()) {
            return new Seen.At(servers, shown, route.marked());
        }
        String what = shown.isEmpty()
                ? "a route without a next hop (" + route.exact() + ")"
                : "a next hop that is none of its servers (" + String.join(", ", shown) + ")";
        return new Seen.Foreign(shown, what, route.marked(), book.owns(service, route.hops()));
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException {
        try {
            Map<Prefix, List<String>> lines = router.lines(changes(shifts));
            return shifts.stream().collect(Collectors.toMap(s -> s.service().name(),
                    s -> lines.getOrDefault(s.service().prefix(), List.of())));
        } catch (RouterException e) {
            throw of(e);
        }
    }

    private List<Change> changes(List<Shift> shifts) {
        return shifts.stream().map(this::change).toList();
    }

    private Change change(Shift shift) {
        Service service = shift.service();
        Optional<Route> now = seen.getOrDefault(service.name(), Optional.empty());
        Optional<Before> back = shift.restore().map(Before.class::cast);
        List<Address> after = back.isPresent()
                ? back.get().route().map(Route::hops).orElse(List.of())
                : book.hops(shift.to());
        return new Change(service, now, after, back.flatMap(Before::route),
                new Change.Options(shift.planned(), book.kept(name, service), shift.reason()));
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        List<Change> changes = changes(shifts);
        shifts.stream().filter(s -> s.restore().isEmpty())
                .forEach(s -> book.own(s.service().name(), book.hops(s.to())));
        try {
            ReadBack back = router.apply(changes);
            keep(shifts, back.typed().removed());
            Map<String, Done> done = new LinkedHashMap<>();
            for (int i = 0; i < shifts.size(); i++) {
                done.put(shifts.get(i).service().name(), done(shifts.get(i), changes.get(i), back));
            }
            return new Applied(done);
        } catch (RouterException e) {
            keep(shifts, e.removed());
            throw of(e);
        }
    }

    /** Remembers removed lines, so that a later change can restore them. */
    private void keep(List<Shift> shifts, Map<Prefix, Map<Address, String>> removed) {
        shifts.forEach(s -> book.keep(name, s.service(), removed.getOrDefault(s.service().prefix(), Map.of())));
    }

    private Done done(Shift shift, Change change, ReadBack back) {
        Prefix prefix = change.service().prefix();
        Optional<Route> there = Optional.ofNullable(back.routes().get(prefix));
        Verified verified = verified(shift, change, back, there.map(Route::hops).orElse(List.of()));
        return new Done(verified.kind(), verified.text(), back.typed().lines().getOrDefault(prefix, List.of()),
                seen(change.service(), there), Optional.of(new Before(change.before())));
    }

    private record Verified(Outcome.Kind kind, String text) {}

    /**
     * A change is verified if the route reads back as requested, and the router's own lookup names one of the next
     * hops.
     */
    private static Verified verified(Shift shift, Change change, ReadBack back, List<Address> there) {
        if (!there.equals(change.after())) {
            return otherwise(change, back, there);
        }
        Address address = change.service().address();
        Address lookup = back.lookups().get(address);
        if (shift.restore().isPresent() || change.after().contains(lookup)) {
            return new Verified(Outcome.Kind.MOVED, "read back");
        }
        return new Verified(Outcome.Kind.FAILED, "the route is set, but its lookup of " + address + " names "
                + (lookup == null ? "no next hop" : lookup));
    }

    private static Verified otherwise(Change change, ReadBack back, List<Address> there) {
        Prefix prefix = change.service().prefix();
        String complaint = back.complaints().get(prefix);
        if (complaint == null) {
            String remark = back.typed().remarks().get(prefix);
            return new Verified(Outcome.Kind.FAILED,
                    "it took the change and did not make it" + (remark == null ? "" : ": " + remark));
        }
        boolean untouched = back.typed().lines().getOrDefault(prefix, List.of()).isEmpty()
                || there.equals(change.before().map(Route::hops).orElse(List.of()));
        return untouched
                ? new Verified(Outcome.Kind.REFUSED, "refused: " + complaint)
                : new Verified(Outcome.Kind.FAILED,
                        "refused: " + complaint + "; half of the change is made, next hops are now " + there);
    }

    // ---- what it is ----------------------------------------------------------------------------------------------

    @Override
    public Traits traits() {
        return new Traits(true, Duration.ZERO, router.addresses(), Optional.of(this), router.abilities().saving(),
                router.abilities().monitoring());
    }

    @Override
    public boolean isOpen() {
        return router.isOpen();
    }

    @Override
    public boolean ping() throws RedirectException {
        try {
            return router.ping();
        } catch (RouterException e) {
            throw of(e);
        }
    }

    @Override
    public void close() {
        router.close();
    }
}
