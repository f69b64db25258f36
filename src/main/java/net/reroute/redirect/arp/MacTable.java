package net.reroute.redirect.arp;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import net.reroute.core.Facts.Leg;
import net.reroute.core.HardwareAddress;

/** The hardware addresses of the servers' interfaces, learnt while the servers are healthy. Thread-safe. */
public final class MacTable {

    private final Map<Leg, HardwareAddress> known;
    private final Set<Leg> wanted;
    private final BiConsumer<Leg, HardwareAddress> learns;

    /**
     * @param remembered entries from the journal
     * @param wanted interfaces to remember; a server may have any number of others
     * @param learns receives new and changed entries
     */
    public MacTable(Map<Leg, HardwareAddress> remembered, Set<Leg> wanted, BiConsumer<Leg, HardwareAddress> learns) {
        this.known = new ConcurrentHashMap<>(remembered);
        this.wanted = Set.copyOf(wanted);
        this.learns = learns;
    }

    void learn(String server, Collection<Interface> interfaces) {
        for (Interface one : interfaces) {
            Leg at = new Leg(server, one.name());
            if (wanted.contains(at) && !one.hardware().equals(known.put(at, one.hardware()))) {
                learns.accept(at, one.hardware());
            }
        }
    }

    Optional<HardwareAddress> of(String server, String on) {
        return Optional.ofNullable(known.get(new Leg(server, on)));
    }

    /** The known hardware addresses of these servers. */
    Set<HardwareAddress> of(Collection<String> servers) {
        Set<HardwareAddress> all = new HashSet<>();
        known.forEach((at, hardware) -> {
            if (servers.contains(at.server())) {
                all.add(hardware);
            }
        });
        return all;
    }
}
