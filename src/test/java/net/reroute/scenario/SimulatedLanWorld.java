package net.reroute.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.LanAccess;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Service;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorContract;
import net.reroute.simulation.Link;
import net.reroute.simulation.linux.SimulatedLan;
import net.reroute.simulation.linux.SimulatedLinux;

/** As {@link LanWorld}, on the LAN of a rehearsal. */
final class SimulatedLanWorld implements RedirectorContract.World {

    final SimulatedLan lan = new SimulatedLan();
    private final Map<String, SimulatedLinux> hosts = new LinkedHashMap<>();
    private final Path folder;
    private final Inventory inventory;
    private LanAccess access;

    SimulatedLanWorld() {
        try {
            folder = Files.createTempDirectory("reroute-lan");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        plug("host1", "192.168.1.2", "192.168.1.20", "192.168.1.21");
        plug("host2", "192.168.1.3");
        Map<String, Login> logins = new LinkedHashMap<>();
        hosts.forEach((name, machine) -> logins.put(name, SimulatedSession.login(machine, folder)));
        inventory = LanWorld.inventory(logins);
    }

    /** A machine with these addresses. */
    SimulatedLinux plug(String name, String... addresses) {
        List<Link> links = new ArrayList<>();
        for (String address : addresses) {
            links.add(Link.of("eth0", Address.parse(address), 27));
        }
        try {
            hosts.put(name, SimulatedLinux.onLan(name, "root", SimulatedSession.PASSWORD, links, lan));
            return hosts.get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SimulatedLinux host(String name) {
        return hosts.get(name);
    }

    private String in(String host, String script) {
        return SimulatedSession.run(hosts.get(host), folder, script);
    }

    @Override
    public Redirector open() {
        Optional.ofNullable(access).ifPresent(LanAccess::close);
        access = new LanAccess(inventory, false);
        return access.redirector();
    }

    @Override
    public Service first() {
        return inventory.services().get("mail");
    }

    @Override
    public Service second() {
        return inventory.services().get("news");
    }

    @Override
    public List<String> holders(Service service) {
        return inventory.servers().keySet().stream().filter(h -> !shown(h, service).isBlank()).toList();
    }

    private String shown(String host, Service service) {
        return in(host, "ip -o addr show dev eth0 to " + service.address());
    }

    @Override
    public String exact(Service service) {
        return shown("host1", service) + shown("host2", service);
    }

    @Override
    public String asShown(String typed) {
        return typed.replaceAll("( del .*)/27 dev eth0$", "$1/LENGTH dev eth0, where it is found");
    }

    @Override
    public void takeAway(Service service) {
        inventory.servers().keySet().forEach(h -> in(h, "ip addr del " + service.address() + "/27 dev eth0"));
    }

    @Override
    public void cutOff() {
        for (SimulatedLinux machine : hosts.values()) {
            try {
                machine.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        access.close();
        cutOff();
    }
}
