package net.reroute.scenario;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Given;
import net.reroute.core.Inventory;
import net.reroute.core.RecordedState;
import net.reroute.core.Service;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorContract;
import net.reroute.redirect.route.RouteBook;

/** Two services by the routes of one router. */
final class RouteWorld implements RedirectorContract.World {

    private final Device device;
    private final Inventory inventory = Given.one()
            .service("www-2", "192.168.1.64/27", Given.rules(), "host1", "host2", "host3")
            .at("www-2", Origin.MOVED, "host1").inventory();
    private final AtomicReference<RecordedState> state = new AtomicReference<>(RecordedState.NOTHING);

    RouteWorld(Device device) {
        this.device = device;
        inventory.services().values().forEach(s -> device.route(s.prefix().toString(), "192.168.1.2"));
    }

    @Override
    public Redirector open() throws RedirectException {
        device.spec("gw1");
        return device.open("gw1", new RouteBook(() -> inventory, state::get,
                record -> state.updateAndGet(s -> s.apply(record))));
    }

    @Override
    public Service first() {
        return inventory.services().get("www-1");
    }

    @Override
    public Service second() {
        return inventory.services().get("www-2");
    }

    @Override
    public List<String> holders(Service service) {
        return device.hops(service.prefix().toString()).stream().map(RouteWorld::server).toList();
    }

    private static String server(String hop) {
        int last = Integer.parseInt(hop.substring(hop.lastIndexOf('.') + 1));
        return "host" + (last - 1);
    }

    @Override
    public String exact(Service service) {
        return device.exact(service.prefix().toString());
    }

    @Override
    public void takeAway(Service service) {
        Service other = service.equals(first()) ? second() : first();
        device.clear();
        device.route(other.prefix().toString(), "192.168.1.2");
    }

    @Override
    public void cutOff() {
        device.reachable = false;
    }

    @Override
    public void close() {
        device.close();
    }
}
