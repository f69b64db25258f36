package net.reroute.operations;

import java.util.List;
import net.reroute.core.Inventory;

/**
 * The names of the inventory, for completion.
 *
 * @param services names of services, names in DNS and switches
 */
public record NamesReport(List<String> services, List<String> servers, List<String> routers, List<String> playbooks) {

    static NamesReport of(Inventory all) {
        return new NamesReport(List.copyOf(all.scope()), List.copyOf(all.servers().keySet()),
                List.copyOf(all.routers().keySet()), List.copyOf(all.response().playbooks().keySet()));
    }
}
