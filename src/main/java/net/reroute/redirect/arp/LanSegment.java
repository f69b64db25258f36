package net.reroute.redirect.arp;

import java.net.NetworkInterface;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import net.reroute.core.Address;
import net.reroute.core.Server;
import net.reroute.ssh.Fence;

/**
 * The LAN as the controller uses it: servers, moves, guarded addresses, and this machine's own raw sockets.
 * Thread-safe.
 */
public final class LanSegment implements AutoCloseable {

    private final Lan lan;
    private final AddressMover mover;
    private final AddressGuard guard;
    private final Map<String, RawSocket> sockets = new HashMap<>();
    private final Map<String, String> missing = new HashMap<>();

    /**
     * Opens this machine's raw sockets in the subnets of these addresses. A socket that cannot be opened is reported by
     * {@link #missing}. Logs in to no server yet.
     *
     * @param servers that may hold the addresses
     * @param later runs a task after a delay, on its own thread
     * @param fence that every change has to pass
     */
    public LanSegment(Collection<Server> servers, Collection<Address> addresses, MacTable hardware,
            LanEventHandler events,
            InstantSource clock, BiConsumer<Duration, Runnable> later, Fence fence) {
        this.lan = new Lan(servers, hardware, events, heard -> guard().heard(heard), fence);
        this.mover = new AddressMover(lan);
        this.guard = new AddressGuard(lan, mover, this::socket, clock, later);
        addresses.forEach(this::open);
    }

    private void open(Address address) {
        Optional<NetworkInterface> leg = RawSocket.leg(address);
        if (leg.isEmpty() || sockets.containsKey(leg.get().getName()) || missing.containsKey(leg.get().getName())) {
            return;
        }
        try {
            sockets.put(leg.get().getName(), RawSocket.open(leg.get(), guard::heard));
        } catch (RawSocketException e) {
            missing.put(leg.get().getName(), e.getMessage());
        }
    }

    /** The same as {@link #missing}, without keeping sockets open. */
    public static List<String> lacks(Collection<Address> addresses, Collection<Address> announced) {
        try (LanSegment probe = new LanSegment(List.of(), addresses,
                new MacTable(Map.of(), Set.of(), (leg, address) -> {
                }), LanEventHandler.NONE, InstantSource.system(), (delay, what) -> {
                }, Fence.NONE)) {
            return probe.missing(announced);
        }
    }

    private Optional<RawSocket> socket(Address address) {
        return RawSocket.leg(address).map(leg -> sockets.get(leg.getName()));
    }

    public Lan lan() {
        return lan;
    }

    public AddressMover mover() {
        return mover;
    }

    public AddressGuard guard() {
        return guard;
    }

    /**
     * What this machine lacks for takeovers, one sentence each; empty if nothing.
     *
     * @param announced addresses that this machine announces itself
     */
    public List<String> missing(Collection<Address> announced) {
        List<String> sentences = new ArrayList<>();
        missing.forEach((leg, why) -> sentences.add("raw frames on " + leg + ": " + why + "; "
                + (announced.isEmpty()
                        ? "the servers hear in its place"
                        : "with announce: controller nothing is announced")));
        List<Address> away = announced.stream().filter(a -> RawSocket.leg(a).isEmpty()).toList();
        if (!away.isEmpty()) {
            sentences.add("this machine has no leg in the LAN of " + away.getFirst()
                    + (away.size() > 1 ? " and " + (away.size() - 1) + " more" : "")
                    + ", so with announce: controller nothing is announced; announce: server needs none");
        }
        return sentences;
    }

    @Override
    public void close() {
        sockets.values().forEach(RawSocket::close);
        lan.close();
    }
}
