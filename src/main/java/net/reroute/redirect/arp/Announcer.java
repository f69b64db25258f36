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
import net.reroute.redirect.arp.RemoteRawSocket.Announcement;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces addresses to the LAN, all addresses of a server at once. Thread-safe. */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Lan lan;
    private final Function<Address, Optional<RawSocket>> sockets;

    /** @param sockets this machine's socket in the LAN of an address; empty if it has none */
    Announcer(Lan lan, Function<Address, Optional<RawSocket>> sockets) {
        this.lan = lan;
        this.sockets = sockets;
    }

    boolean hasLeg(Address address) {
        return sockets.apply(address).isPresent();
    }

    /**
     * Announces the addresses that each server still has. Returns the reason for each address that was not announced.
     */
    Map<TakeoverRequest, String> announce(Collection<TakeoverRequest> all) {
        Set<String> servers = new LinkedHashSet<>();
        all.forEach(t -> servers.add(t.to()));
        return announce(all, lan.look(servers));
    }

    /** The same with a census taken just now. */
    Map<TakeoverRequest, String> announce(Collection<TakeoverRequest> all, Census census) {
        Map<String, List<TakeoverRequest>> byServer = new LinkedHashMap<>();
        all.forEach(t -> byServer.computeIfAbsent(t.to(), s -> new ArrayList<>()).add(t));
        Map<TakeoverRequest, String> failed = new ConcurrentHashMap<>();
        Lan.all(byServer.keySet(), server -> {
            List<TakeoverRequest> held = new ArrayList<>();
            for (TakeoverRequest request : byServer.get(server)) {
                if (!census.saw(server)) {
                    failed.put(request, String.valueOf(census.silent().get(server)));
                } else if (census.holders(request.address(), List.of(server)).isEmpty()) {
                    failed.put(request, server + " does not hold it");
                } else {
                    held.add(request);
                }
            }
            Map.of(Announce.SERVER, false, Announce.CONTROLLER, true).forEach((by, here) -> {
                List<TakeoverRequest> part = held.stream().filter(t -> t.how().announce() == by).toList();
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

    /**
     * Asks for the addresses: this machine does not receive its own announcements, and the answer teaches its kernel
     * the new hardware address.
     */
    private void hearOurselves(List<TakeoverRequest> all) throws RawSocketException {
        for (TakeoverRequest request : all) {
            RawSocket socket = sockets.apply(request.address()).orElseThrow();
            Optional<Address> own = socket.own(request.address());
            if (own.isPresent()) {
                socket.send(List.of(Frames.question(socket.hardware(), own.get(), request.address())));
            }
        }
    }

    /** Answers at once, without first asking the server whether it still has the address. */
    void answer(TakeoverRequest request) {
        try {
            say(List.of(request), hasLeg(request.address()));
        } catch (SshException | RawSocketException e) {
            LOG.debug("{} was not answered for", request.address(), e);
        }
    }

    /**
     * Sends announcements. Skips an address if its server's hardware address is unknown.
     *
     * @param here true: this machine sends; false: the server does
     */
    private void say(List<TakeoverRequest> all, boolean here) throws SshException, RawSocketException {
        List<Announcement> frames = new ArrayList<>();
        for (TakeoverRequest request : all) {
            Optional<HardwareAddress> holder = holder(request);
            if (holder.isPresent() && here) {
                byController(request.address(), holder.get());
            } else if (holder.isPresent()) {
                frames.add(new Announcement(request.interfaceAt(request.to()), request.address(),
                        Frames.announcement(holder.get(), holder.get(), request.address())));
            }
        }
        if (!frames.isEmpty()) {
            lan.link(all.getFirst().to()).socket().send(frames);
        }
    }

    /** The Ethernet source is this machine's own address, or the switch would learn a wrong port. */
    private void byController(Address address, HardwareAddress holder) throws RawSocketException {
        RawSocket socket = sockets.apply(address)
                .orElseThrow(
                        () -> new RawSocketException("this machine has no open leg in the LAN of " + address, null));
        socket.send(Frames.announcement(socket.hardware(), holder, address));
    }

    Optional<HardwareAddress> holder(TakeoverRequest request) {
        return lan.hardware().of(request.to(), request.interfaceAt(request.to()));
    }

    /** As {@link AddressGuard#pointBack}. */
    boolean pointBack(TakeoverRequest request) {
        String via = request.from();
        String on = request.interfaceAt(via);
        Optional<HardwareAddress> own = lan.hardware().of(via, on);
        Optional<HardwareAddress> original = holder(request);
        if (own.isEmpty() || original.isEmpty()) {
            return false;
        }
        try {
            lan.link(via).socket().send(List.of(new Announcement(on, request.address(),
                    Frames.announcement(own.get(), original.get(), request.address()))));
            return true;
        } catch (SshException e) {
            LOG.debug("{} did not point back", via, e);
            return false;
        }
    }
}
