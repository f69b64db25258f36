package net.reroute.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Prefix;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
import net.reroute.core.Takeover.Announce;
import net.reroute.core.Takeover.Commands;
import net.reroute.core.Takeover.Fence;
import net.reroute.core.Takeover.Means;
import net.reroute.simulation.Link;
import net.reroute.simulation.linux.SimulatedLan;
import net.reroute.simulation.linux.SimulatedLinux;

/**
 * The LAN of a rehearsal: a simulated Linux machine with a login for every server that takes addresses over. At first
 * every address is on the interface of its home.
 */
final class PracticeLan implements AutoCloseable {

    private record Machine(SimulatedLinux linux, PracticeLogin login) {}

    private final SimulatedLan lan = new SimulatedLan();
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    void start(Inventory real, SimulatedDevice.Typed typed) throws IOException {
        for (Server server : real.servers().values()) {
            if (server.login().isPresent() && services(real, server).findAny().isPresent()) {
                start(server, links(real, server), typed);
            }
        }
    }

    private void start(Server server, List<Link> links, SimulatedDevice.Typed typed) throws IOException {
        String user = server.login().orElseThrow().user();
        String password = PracticeLogin.secret();
        SimulatedLinux linux = SimulatedLinux.onLan(server.name(), user, password, links, lan);
        machines.put(server.name(), new Machine(linux, new PracticeLogin(server.name(), user, linux.port(),
                linux.hostKeyLine(), password, "")));
        linux.onTyped(line -> typed.line(server.name(), line));
    }

    private static Stream<Service> services(Inventory real, Server server) {
        return real.services().values().stream().filter(Service::livesOnLan)
                .filter(s -> s.servers().contains(server.name()));
    }

    /** Each interface with the server's address and the services at home there; on a dummy one what routers lead here. */
    private static List<Link> links(Inventory real, Server server) {
        Set<Link> links = new LinkedHashSet<>();
        services(real, server).forEach(s -> {
            String on = s.takeover().orElseThrow().interfaces().get(server.name());
            links.add(link(on, server.address()));
            if (s.home().equals(server.name())) {
                links.add(link(on, s.address()));
            }
        });
        real.services().values().stream().filter(held(server)).forEach(s -> links.add(new Link("dummy0", s.address(),
                Prefix.around(s.address(), s.address().width()))));
        return new ArrayList<>(links);
    }

    private static Predicate<Service> held(Server server) {
        return s -> !s.livesOnLan() && s.isHeld() && s.checkedMembers().contains(server.name());
    }

    /** In a subnet of a usual size. */
    private static Link link(String on, Address address) {
        return Link.of(on, address, address.v6() ? 64 : 24);
    }

    /** The name of the server that gets what clients send to a service; empty if none does. */
    Optional<String> serving(Service service) {
        return lan.believed(service.address()).flatMap(hardware -> machines.entrySet().stream()
                .filter(m -> m.getValue().linux().holds(service.address(), hardware)).map(Map.Entry::getKey)
                .findFirst());
    }

    List<PracticeLogin> logins() {
        return machines.values().stream().map(Machine::login).toList();
    }

    /** A server as the rehearsal's controller reaches it; without a login unless it is on the LAN. */
    Server practised(Server of, Path folder) {
        return new Server(of.name(), of.address(), of.nextHop(), Optional.ofNullable(machines.get(of.name()))
                .map(m -> m.login().practised(folder, of.login().orElseThrow().sudo())));
    }

    /** A takeover without an admin's commands, whose frames the simulated servers send. */
    static Takeover practised(Takeover of) {
        Means means = of.fence().means() == Means.INTERFACE ? Means.ALIAS : of.fence().means();
        return new Takeover(of.use(), of.interfaces(), Announce.SERVER, of.refresh(),
                new Fence(means, of.fence().restoreAfter()), new Commands(List.of(), List.of()));
    }

    /** What a rehearsal leaves out of a takeover; empty if nothing. */
    static Optional<String> leftOut(Takeover of) {
        List<String> all = new ArrayList<>();
        if (of.announce() == Announce.CONTROLLER) {
            all.add("'announce: controller' is practised as 'announce: server'");
        }
        if (of.fence().means() == Means.INTERFACE) {
            all.add("'fence: interface' is practised as 'fence: alias'");
        }
        if (!of.commands().before().isEmpty() || !of.commands().after().isEmpty()) {
            all.add("commands of takeovers are not run");
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }

    @Override
    public void close() throws IOException {
        for (Machine machine : machines.values()) {
            machine.linux().close();
        }
    }
}
