package net.reroute.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Route;
import net.reroute.setup.Proposal.RouterEntry;
import net.reroute.setup.Proposal.ServiceEntry;

/**
 * Which services there are: a prefix that a router leads to one of the servers, and the servers that hold an address of
 * it.
 *
 * @param routes by router
 */
record Found(Map<RouterEntry, Map<Prefix, Route>> routes, List<Holder> holders) {

    List<ServiceEntry> services() {
        Set<Prefix> prefixes = new TreeSet<>();
        routes.values().forEach(of -> prefixes.addAll(of.keySet()));
        List<ServiceEntry> all = new ArrayList<>();
        for (Prefix prefix : prefixes) {
            all.add(service("www-" + (all.size() + 1), prefix));
        }
        return all;
    }

    private ServiceEntry service(String name, Prefix prefix) {
        Map<String, Route> at = new TreeMap<>();
        routes.forEach((router, found) -> {
            if (found.containsKey(prefix)) {
                at.put(router.name(), found.get(prefix));
            }
        });
        List<Address> hops = at.values().iterator().next().hops();
        List<String> now = holders.stream().filter(h -> hops.contains(h.machine().address())).map(Holder::name)
                .toList();
        List<String> servers = new ArrayList<>(now);
        holders.stream().filter(h -> !servers.contains(h.name())).filter(h -> mayHold(h, prefix))
                .map(Holder::name).forEach(servers::add);
        return new ServiceEntry(name, prefix, servers, now.size(), List.copyOf(at.keySet()),
                remark(prefix, now, servers, at));
    }

    private static boolean mayHold(Holder holder, Prefix prefix) {
        boolean sameFamily = holder.machine().address().v6() == prefix.network().v6();
        return holder.isSeen() ? sameFamily && holds(holder, prefix) : sameFamily;
    }

    private static boolean holds(Holder holder, Prefix prefix) {
        return holder.addresses().stream().anyMatch(prefix::contains);
    }

    private String remark(Prefix prefix, List<String> now, List<String> servers, Map<String, Route> at) {
        List<String> lacking = holders.stream().filter(h -> servers.contains(h.name()) && h.isSeen()
                && !holds(h, prefix)).map(Holder::name).toList();
        String owned = at.values().stream().flatMap(r -> r.owner().stream()).map(o -> " Its route " + o + ".")
                .findFirst()
                .orElse("");
        return "now at " + String.join(", ", now) + " on " + String.join(", ", at.keySet())
                + at.values().stream().map(r -> " (" + r.exact() + ")").limit(1).collect(Collectors.joining())
                + (lacking.isEmpty() ? "" : ". " + String.join(", ", lacking) + " does not hold an address of it")
                + (servers.size() > 1 ? "" : ". No other server holds an address of it") + owned;
    }
}
