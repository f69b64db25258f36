package net.reroute.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Outcome;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.redirect.Applied;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Traits;
import net.reroute.redirect.arp.AddressMover;
import net.reroute.redirect.arp.Census;
import net.reroute.redirect.arp.Lan;
import net.reroute.redirect.arp.TakeoverRequest;
import net.reroute.redirect.arp.TakeoverResult;

/** Redirects services whose address is on one of their servers, by moving the address to another server. */
final class LanRedirector implements Redirector {

    private static final Traits TRAITS = new Traits(false, Duration.ZERO, Set.of(), Optional.empty(), Optional.empty(),
            Optional.empty());

    private final ArpController arp;
    private final Lan lan;
    private final AddressMover mover;

    LanRedirector(ArpController arp) {
        this.arp = arp;
        this.lan = arp.segment().lan();
        this.mover = arp.segment().mover();
    }

    /** Does not ask servers that are DOWN: traffic waits, and they may not answer. */
    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        Set<String> asked = new LinkedHashSet<>();
        services.forEach(
                service -> service.servers().stream().filter(s -> !arp.isDown(s, service)).forEach(asked::add));
        Census sight = lan.look(asked);
        if (sight.byServer().isEmpty() && !asked.isEmpty()) {
            throw new RedirectException(false, "no server can be asked: " + String.join("; ", sight.silent().values()),
                    null);
        }
        Map<String, Seen> seen = new LinkedHashMap<>();
        services.forEach(service -> seen.put(service.name(), at(service, sight).map(this::seen)
                .orElse(new Seen.Nobody())));
        return seen;
    }

    private Seen seen(String server) {
        return new Seen.At(List.of(server), List.of(arp.nextHop(server).toString()), false);
    }

    /**
     * The server where the address was decided to be, unless that server answers that it does not have it. If it cannot
     * be asked, the answers of other servers do not count. At most one server: further holders are up to the
     * {@code AddressGuard}.
     */
    private Optional<String> at(Service service, Census sight) {
        List<String> holders = sight.holders(service.address(), service.servers());
        List<String> placed = arp.placed(service);
        if (placed.stream().anyMatch(s -> holders.contains(s) || !sight.saw(s))) {
            return Optional.of(placed.getFirst());
        }
        if (holders.contains(service.home())) {
            return Optional.of(service.home());
        }
        if (!holders.isEmpty()) {
            return Optional.of(holders.getFirst());
        }
        // At first contact, if no server has it, it can only be at a server that could not be asked.
        return placed.isEmpty()
                ? service.servers().stream().filter(s -> !sight.saw(s)).findFirst()
                : Optional.empty();
    }

    @Override
    public Applied apply(List<Shift> shifts) {
        Map<TakeoverRequest, Shift> takings = new LinkedHashMap<>();
        shifts.stream().filter(s -> !s.to().isEmpty()).forEach(s -> takings.put(taking(s), s));
        Map<String, Done> done = new HashMap<>();
        shifts.stream().filter(s -> s.to().isEmpty()).forEach(s -> done.put(s.service().name(),
                new Done(Outcome.Kind.REFUSED, "no server had it before, so it stays where it is", List.of(),
                        s.before(),
                        Optional.empty())));
        mover.take(List.copyOf(takings.keySet()), up -> arp.took(up, t -> takings.get(t).service()))
                .forEach((taking, taken) -> done.put(takings.get(taking).service().name(),
                        done(takings.get(taking), taking, taken)));
        return new Applied(done);
    }

    private Done done(Shift shift, TakeoverRequest taking, TakeoverResult taken) {
        if (!taken.there()) {
            return new Done(Outcome.Kind.REFUSED, "refused: " + taken.complaint(), taken.typed(), shift.before(),
                    Optional.empty());
        }
        arp.remark(shift.service(), taking, taken);
        return new Done(Outcome.Kind.MOVED, "read back", taken.typed(), seen(taking.to()), Optional.empty());
    }

    private TakeoverRequest taking(Shift shift) {
        return arp.taking(shift.service(), shift.to().getFirst(), shift.planned());
    }

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) {
        Map<String, List<String>> lines = new HashMap<>();
        shifts.stream().filter(s -> !s.to().isEmpty())
                .forEach(s -> lines.put(s.service().name(), new ArrayList<>(mover.lines(taking(s)))));
        return lines;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    /** Keeps the sessions: a lost server says nothing about the others. */
    @Override
    public void close() {}
}
