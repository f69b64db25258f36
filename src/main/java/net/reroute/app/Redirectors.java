package net.reroute.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.reroute.control.AuditLog;
import net.reroute.control.SteadyClock;
import net.reroute.core.Address;
import net.reroute.core.Appliance;
import net.reroute.core.BgpSites;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.SwitchSpec;
import net.reroute.core.Zone;
import net.reroute.redirect.Combined;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Tending;
import net.reroute.redirect.balance.BalanceRedirector;
import net.reroute.redirect.bgp.BgpMemory;
import net.reroute.redirect.bgp.BgpRedirector;
import net.reroute.redirect.dns.DnsRedirector;
import net.reroute.redirect.flows.FlowKeeper;
import net.reroute.redirect.nft.Nft;
import net.reroute.redirect.route.RouteBook;
import net.reroute.redirect.route.RouteRedirector;
import net.reroute.redirect.tcp.SwitchRedirector;
import net.reroute.redirect.tcp.Switches;
import net.reroute.ssh.Fence;

/**
 * Opens the redirectors of devices.
 *
 * @param switches that run in this process; empty if none may
 * @param practice true in a rehearsal
 * @param fence that every change has to pass
 */
record Redirectors(AuditLog audit, RouteBook book, Optional<Switches> switches, SteadyClock clock, boolean practice,
        Fence fence) {

    /** Opens the redirector of a device. */
    Redirector open(RouterSpec spec, Duration within) throws RedirectException {
        return switch (spec.appliance().orElse(null)) {
            case null -> router(RouteRedirector.open(spec, within, book, fence), spec, book.inventory());
            case Zone zone -> DnsRedirector.open(spec, within, name -> listed(spec, name), clock, fence);
            case SwitchSpec settings -> switches(spec, settings);
            case BgpSites sites -> new BgpRedirector(sites, within, bgpMemory(spec), fence);
            case Appliance other -> throw new IllegalStateException("nothing handles " + other);
        };
    }

    /** Virtual servers are set up over the session that routes have. */
    private Redirector router(RouteRedirector routes, RouterSpec spec, Supplier<Inventory> inventory) {
        Redirector whole = routes.shell().filter(s -> inventory.get().balancesAt(spec.name()))
                .<Redirector>map(shell -> new Combined(routes, new BalanceRedirector(shell,
                        spec.login().sudo(),
                        s -> inventory.get().servers(List.of(s)).stream().map(Server::nextHop).findFirst(),
                        name -> inventory.get().services().containsKey(name)),
                        s -> s.balanced().isPresent()))
                .orElse(routes);
        // a simulated router has no connections
        return routes.shell().filter(s -> !practice)
                .<Redirector>map(shell -> tending(whole, new Nft(shell, spec.login().sudo()), spec,
                        inventory.get().marksAt(spec.name())))
                .orElse(whole);
    }

    /** A router that need not keep connections may still have to take away what did. */
    private static Redirector tending(Redirector main, Nft nft, RouterSpec spec, boolean watched) {
        return new Tending(main, new FlowKeeper(nft, spec.marks()), watched
                ? Optional.of((prefixes, told) -> nft.watch(FlowKeeper.tableName(), told))
                : Optional.empty());
    }

    private Redirector switches(RouterSpec spec, SwitchSpec settings)
            throws RedirectException {
        if (switches.isEmpty()) {
            throw new RedirectException(false, "it runs in the daemon, and none is running; 'reroute switch "
                    + spec.plainName() + "' runs it alone", null);
        }
        return SwitchRedirector.open(spec.plainName(), settings, switches.get());
    }

    private BgpMemory bgpMemory(RouterSpec spec) {
        Map<String, String> maps = new LinkedHashMap<>();
        String service = spec.plainName() + " ";
        audit.state().notes(Shelf.ROUTE_MAP).forEach((id, map) -> {
            if (id.startsWith(service)) {
                maps.put(id.substring(service.length()), map);
            }
        });
        return new BgpMemory(Set.copyOf(audit.state().seen()
                .getOrDefault(new RouterService(spec.name(), spec.plainName()), Shown.NOWHERE).servers()), maps,
                (site, map) -> audit.record(new NoteKept(Shelf.ROUTE_MAP, service + site, map)));
    }

    /** The addresses that reroute last saw of a name. */
    private Set<Address> listed(RouterSpec spec, String name) {
        return audit.state().seen().getOrDefault(new RouterService(spec.name(), name), Shown.NOWHERE).shown().stream()
                .flatMap(a -> Address.tryParse(a).stream()).collect(Collectors.toSet());
    }
}
