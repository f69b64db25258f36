package net.reroute.rehearsal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.reroute.core.BgpSites;
import net.reroute.core.Frontend.Announced;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.simulation.linux.SimulatedBgp;
import net.reroute.simulation.linux.SimulatedLinux;

/**
 * The sites of a rehearsal that announce prefixes. At first those announce that an admin would have told to. What clients
 * send goes to the site that the provider prefers, and there to the first of its servers.
 */
final class PracticeSites {

    private static final String LINUX = "linux";

    private final SimulatedBgp network = new SimulatedBgp();
    private final Set<String> speaking = new LinkedHashSet<>();

    private PracticeSites() {}

    static PracticeSites of(Inventory real) {
        PracticeSites sites = new PracticeSites();
        announced(real).forEach(sites::prepare);
        real.services().values().forEach(s -> s.announced().ifPresent(a -> s.preferred(Optional.empty())
                .forEach(site -> sites.network.announce(site, s.prefix(), a.bgp().routeMap()))));
        return sites;
    }

    /** Makes what an admin has at each speaker before the first announcement. */
    private void prepare(Announced service) {
        BgpSites bgp = service.bgp();
        bgp.speakers().keySet().stream().filter(speaking::add).forEach(network::site);
        bgp.vantage().ifPresent(v -> speaking.add(v.name()));
        if (!bgp.routeMap().isEmpty()) {
            bgp.speakers().keySet().forEach(site -> network.map(site, bgp.routeMap()));
        }
    }

    private static Stream<Announced> announced(Inventory of) {
        return of.services().values().stream().flatMap(s -> s.announced().stream());
    }

    /** True if something stands in for all of its speakers, and for the router that looks from afar. */
    static boolean isRehearsable(BgpSites sites) {
        return Stream.concat(sites.speakers().values().stream(), sites.vantage().stream())
                .allMatch(r -> r.dialect().equals(LINUX));
    }

    /** Installs FRR on a router that needs it. */
    void equip(String router, SimulatedLinux linux) {
        if (speaking.contains(router)) {
            linux.speak(network, router);
        }
    }

    /** The sites that announce a service, the one that the provider prefers first. */
    List<String> announcing(Service service) {
        return network.announcing(service.prefix());
    }

    /** The servers that may get what clients send to a service. */
    List<String> servers(Service service) {
        return announcing(service).stream().limit(1)
                .flatMap(site -> service.announced().orElseThrow().sites().get(site).stream()).toList();
    }

    /** A service as the rehearsal's controller has it. */
    static Announced practised(Announced of, Function<RouterSpec, RouterSpec> router) {
        Map<String, RouterSpec> speakers = new LinkedHashMap<>();
        of.bgp().speakers().forEach((name, spec) -> speakers.put(name, router.apply(spec)));
        return new Announced(of.prefix(), of.address(), of.sites(), new BgpSites(speakers, of.bgp().settle(),
                of.bgp().worse(), of.bgp().routeMap(), of.bgp().vantage().map(router)));
    }
}
