package net.reroute.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Assignment;
import net.reroute.core.Facts.HardwareLearned;
import net.reroute.core.Facts.Leg;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.LanRemarks.AddressTaken;
import net.reroute.core.LanRemarks.TakeoverLimited;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Takeover;
import net.reroute.core.Takeover.Announce;
import net.reroute.core.Takeover.Means;
import net.reroute.health.HealthMonitor;
import net.reroute.redirect.arp.GuardedAddress;
import net.reroute.redirect.arp.HeldAddress;
import net.reroute.redirect.arp.LanSegment;
import net.reroute.redirect.arp.MacTable;
import net.reroute.redirect.arp.TakeoverRequest;
import net.reroute.redirect.arp.TakeoverResult;

/**
 * Connects takeovers on the LAN with the cycle: which address belongs where, what is remembered, and what is reported.
 */
final class ArpController implements AutoCloseable {

    private final Inventory inventory;
    private final HealthMonitor monitor;
    private final ControllerState state;
    private final AuditLog audit;
    private final LanSegment segment;
    private volatile Besides besides = Besides.NOTHING;
    /** Servers that services were just moved to, until the cycle has recorded the assignment. */
    private final Map<String, String> justTaken = new ConcurrentHashMap<>();

    /** @param look requests a cycle that reads all routers */
    ArpController(Parts parts, ControllerState state, Consumer<Cause> look) {
        this.inventory = parts.inventory();
        this.monitor = parts.monitor();
        this.state = state;
        this.audit = parts.audit();
        this.segment = new LanSegment(servers(inventory), parts.onLan() ? addresses(inventory, s -> true) : List.of(),
                new MacTable(audit.state().hardware(), legs(inventory),
                        (leg, address) -> audit.record(new HardwareLearned(leg, address))),
                new LanEvents(parts, state, address -> besides.lost(address), look), parts.clock(),
                parts.later(), parts.fence());
    }

    /** Other addresses to guard on the LAN, besides those of services. */
    interface Besides {

        Besides NOTHING = new Besides() {
            @Override
            public List<HeldAddress> held() {
                return List.of();
            }

            @Override
            public void lost(Address address) {}
        };

        /** The addresses to guard now. */
        List<HeldAddress> held();

        /** The address is no longer at the server that took it over. */
        void lost(Address address);
    }

    void keepAlso(Besides other) {
        besides = other;
    }

    static boolean isNeeded(Inventory inventory) {
        return inventory.services().values().stream().anyMatch(s -> s.takeover().isPresent());
    }

    /**
     * The parts of an inventory that takeovers depend on: the servers that take addresses over, and their services.
     * Equal values mean that nothing relevant has changed.
     */
    static Object concern(Inventory inventory) {
        List<Server> servers = servers(inventory);
        return List.of(servers, inventory.services().values().stream()
                .filter(s -> servers.stream().anyMatch(server -> s.servers().contains(server.name()))).toList());
    }

    private static List<Server> servers(Inventory inventory) {
        Set<String> names = new LinkedHashSet<>();
        inventory.services().values().stream().filter(s -> s.takeover().isPresent())
                .forEach(s -> names.addAll(s.servers()));
        return inventory.servers(List.copyOf(names));
    }

    private static Set<Leg> legs(Inventory inventory) {
        Set<Leg> legs = new HashSet<>();
        inventory.services().values().forEach(s -> s.takeover().ifPresent(t -> t.interfaces()
                .forEach((server, on) -> legs.add(new Leg(server, on)))));
        return legs;
    }

    private static List<Address> addresses(Inventory inventory, Predicate<Service> which) {
        List<Address> all = new ArrayList<>();
        inventory.services().values().stream().filter(s -> s.takeover().isPresent()).filter(which).forEach(s -> {
            if (s.livesOnLan()) {
                all.add(s.address());
            } else if (s.fallsBack()) {
                all.addAll(inventory.nextHops(s.servers()));
            }
        });
        return all;
    }

    LanSegment segment() {
        return segment;
    }

    /** Reports at the start what takeovers lack, not only when one is needed. */
    void sayWhatIsMissing() {
        segment.missing(addresses(inventory, s -> s.takeover().get().announce() == Announce.CONTROLLER))
                .forEach(text -> audit.record(new TakeoverLimited(text)));
    }

    List<String> placed(Service service) {
        String at = justTaken.get(service.name());
        // A server that is no longer listed for the service holds nothing of ours.
        return (at != null ? List.of(at) : remembered(service)).stream().filter(service.servers()::contains).limit(1)
                .toList();
    }

    private List<String> remembered(Service service) {
        return state.assignment(service.name()).map(Assignment::servers).orElse(List.of());
    }

    boolean isDown(String server, Service service) {
        return monitor.verdict(server, service.name()).state() == State.DOWN;
    }

    Address nextHop(String server) {
        return inventory.servers().get(server).nextHop();
    }

    /** The request to move a service's address to a server. */
    TakeoverRequest taking(Service service, String to, boolean planned) {
        return taking(service, service.address(), placed(service).stream().findFirst().orElse(""), to, planned);
    }

    /** The request to move any address of a service from one server to another. */
    TakeoverRequest taking(Service service, Address address, String from, String to, boolean planned) {
        return new TakeoverRequest(address, to, from, service.servers().stream().filter(s -> !s.equals(to)).toList(),
                service.takeover().orElseThrow(), fence(service, to), kept(address), planned);
    }

    /** Sets an interface down only if the new server is UP, and the old ones carry nothing else that works. */
    private Means fence(Service service, String to) {
        Means wanted = service.takeover().orElseThrow().fence().means();
        boolean alone = monitor.verdict(to, service.name()).state() != State.UP;
        boolean carries = inventory.services().values().stream().anyMatch(s -> state.assignment(s.name()).stream()
                .flatMap(p -> p.servers().stream()).anyMatch(server -> !server.equals(to)
                        && service.servers().contains(server) && s.servers().contains(server)
                        && monitor.verdict(server, s.name()).state() == State.UP));
        return wanted == Means.INTERFACE && (alone || carries) ? Means.ALIAS : wanted;
    }

    private Map<String, String> kept(Address address) {
        Map<String, String> byServer = new HashMap<>();
        Map<Address, String> lines = state.kept(Takeover.LAN, address.toString());
        inventory.servers().values().stream().filter(s -> lines.containsKey(s.nextHop()))
                .forEach(s -> byServer.put(s.name(), lines.get(s.nextHop())));
        return byServer;
    }

    /** Addresses have come up at their new servers. */
    synchronized void took(List<TakeoverRequest> all, Function<TakeoverRequest, Service> services) {
        all.forEach(t -> justTaken.put(services.apply(t).name(), t.to()));
        segment.guard().hold(all.stream().map(t -> held(services.apply(t), t.to())).toList());
        segment.guard().burst(all);
    }

    /** Records the remarks of a takeover, if there are any. */
    void remark(Service service, TakeoverRequest taking, TakeoverResult taken) {
        if (!taken.remarks().isEmpty()) {
            audit.record(new AddressTaken(service.name(), taking.address(), taking.to(), taken.remarks()));
        }
    }

    /** Guards the addresses where they were decided to be. */
    synchronized void keep() {
        justTaken.entrySet()
                .removeIf(e -> remembered(inventory.services().get(e.getKey())).equals(List.of(e.getValue())));
        List<HeldAddress> held = new ArrayList<>(besides.held());
        for (Service service : inventory.services().values()) {
            List<String> at = placed(service);
            if (service.livesOnLan() && at.size() == 1) {
                held.add(held(service, at.getFirst()));
            }
        }
        segment.guard().keep(held);
    }

    private HeldAddress held(Service service, String at) {
        return new HeldAddress(taking(service, at, false), !at.equals(service.home()));
    }

    Collection<GuardedAddress.AddressReport> reports() {
        return segment.guard().reports();
    }

    /** A server that was lost answers again. */
    void sighted(String server) {
        Thread.ofPlatform().daemon().name("sighted-" + server).start(() -> {
            segment.lan().sighted(server);
            segment.guard().sighted(server);
        });
    }

    @Override
    public void close() {
        segment.close();
    }
}
