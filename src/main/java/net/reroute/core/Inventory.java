package net.reroute.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there is, as the admin wrote it down: whole and free of mistakes. Maps keep the order of the files.
 *
 * @param routers by name
 * @param servers by name
 * @param checks by name
 * @param services by name
 * @param settings what applies to all
 * @param response what is done, and who is told, when something happens
 */
public record Inventory(Map<String, RouterSpec> routers, Map<String, Server> servers, Map<String, CheckSpec> checks,
        Map<String, Service> services, Settings settings, Reactions response) {

    /**
     * @param act false = observe: decide and print, type nothing
     * @param keepHistory how long the journal keeps rows
     * @param announce so long before it begins a planned maintenance is told of
     * @param peer another controller of the same network, of which one acts at a time
     * @param anchors where the head of the journal is sent each hour: {@link #SYSLOG}, channels, files
     */
    public record Settings(boolean act, Duration keepHistory, Duration announce, Optional<Peer> peer,
            List<String> anchors) {

        /** This machine's, where no channel has this name. */
        public static final String SYSLOG = "syslog";
    }

    /**
     * @param login there
     * @param command words that start reroute there
     */
    public record Peer(Login login, List<String> command) {}

    /** All logins at servers, and the one at the other controller. */
    public List<Login> logins() {
        return Stream.concat(servers.values().stream().flatMap(s -> s.login().stream()),
                settings.peer().stream().map(Peer::login)).toList();
    }

    /** The service of that name or exactly that prefix. */
    public Optional<Service> service(String nameOrPrefix) {
        Service byName = services.get(nameOrPrefix);
        if (byName != null) {
            return Optional.of(byName);
        }
        return services.values().stream().filter(s -> s.prefix().toString().equals(nameOrPrefix)
                || s.prefix().length() == s.prefix().network().width()
                        && s.prefix().network().toString().equals(nameOrPrefix))
                .findFirst();
    }

    /** The servers of a list of names, in its order; those that are none of them any more are left out. */
    public List<Server> servers(List<String> names) {
        return names.stream().filter(servers::containsKey).map(servers::get).toList();
    }

    /** The addresses routers point at for a list of servers. */
    public List<Address> nextHops(List<String> names) {
        return servers(names).stream().map(Server::nextHop).sorted().toList();
    }

    /**
     * The same inventory with the dialects of an older one where they are written alike: a compiled pattern is equal to
     * itself alone, and what did not change must be seen not to have.
     */
    public Inventory sharing(Inventory older) {
        Map<String, RouterSpec> shared = new LinkedHashMap<>();
        routers.forEach((name, router) -> shared.put(name, Optional.ofNullable(older.routers.get(name))
                .map(router::sharing).orElse(router)));
        return new Inventory(shared, servers, checks, services, settings, response);
    }

    /** The servers of a service behind a route's next hops; empty if any next hop is none of them. */
    public Optional<List<String>> serversBehind(Service service, List<Address> hops) {
        List<String> found = service.servers().stream().filter(n -> hops.contains(servers.get(n).nextHop())).toList();
        return !hops.isEmpty() && found.size() == hops.size() ? Optional.of(found) : Optional.empty();
    }
}
