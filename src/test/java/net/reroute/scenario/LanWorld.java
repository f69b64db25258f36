package net.reroute.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.LanAccess;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Given;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Prefix;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
import net.reroute.lab.Shellout;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorContract;

/** Two servers on one LAN, and two service addresses that live there. */
final class LanWorld implements RedirectorContract.World {

    private final Map<String, LabSpace> hosts = new LinkedHashMap<>();
    private final Inventory inventory;
    private LanAccess access;

    LanWorld() {
        hosts.put("host1", new LabSpace());
        hosts.put("host2", new LabSpace());
        List<LabSpace> both = List.copyOf(hosts.values());
        Shellout.run("ip", "link", "add", "eth0", "netns", both.getFirst().name, "type", "veth", "peer", "name", "eth0",
                "netns", both.getLast().name);
        for (int i = 0; i < both.size(); i++) {
            both.get(i).in("ip addr add 192.168.1." + (i + 2) + "/27 dev eth0; ip link set eth0 up");
            both.get(i).sshd();
        }
        both.getFirst().in("ip addr add 192.168.1.20/27 dev eth0; ip addr add 192.168.1.21/27 dev eth0");
        Map<String, Login> logins = new LinkedHashMap<>();
        hosts.forEach((name, space) -> logins.put(name, new Login("127.0.0.1", space.port, "root",
                Optional.of(space.key()), false, Optional.empty(), space.knownHosts(), Optional.empty(), false,
                false)));
        inventory = inventory(logins);
    }

    /** An inventory with these servers, and both services. */
    static Inventory inventory(Map<String, Login> logins) {
        Inventory given = Given.one().inventory();
        Map<String, Server> servers = new LinkedHashMap<>();
        logins.forEach((name, login) -> {
            Address address = given.servers().get(name).address();
            servers.put(name, new Server(name, address, address, Optional.of(login)));
        });
        Map<String, CheckSpec> checks = given.checks();
        Map<String, Service> services = new LinkedHashMap<>();
        for (String name : List.of("mail", "news")) {
            services.put(name, service(name, name.equals("mail") ? "192.168.1.20" : "192.168.1.21"));
        }
        return new Inventory(Map.of(), servers, checks, services, given.settings(), given.response());
    }

    private static Service service(String name, String address) {
        Takeover takeover = new Takeover(Takeover.Use.REDIRECT, Map.of("host1", "eth0", "host2", "eth0"),
                Takeover.Announce.SERVER, Duration.ofSeconds(10),
                new Takeover.Fence(Takeover.Means.ALIAS, Duration.ofSeconds(10)),
                new Takeover.Commands(List.of(), List.of()));
        return new Service(name, Prefix.parse(address + "/32"), Address.parse(address), List.of("host1", "host2"),
                List.of("web"), List.of(Takeover.LAN), Given.rules(), Optional.of(takeover));
    }

    @Override
    public Redirector open() {
        access = new LanAccess(inventory, true);
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
        return hosts.keySet().stream().filter(h -> !shown(h, service).isBlank()).toList();
    }

    private String shown(String host, Service service) {
        return hosts.get(host).in("ip -o addr show dev eth0 to " + service.address());
    }

    @Override
    public String exact(Service service) {
        return shown("host1", service).replaceAll("^\\d+: ", "") + shown("host2", service).replaceAll("^\\d+: ", "");
    }

    @Override
    public String asShown(String typed) {
        return typed.replaceAll("( del .*)/27 dev eth0$", "$1/LENGTH dev eth0, where it is found");
    }

    @Override
    public void takeAway(Service service) {
        hosts.values().forEach(s -> s.in("ip addr del " + service.address() + "/27 dev eth0 2>/dev/null || true"));
    }

    @Override
    public void cutOff() {
        hosts.values().forEach(LabSpace::close);
    }

    @Override
    public void close() {
        access.close();
        hosts.values().forEach(LabSpace::close);
    }
}
