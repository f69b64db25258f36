package net.reroute.redirect.arp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Takeover.Announce;
import net.reroute.redirect.arp.Lan.Sight;
import net.reroute.redirect.arp.RemoteRawSocket.Announcement;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the LAN where addresses are; all of one server in one go. */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Lan lan;
    private final Function<Address, Optional<RawSocket>> wires;

    /** @param wires this machine's leg in the LAN of an address, where it has one */
    Announcer(Lan lan, Function<Address, Optional<RawSocket>> wires) {
        this.lan = lan;
        this.wires = wires;
    }

    boolean hasLeg(Address address) {
        return wires.apply(address).isPresent();
    }

    /** Asks each server whether it still has them, and announces those that it has. Returns why the others were not. */
    Map<Taking, String> announce(Collection<Taking> all) {
        Set<String> servers = new LinkedHashSet<>();
        all.forEach(t -> servers.add(t.to()));
        return announce(all, lan.look(servers));
    }

    /** As {@link #announce(Collection)}, where the servers were just asked. */
    Map<Taking, String> announce(Collection<Taking> all, Sight sight) {
        Map<String, List<Taking>> byServer = new LinkedHashMap<>();
        all.forEach(t -> byServer.computeIfAbsent(t.to(), s -> new ArrayList<>()).add(t));
        Map<Taking, String> failed = new ConcurrentHashMap<>();
        Lan.all(byServer.keySet(), server -> {
            List<Taking> held = new ArrayList<>();
            for (Taking taking : byServer.get(server)) {
                if (!sight.saw(server)) {
                    failed.put(taking, String.valueOf(sight.silent().get(server)));
                } else if (sight.holders(taking.address(), List.of(server)).isEmpty()) {
                    failed.put(taking, server + " does not hold it");
                } else {
                    held.add(taking);
                }
            }
            Map.of(Announce.SERVER, false, Announce.CONTROLLER, true).forEach((by, here) -> {
                List<Taking> part = held.stream().filter(t -> t.how().announce() == by).toList();
                try {
                    say(part, here);
                    if (here) {
                        hearOurselves(part);
                    }
                } catch (SshException | RawSocketException e) {
                    part.forEach(t -> failed.put(t, e.getMessage()));
                }
            });
        });
        return failed;
    }

    /** This machine does not hear what it announces, so its own kernel would go on with what it knew. */
    private void hearOurselves(List<Taking> all) throws RawSocketException {
        for (Taking taking : all) {
            RawSocket wire = wires.apply(taking.address()).orElseThrow();
            Optional<Address> own = wire.own(taking.address());
            if (own.isPresent()) {
                wire.send(List.of(Frames.question(wire.hardware(), own.get(), taking.address())));
            }
        }
    }

    /** At once and from the nearest, without asking anybody first. */
    void answer(Taking taking) {
        try {
            say(List.of(taking), hasLeg(taking.address()));
        } catch (SshException | RawSocketException e) {
            LOG.debug("{} was not answered for", taking.address(), e);
        }
    }

    /** @param here true: by this machine */
    private void say(List<Taking> all, boolean here) throws SshException, RawSocketException {
        List<Announcement> frames = new ArrayList<>();
        for (Taking taking : all) {
            Optional<HardwareAddress> holder = holder(taking);
            if (holder.isPresent() && here) {
                byController(taking.address(), holder.get());
            } else if (holder.isPresent()) {
                frames.add(new Announcement(taking.interfaceAt(taking.to()), taking.address(),
                        Frames.announcement(holder.get(), holder.get(), taking.address())));
            }
        }
        if (!frames.isEmpty()) {
            lan.link(all.getFirst().to()).wire().send(frames);
        }
    }

    /** The frames carry this machine's own address as their source, or the switch would learn a wrong port. */
    private void byController(Address address, HardwareAddress holder) throws RawSocketException {
        RawSocket wire = wires.apply(address)
                .orElseThrow(
                        () -> new RawSocketException("this machine has no open leg in the LAN of " + address, null));
        wire.send(Frames.announcement(wire.hardware(), holder, address));
    }

    Optional<HardwareAddress> holder(Taking taking) {
        return lan.hardware().of(taking.to(), taking.interfaceAt(taking.to()));
    }

    /** As {@link AddressGuard#pointBack}. */
    boolean pointBack(Taking taking) {
        String via = taking.from();
        String on = taking.interfaceAt(via);
        Optional<HardwareAddress> own = lan.hardware().of(via, on);
        Optional<HardwareAddress> original = holder(taking);
        if (own.isEmpty() || original.isEmpty()) {
            return false;
        }
        try {
            lan.link(via).wire().send(List.of(new Announcement(on, taking.address(),
                    Frames.announcement(own.get(), original.get(), taking.address()))));
            return true;
        } catch (SshException e) {
            LOG.debug("{} did not point back", via, e);
            return false;
        }
    }
}
