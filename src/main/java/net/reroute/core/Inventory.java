package net.reroute.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The admin's inventory, complete and validated. Maps keep the order of the files.
 *
 * @param routers by name
 * @param servers by name
 * @param checks by name
 * @param services by name
 * @param names services that are names in DNS, by name; their servers are in {@code services}
 * @param switches services that are TCP switches, by name; their servers are backends
 * @param settings that apply to everything
 * @param response playbooks and notifications
 */
public record Inventory(Map<String, RouterSpec> routers, Map<String, Server> servers, Map<String, CheckSpec> checks,
        Map<String, Service> services, Map<String, Service> names, Map<String, Service> switches, Settings settings,
        Reactions response) {

    /** An inventory without names. */
    public Inventory(Map<String, RouterSpec> routers, Map<String, Server> servers, Map<String, CheckSpec> checks,
            Map<String, Service> services, Settings settings, Reactions response) {
        this(routers, servers, checks, services, Map.of(), Map.of(), settings, response);
    }

    /**
     * @param act false: observe, that is decide and report but type nothing
     * @param keepHistory how long the journal keeps rows
     * @param announce lead time of {@code maintenance-soon}
     * @param peer another controller of the same network; only one of them acts at a time
     * @param anchors where the head of the journal is sent each hour: {@link #SYSLOG}, channels, files
     * @param web where the page is served; empty if it is not
     * @param cluster controllers that stand in for each other
     */
    public record Settings(boolean act, Duration keepHistory, Duration announce, Optional<Peer> peer,
            List<String> anchors, Optional<WebSpec> web, ClusterSpec cluster) {

        /** Settings of one controller alone. */
        public Settings(boolean act, Duration keepHistory, Duration announce, Optional<Peer> peer,
                List<String> anchors, Optional<WebSpec> web) {
            this(act, keepHistory, announce, peer, anchors, web, ClusterSpec.NONE);
        }

        /** This machine's syslog, unless a channel has this name. */
        public static final String SYSLOG = "syslog";
    }

    /**
     * @param login on the other controller's machine
     * @param command program and arguments that run reroute there
     */
    public record Peer(Login login, List<String> command) {}

    /** Everything that is decided about, in this order: services, names, which depend on them, and switches. */
    public List<Service> redirected() {
        return Stream.of(services, names, switches).flatMap(m -> m.values().stream()).toList();
    }

    /** The names of everything that is decided about. */
    public Set<String> scope() {
        return redirected().stream().map(Service::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What has checks of its own: services and switches. */
    public Stream<Service> checked() {
        return Stream.concat(services.values().stream(), switches.values().stream());
    }

    /** The service or switch of this name. */
    public Optional<Service> checked(String name) {
        return Optional.ofNullable(services.getOrDefault(name, switches.get(name)));
    }

    /** The server that carries a service, or is behind a backend of a switch. */
    public Optional<Server> behind(Service service, String member) {
        String name = service.switched().isPresent() ? service.switched().get().servers().get(member) : member;
        return Optional.ofNullable(name).map(servers::get);
    }

    /** The members of a service that stand and fall with a server: itself, backends on it, a site that has no other. */
    public List<String> members(Service service, String server) {
        return switch (service.frontend()) {
            case Frontend.Switched switched -> service.servers().stream()
                    .filter(b -> server.equals(switched.servers().get(b))).toList();
            case Frontend.Announced announced -> service.servers().stream()
                    .filter(s -> Set.copyOf(announced.sites().get(s)).equals(Set.of(server))).toList();
            case Frontend.DnsName name -> List.of();
            case Frontend.Routed routed -> service.servers().contains(server) ? List.of(server) : List.of();
            case Frontend.Balanced balanced -> service.servers().contains(server) ? List.of(server) : List.of();
        };
    }

    /** True if this router spreads connections of a virtual server. */
    public boolean balancesAt(String router) {
        return services.values().stream().anyMatch(s -> s.balanced().isPresent() && s.routers().contains(router));
    }

    /** What the session of a router is used for beside its routes. */
    public List<Boolean> besideRoutes(String router) {
        return List.of(balancesAt(router), marksAt(router));
    }

    /** True if this router keeps or cuts connections of a service. */
    public boolean marksAt(String router) {
        return services.values().stream().anyMatch(s -> s.flows().marked() && s.routers().contains(router));
    }

    /** True if a list has this server behind one of its members: a switch, a virtual server, a site. */
    public boolean isInList(Service list, String server) {
        return list.switched().map(f -> f.servers().containsValue(server)).orElse(false)
                || list.isList() && list.dnsName().isEmpty() && list.checkedMembers().contains(server);
    }

    /** The services whose addresses a name lists. */
    public Stream<Service> listedBy(Service name) {
        return name.servers().stream().map(services::get).filter(Objects::nonNull);
    }

    /** True if a name lists this service. */
    public boolean isListed(String service) {
        return names.values().stream().anyMatch(n -> n.servers().contains(service));
    }

    /** All devices that are kept in touch with: the routers, and the name servers of each zone. */
    public Map<String, RouterSpec> devices() {
        Map<String, RouterSpec> all = new LinkedHashMap<>(routers);
        all.keySet().removeIf(this::onlySpeaks);
        names.values().stream().flatMap(n -> n.dnsName().stream()).map(n -> RouterSpec.of(n.zone()))
                .forEach(spec -> all.put(spec.name(), spec));
        services.forEach((name, s) -> s.announced().map(f -> RouterSpec.of(name, f.bgp()))
                .ifPresent(spec -> all.put(spec.name(), spec)));
        switches.forEach((name, s) -> s.switched().map(f -> RouterSpec.of(name, f.spec()))
                .ifPresent(spec -> all.put(spec.name(), spec)));
        return all;
    }

    /** True for a router that serves announcements alone: these have sessions of their own. */
    private boolean onlySpeaks(String router) {
        boolean speaks = services.values().stream().flatMap(s -> s.announced().stream()).map(Frontend.Announced::bgp)
                .anyMatch(b -> b.speakers().containsKey(router)
                        || b.vantage().filter(v -> v.name().equals(router)).isPresent());
        return speaks && services.values().stream().noneMatch(s -> s.routers().contains(router));
    }

    /** All logins on servers, and the login on the other controller's machine. */
    public List<Login> logins() {
        return Stream.concat(servers.values().stream().flatMap(s -> s.login().stream()),
                settings.peer().stream().map(Peer::login)).toList();
    }

    /** The service with that name or exactly that prefix; a host route may be written without its length. */
    public Optional<Service> service(String nameOrPrefix) {
        Service byName = Stream.of(services, names, switches).map(m -> m.get(nameOrPrefix))
                .filter(Objects::nonNull).findFirst().orElse(null);
        if (byName != null) {
            return Optional.of(byName);
        }
        return services.values().stream().filter(s -> s.prefix().toString().equals(nameOrPrefix)
                || s.prefix().length() == s.prefix().network().width()
                        && s.prefix().network().toString().equals(nameOrPrefix))
                .findFirst();
    }

    /** The servers with these names, in this order. Unknown names are omitted. */
    public List<Server> servers(List<String> names) {
        return names.stream().filter(servers::containsKey).map(servers::get).toList();
    }

    /** The next hops of these servers, sorted. */
    public List<Address> nextHops(List<String> names) {
        return servers(names).stream().map(Server::nextHop).sorted().toList();
    }

    /**
     * This inventory, with unchanged dialects taken from an older one. Compiled patterns are equal only if they are the
     * same object; without this, unchanged routers would look changed.
     */
    public Inventory sharing(Inventory older) {
        Map<String, RouterSpec> shared = new LinkedHashMap<>();
        routers.forEach((name, router) -> shared.put(name, Optional.ofNullable(older.routers.get(name))
                .map(router::sharing).orElse(router)));
        return new Inventory(shared, servers, checks, services, names, switches, settings, response);
    }

    /**
     * The service's servers with these next hops. Empty if there are no next hops, or one belongs to none of its
     * servers.
     */
    public Optional<List<String>> serversBehind(Service service, List<Address> hops) {
        List<String> found = service.servers().stream().filter(servers::containsKey)
                .filter(n -> hops.contains(servers.get(n).nextHop())).toList();
        return !hops.isEmpty() && found.size() == hops.size() ? Optional.of(found) : Optional.empty();
    }
}
