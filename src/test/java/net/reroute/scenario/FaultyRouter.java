package net.reroute.scenario;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;

/** A session on a real or simulated router, with the faults that a story asks for between it and the controller. */
final class FaultyRouter implements Router {

    private final Device device;
    private final Router router;

    FaultyRouter(Device device, Router router) {
        this.device = device;
        this.router = router;
    }

    private void answer() throws RouterException {
        if (!device.reachable) {
            router.close();
            throw RouterExceptions.unreachable("nobody answers");
        }
    }

    @Override
    public Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        answer();
        return router.routes(prefixes);
    }

    @Override
    public ReadBack apply(List<Change> changes) throws RouterException {
        answer();
        device.approval.pass();
        if (device.refuses || device.ignores) {
            return nothingDone(changes);
        }
        if (device.dropsAfter < changes.size()) {
            List<Change> first = changes.subList(0, device.dropsAfter);
            device.dropsAfter = Integer.MAX_VALUE;
            note(first, router.apply(first));
            router.close();
            throw RouterExceptions.unreachable("the session broke");
        }
        ReadBack back = router.apply(changes);
        note(changes, back);
        return back;
    }

    private void note(List<Change> changes, ReadBack back) {
        changes.forEach(c -> device.typed.add(String.valueOf(back.typed().lines().get(c.service().prefix()))));
    }

    private ReadBack nothingDone(List<Change> changes) throws RouterException {
        Map<Prefix, String> complaints = new HashMap<>();
        if (device.refuses) {
            changes.forEach(c -> complaints.put(c.service().prefix(), "Operation not permitted"));
        }
        return new ReadBack(router.routes(changes.stream().map(c -> c.service().prefix()).toList()), Map.of(),
                complaints,
                new Typed(Map.of(), Map.of(), Map.of()));
    }

    @Override
    public Map<Prefix, List<String>> lines(List<Change> changes) throws RouterException {
        answer();
        return router.lines(changes);
    }

    @Override
    public Set<Address> addresses() {
        return router.addresses();
    }

    @Override
    public Abilities abilities() {
        return router.abilities();
    }

    @Override
    public boolean ping() throws RouterException {
        answer();
        return router.ping();
    }

    @Override
    public boolean isOpen() {
        return device.reachable && router.isOpen();
    }

    @Override
    public void close() {
        router.close();
    }
}
