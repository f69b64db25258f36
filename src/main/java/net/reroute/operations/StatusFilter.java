package net.reroute.operations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.operations.StatusReport.Events;
import net.reroute.operations.StatusReport.OfService;

/**
 * Narrows a status to what an admin asks for: services by name or prefix, servers and routers by name; each may be a
 * pattern with * and ?.
 */
record StatusFilter(Inventory inventory) {

    /**
     * The part of a report about these names.
     *
     * @throws UnknownNameException if a name or pattern fits nothing
     */
    StatusReport of(StatusReport report, List<String> patterns) {
        Set<String> named = new LinkedHashSet<>();
        Set<String> servers = new LinkedHashSet<>();
        Set<String> routers = new LinkedHashSet<>();
        for (String pattern : patterns) {
            int before = named.size() + servers.size() + routers.size();
            boolean again = named.contains(pattern) || servers.contains(pattern) || routers.contains(pattern);
            named.addAll(services(report, pattern));
            servers.addAll(servers(report, pattern));
            routers.addAll(Glob.among(report.routers().stream().map(StatusReport.OfRouter::name).toList(), pattern));
            if (!again && named.size() + servers.size() + routers.size() == before) {
                throw unknown(pattern);
            }
        }
        return narrowed(report, named, servers, routers);
    }

    private List<String> services(StatusReport report, String pattern) {
        List<String> all = new ArrayList<>(Glob.among(report.services().stream().map(s -> s.service().name()).toList(),
                pattern));
        inventory.service(pattern).ifPresent(s -> all.add(s.name()));
        Address.tryParse(pattern).ifPresent(address -> inventory.services().values().stream()
                .filter(s -> s.prefix().contains(address)).forEach(s -> all.add(s.name())));
        return all;
    }

    private List<String> servers(StatusReport report, String pattern) {
        List<String> all = new ArrayList<>(
                Glob.among(report.servers().stream().map(StatusReport.OfServer::name).toList(), pattern));
        Address.tryParse(pattern).ifPresent(address -> inventory.servers().values().stream()
                .filter(s -> s.address().equals(address) || s.nextHop().equals(address))
                .forEach(s -> all.add(s.name())));
        return all;
    }

    private UnknownNameException unknown(String pattern) {
        List<String> all = new ArrayList<>(inventory.scope());
        all.addAll(inventory.servers().keySet());
        all.addAll(inventory.routers().keySet());
        return new UnknownNameException("no service, prefix, server or router '" + pattern + "'"
                + Names.didYouMean(pattern, all));
    }

    private static StatusReport narrowed(StatusReport report, Set<String> named, Set<String> servers,
            Set<String> routers) {
        Predicate<OfService> wanted = s -> named.contains(s.service().name())
                || isAny(s.where().servers(), servers) || isAny(s.service().routers(), routers)
                || servers.contains(s.service().home());
        List<OfService> services = report.services().stream().filter(wanted).toList();
        Set<String> allServers = new LinkedHashSet<>(servers);
        Set<String> allRouters = new LinkedHashSet<>(routers);
        services.forEach(s -> {
            boolean whole = named.contains(s.service().name());
            allServers.addAll(whole ? s.service().checkedMembers() : s.where().servers());
            allRouters.addAll(s.service().routers());
        });
        Set<String> subjects = new LinkedHashSet<>(named);
        subjects.addAll(servers);
        subjects.addAll(routers);
        Events events = new Events(report.events().last().stream().filter(r -> subjects.contains(r.subject())).toList(),
                report.events().lastMove(), report.events().coming());
        return new StatusReport(report.now(), report.mode(), report.troubles(), report.windows(), services,
                report.servers().stream().filter(s -> allServers.contains(s.name())).toList(),
                report.routers().stream().filter(r -> allRouters.contains(r.name())).toList(), report.connections(),
                List.of(), report.switches(), events);
    }

    private static boolean isAny(Collection<String> some, Set<String> of) {
        return some.stream().anyMatch(of::contains);
    }
}
