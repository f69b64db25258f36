package net.reroute.simulation.linux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.reroute.core.Address;

/**
 * One LAN in memory: its machines hear each other's ARP and neighbour discovery, their kernels answer for the addresses
 * they hold, and a client believes the last announcement of an address. All interfaces of all machines are on it. No
 * frame leaves this process. Thread-safe.
 */
public final class SimulatedLan {

    private final List<LanStation> stations = new CopyOnWriteArrayList<>();
    private final Map<Address, String> believed = new HashMap<>();

    /** Connects a machine. */
    LanStation plug(LinuxNetwork network) {
        LanStation station = new LanStation(network);
        stations.add(station);
        return station;
    }

    /** The number of the next machine, from 1. */
    int next() {
        return stations.size() + 1;
    }

    /** Sends a frame to everybody else. A machine does not receive its own. */
    void broadcast(LanStation from, LanFrame frame) {
        frame.announces().ifPresent(address -> believe(address, frame.holder()));
        stations.stream().filter(s -> s != from).forEach(s -> s.hears(frame));
        frame.asksFor().ifPresent(address -> stations.stream().filter(s -> s != from)
                .forEach(s -> s.hardwareWith(address).ifPresent(own -> from.hears(frame.answeredBy(own)))));
    }

    private synchronized void believe(Address address, String hardware) {
        believed.put(address, hardware);
    }

    /**
     * The hardware address that a client sends to. Without an announcement it asks, and one that holds the address
     * answers.
     */
    public synchronized Optional<String> believed(Address address) {
        return Optional.ofNullable(believed.get(address)).or(() -> stations.stream()
                .flatMap(s -> s.hardwareWith(address).stream()).findFirst());
    }
}
