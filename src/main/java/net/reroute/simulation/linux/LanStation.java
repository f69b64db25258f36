package net.reroute.simulation.linux;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.reroute.core.Address;

/** A machine on a LAN: what its interfaces hold, and the programs there that listen. Thread-safe. */
final class LanStation {

    private final LinuxNetwork network;
    private final List<Consumer<LanFrame>> programs = new CopyOnWriteArrayList<>();

    LanStation(LinuxNetwork network) {
        this.network = network;
    }

    void listen(Consumer<LanFrame> program) {
        programs.add(program);
    }

    void leave(Consumer<LanFrame> program) {
        programs.remove(program);
    }

    void hears(LanFrame frame) {
        programs.forEach(p -> p.accept(frame));
    }

    boolean has(String link) {
        return network.link(link).isPresent();
    }

    /** The hardware address of the interface that holds an address; empty if none does. */
    Optional<String> hardwareWith(Address address) {
        return network.links().stream().filter(l -> l.nets().stream().anyMatch(n -> n.address().equals(address)))
                .map(LinuxLink::mac).findFirst();
    }
}
