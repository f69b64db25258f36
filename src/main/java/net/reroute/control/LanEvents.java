package net.reroute.control;

import java.util.Map;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Facts.LinesKept;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Inventory;
import net.reroute.core.LanRemarks;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Takeover;
import net.reroute.redirect.arp.LanEventHandler;

/** Handles events on the LAN: records them and requests cycles. */
final class LanEvents implements LanEventHandler {

    private final Parts parts;
    private final ControllerState state;
    private final Inventory inventory;
    private final Consumer<Address> lost;
    private final Consumer<Cause> look;

    /**
     * @param lost receives an address that is no longer at the server that took it over
     * @param look requests a cycle that reads all routers
     */
    LanEvents(Parts parts, ControllerState state, Consumer<Address> lost, Consumer<Cause> look) {
        this.parts = parts;
        this.state = state;
        this.inventory = parts.inventory();
        this.lost = lost;
        this.look = look;
    }

    @Override
    public void tell(LanRemarks remark) {
        parts.audit().record(remark);
    }

    @Override
    public void removed(Address address, String server, String words) {
        RouterService at = new RouterService(Takeover.LAN, address.toString());
        Map<Address, String> line = Map.of(inventory.servers().get(server).nextHop(), words);
        parts.audit().record(new LinesKept(at, line));
    }

    @Override
    public void reachable(String server) {
        look.accept(Cause.of(server + " can be asked again"));
    }

    @Override
    public void lost(Address address) {
        lost.accept(address);
        look.accept(Cause.of(address + " is not where it was"));
    }

    @Override
    public boolean announces() {
        return state.acts(parts.may());
    }

    @Override
    public boolean types() {
        return state.acts(parts.may()) && state.intents().pause().isEmpty();
    }
}
