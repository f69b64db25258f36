package net.reroute.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.check.CheckConnector;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Durations;
import net.reroute.core.Endpoint;
import net.reroute.core.Inventory;
import net.reroute.core.Reactions;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.WebSpec;

/** An inventory on a practice network: the same names, prefixes and next hops, with simulated routers and servers. */
public final class Rehearsal implements AutoCloseable {

    /** No rehearsal should wait longer for a soak. */
    private static final Duration LONGEST_SOAK = Duration.ofSeconds(3);
    /** Of more services only what is not ordinary is told. */
    private static final int MANY = 50;

    private final Inventory real;
    private final Path folder;
    private final PracticeNetwork ground;
    private final Narrator narrator;
    private final Endpoint page = new Endpoint(Address.parse("127.0.0.1"), PracticeSwitches.freePort());

    private Rehearsal(Inventory real, Path folder, PracticeNetwork ground, Narrator narrator) {
        this.real = real;
        this.folder = folder;
        this.ground = ground;
        this.narrator = narrator;
    }

    /**
     * Builds the practice network, and starts its routers and servers.
     *
     * @param folder private; receives passwords and host keys
     */
    public static Rehearsal prepare(Inventory whole, Path folder, Narrator narrator) throws IOException {
        Inventory real = rehearsable(whole);
        whole.services().values().stream().filter(Service::livesOnLan).forEach(s -> narrator.plain("  " + s.name()
                + " moves by ARP between the servers themselves; that is not rehearsed"));
        whole.redirected().stream().filter(s -> s.isList() && s.dnsName().isEmpty())
                .filter(s -> !real.switches().containsKey(s.name())).forEach(s -> narrator.plain("  " + s.name() + " ("
                        + s.frontend().text() + ") is not rehearsed: " + (s.switched().isPresent()
                                ? "it has backends that are on no server of the inventory"
                                : "only routes, names and switches are")));
        Rehearsal rehearsal = new Rehearsal(real, folder, PracticeNetwork.build(real, narrator::typed), narrator);
        if (rehearsal.isMany()) {
            narrator.beBrief();
        }
        String hosts = "";
        for (SimulatedDevice router : rehearsal.ground.routers().values()) {
            write(folder.resolve(router.spec().name() + ".password"), router.password());
            write(folder.resolve(router.spec().name() + ".enable"), router.enable());
            hosts += router.router().hostKeyLine() + "\n";
        }
        write(folder.resolve("known_hosts"), hosts);
        return rehearsal;
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /**
     * The routes, names and switches of an inventory, without playbooks and notifications.
     */
    public static Inventory rehearsable(Inventory of) {
        Map<String, Service> services = new LinkedHashMap<>(of.services());
        services.values().removeIf(s -> s.livesOnLan() || s.isList());
        Map<String, Service> names = new LinkedHashMap<>(of.names());
        names.values().removeIf(n -> !services.keySet().containsAll(n.servers()));
        return new Inventory(of.routers(), of.servers(), of.checks(), services, names,
                PracticeSwitches.rehearsable(of), of.settings(), Reactions.NONE);
    }

    /**
     * The inventory for the daemon of a rehearsal: logins lead to the simulated routers, servers have no login, a soak
     * is short, and there is no peer.
     */
    public Inventory practised(Inventory whole) {
        Inventory of = rehearsable(whole);
        Map<String, RouterSpec> routers = new LinkedHashMap<>();
        of.routers().keySet().forEach(name -> routers.put(name, ground.routers().get(name).practised(folder)));
        Map<String, Server> servers = new LinkedHashMap<>();
        of.servers()
                .forEach((name, s) -> servers.put(name, new Server(name, s.address(), s.nextHop(), Optional.empty())));
        Map<String, CheckSpec> checks = new LinkedHashMap<>();
        of.checks().forEach((name, check) -> checks.put(name, TestPage.practised(check)));
        Map<String, Service> services = new LinkedHashMap<>();
        of.services().forEach((name, service) -> services.put(name, hurried(service)));
        Inventory.Settings own = new Inventory.Settings(of.settings().act(), of.settings().keepHistory(),
                of.settings().announce(), Optional.empty(), List.of(), of.settings().web().map(this::page)); // no peer is asked
        return new Inventory(routers, servers, checks, services, ground.names().practised(of, LONGEST_SOAK),
                PracticeSwitches.practised(of, LONGEST_SOAK), own, Reactions.NONE);
    }

    /** The page is served at a free port, so that a daemon's on this machine is not in its way. */
    private WebSpec page(WebSpec of) {
        return new WebSpec(page, true, Optional.empty(), of.anyoneReads(), List.of(), Optional.empty());
    }

    private static Service hurried(Service s) {
        return new Service(s.name(), s.prefix(), s.address(), s.servers(), s.checks(), s.routers(),
                s.rules().soakingAtMost(LONGEST_SOAK), Optional.empty());
    }

    /** Connects checks to the simulated servers. */
    public CheckConnector ways() {
        return ground;
    }

    PracticeNetwork ground() {
        return ground;
    }

    Narrator narrator() {
        return narrator;
    }

    /** Prints what is simulated, and what differs from the real network. */
    public void introduce() {
        narrator.plain("A rehearsal: " + count(real.routers().size(), "router") + ", " + count(real.servers().size(),
                "server") + ", " + count(real.services().size(), "service") + more(real.names().size(), "name")
                + more(real.switches().size(), "switch")
                + ", all of them simulated on this machine; nothing else is touched.");
        ground.routers().values().forEach(r -> narrator.plain("  " + r.spec().name() + " (" + r.spec().dialect()
                + ") stands in at 127.0.0.1:" + r.router().port()));
        real.checks().values()
                .forEach(c -> TestPage.leftOut(c).ifPresent(t -> narrator.plain("  " + c.name() + ": " + t)));
        boolean hurried = real.services().values().stream().anyMatch(s -> s.rules().soak().compareTo(LONGEST_SOAK) > 0);
        if (hurried) {
            narrator.plain("  a soak is " + Durations.text(LONGEST_SOAK) + " at most here, so that nobody has to wait");
        }
        if (!real.settings().act()) {
            narrator.plain("  the inventory says 'mode: observe': lines are told, and none is typed");
        }
    }

    private static String more(int n, String what) {
        return n == 0 ? "" : ", " + count(n, what);
    }

    private static String count(int n, String what) {
        String ending = what.endsWith("ch") ? "es" : "s";
        return n + " " + what + (n == 1 ? "" : ending);
    }

    /** Prints how to go on by hand. */
    public void tellDoors(String command) {
        String service = real.services().keySet().iterator().next();
        narrator.raw("");
        if (real.settings().web().isPresent()) {
            narrator.raw("The page: http://" + page + "/");
        }
        narrator.raw("From another terminal, all commands, for instance:");
        narrator.raw("    " + command + " status");
        narrator.raw("    " + command + " " + service + " to " + real.services().get(service).servers().getLast());
        for (SimulatedDevice r : ground.routers().values()) {
            narrator.raw("Log in to " + r.spec().name() + ":");
            narrator.raw("    ssh -p " + r.router().port() + " -o UserKnownHostsFile="
                    + folder.resolve("known_hosts") + " " + r.spec().login().user() + "@127.0.0.1");
            narrator.raw(
                    "    password " + r.password() + (r.enable().isEmpty() ? "" : ", enable password " + r.enable()));
        }
        narrator.raw("Here: kill SERVER, recover SERVER, drop ROUTER; Ctrl-C ends it.");
    }

    /** How to reach everything as one line of JSON, for programs; passwords included. */
    public String doors(Path home, Path state) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode top = json.createObjectNode();
        top.put("home", home.toString()).put("state", state.toString());
        top.put("known_hosts", folder.resolve("known_hosts").toString());
        if (real.settings().web().isPresent()) {
            top.put("page", "http://" + page + "/");
        }
        ObjectNode routers = top.putObject("routers");
        ground.routers().forEach((name, r) -> {
            String[] key = r.router().hostKeyLine().split(" ");
            routers.putObject(name).put("dialect", r.spec().dialect()).put("address", "127.0.0.1")
                    .put("port", r.router().port()).put("user", r.spec().login().user()).put("password", r.password())
                    .put("enable", r.enable()).put("host_key", key[1] + " " + key[2]);
        });
        return json.writeValueAsString(top);
    }

    /** The name of the server that answers at a service's address now; "nobody" if no server does. */
    String answering(Service service) {
        return ground.serving(service).map(s -> s.name() + (isAlive(s.name()) ? "" : " (dead)")).orElse("nobody");
    }

    private boolean isAlive(String server) {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(ground.servers().get(server).address(), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Prints one line with the answering server of every service. */
    void tellWhoAnswers() {
        Stream<Service> odd = real.services().values().stream()
                .filter(s -> !isMany() || !answering(s).equals(s.home()));
        List<Service> told = odd.limit(MANY).toList();
        String rest = (told.isEmpty() ? "all " : "; all others of ") + real.services().size()
                + " services from their homes";
        String others = isMany() ? rest : "";
        narrator.tell("answers", told.stream().map(s -> s.address() + " " + answering(s))
                .collect(Collectors.joining(", ")) + others);
    }

    private boolean isMany() {
        return real.services().size() > MANY;
    }

    List<Service> servicesWith(String server) {
        return real.services().values().stream().filter(s -> s.servers().contains(server)).toList();
    }

    @Override
    public void close() throws IOException {
        ground.close();
    }
}
