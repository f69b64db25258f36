package net.reroute.redirect.balance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;

/**
 * What stands for the servers of a service in its map: their addresses, or the marks of the routes that lead to them.
 *
 * @param hops next hop by server; a server of an earlier inventory is missing
 * @param direct true for marks
 */
record MapValues(Map<String, Address> hops, boolean direct) {

    /** @param addresses the next hop of a server */
    static MapValues of(Service service, Function<String, Optional<Address>> addresses) {
        Balanced balanced = service.balanced().orElseThrow();
        Map<String, Address> hops = new LinkedHashMap<>();
        service.servers().forEach(s -> addresses.apply(s).ifPresent(a -> hops.put(s, a)));
        return new MapValues(hops, balanced.direct());
    }

    String value(String server) {
        Address hop = hops.get(server);
        return direct ? String.valueOf(Balanced.mark(hop)) : hop.toString();
    }

    List<String> values(List<String> servers) {
        return servers.stream().map(this::value).toList();
    }

    /** The server that a value stands for. */
    Optional<String> server(String value) {
        return hops.keySet().stream().filter(s -> value(s).equals(value)).findFirst();
    }
}
