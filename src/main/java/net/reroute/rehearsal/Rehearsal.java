package net.reroute.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
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
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Durations;
import net.reroute.core.Endpoint;
import net.reroute.core.Frontend.Announced;
import net.reroute.core.Inventory;
import net.reroute.core.Reactions;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
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
    private final ClusterSpec cluster;
    /** Where each controller serves the page, by name; one alone has no name. */
    private final Map<String, Endpoint> pages = new LinkedHashMap<>();

    private Rehearsal(Inventory real, Path folder, PracticeNetwork ground, Narrator narrator) {
        this.real = real;
        this.folder = folder;
        this.ground = ground;
        this.narrator = narrator;
        this.cluster = PracticeControllers.practised(real.settings().cluster());
        List<String> names = cluster.isCluster() ? List.copyOf(cluster.members().keySet()) : List.of("");
        names.forEach(n -> pages.put(n, new Endpoint(Address.parse("127.0.0.1"), PracticeSwitches.freePort())));
    }

    /**
     * Builds the practice network, and starts its routers and servers.
     *
     * @param folder private; receives passwords and host keys
     */
    public static Rehearsal prepare(Inventory whole, Path folder, Narrator narrator) throws IOException {
        Inventory real = rehearsable(whole);
        LeftOut.of(whole, real).forEach(text -> narrator.plain("  " + text));
        Rehearsal rehearsal = new Rehearsal(real, folder, PracticeNetwork.build(real, narrator::typed), narrator);
        if (rehearsal.isMany()) {
            narrator.beBrief();
        }
        PracticeLogin.write(rehearsal.ground.logins(), folder);
        return rehearsal;
    }

    /**
     * The parts of an inventory that something stands in for, without playbooks and notifications.
     */
    public static Inventory rehearsable(Inventory of) {
        Map<String, Service> services = new LinkedHashMap<>(of.services());
        services.values().removeIf(s -> s.isList() && s.announced().map(Announced::bgp)
                .filter(PracticeSites::isRehearsable).isEmpty());
        Map<String, Service> names = new LinkedHashMap<>(of.names());
        names.values().removeIf(n -> !services.keySet().containsAll(n.servers()));
        return new Inventory(of.routers(), of.servers(), of.checks(), services, names,
                PracticeControllers.areSeveral(of.settings().cluster()) ? Map.of() : PracticeSwitches.rehearsable(of),
                of.settings(), Reactions.NONE);
    }

    /**
     * The inventory for a daemon of a rehearsal: logins lead to the simulated machines, a soak is short, and there is no
     * peer.
     *
     * @param controller whose it is; empty if there is one alone
     */
    public Inventory practised(Inventory whole, String controller) {
        Inventory of = rehearsable(whole);
        Map<String, RouterSpec> routers = new LinkedHashMap<>();
        of.routers().values().forEach(spec -> routers.put(spec.name(), practised(spec)));
        Map<String, Server> servers = new LinkedHashMap<>();
        of.servers().values().forEach(s -> servers.put(s.name(), ground.lan().practised(s, folder)));
        Map<String, CheckSpec> checks = new LinkedHashMap<>();
        of.checks().forEach((name, check) -> checks.put(name, TestPage.practised(check)));
        Map<String, Service> services = new LinkedHashMap<>();
        of.services().forEach((name, service) -> services.put(name, hurried(service)));
        Inventory.Settings own = new Inventory.Settings(of.settings().act(), of.settings().keepHistory(),
                of.settings().announce(), Optional.empty(), List.of(),
                of.settings().web().map(w -> page(w, pages.get(controller))), cluster); // no peer is asked
        return new Inventory(routers, servers, checks, services, ground.names().practised(of, LONGEST_SOAK),
                PracticeSwitches.practised(of, LONGEST_SOAK), own, Reactions.NONE);
    }

    /** The page is served at a free port, so that a daemon's on this machine is not in its way. */
    private static WebSpec page(WebSpec of, Endpoint at) {
        return new WebSpec(at, true, Optional.empty(), of.anyoneReads(), List.of(), Optional.empty());
    }

    /** The controllers that are played, in the order of the files; empty if there is one alone. */
    public List<Member> controllers() {
        return List.copyOf(cluster.members().values());
    }

    private RouterSpec practised(RouterSpec of) {
        return ground.routers().get(of.name()).practised(folder);
    }

    private Service hurried(Service s) {
        Service.Rules rules = s.rules().soakingAtMost(LONGEST_SOAK);
        Optional<Takeover> takeover = s.takeover().filter(t -> s.livesOnLan()).map(PracticeLan::practised);
        return s.announced().isPresent()
                ? new Service(s.name(), PracticeSites.practised(s.announced().get(), this::practised), s.servers(),
                        s.checks(), s.routers(), rules, takeover)
                : new Service(s.name(), s.prefix(), s.address(), s.servers(), s.checks(), s.routers(), rules, takeover);
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
                + more(real.switches().size(), "switch") + more(cluster.members().size(), "controller")
                + ", all of them simulated on this machine; nothing else is touched.");
        ground.routers().values().forEach(r -> narrator.plain("  " + r.spec().name() + " (" + r.spec().dialect()
                + ") stands in at 127.0.0.1:" + r.router().port()));
        ground.lan().logins().forEach(l -> narrator.plain("  " + l.name() + " on the LAN stands in at 127.0.0.1:"
                + l.port()));
        cluster.members().values().forEach(m -> narrator.plain("  " + m.name()
                + " is a real controller in this process, at 127.0.0.1:" + m.port()));
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
        doors().tell(narrator, command);
    }

    /** How to reach everything as one line of JSON, for programs; passwords included. */
    public String doors(Path home, Path state) throws IOException {
        return doors().json(home, state);
    }

    private Doors doors() {
        return new Doors(real, folder, ground, pages.values().iterator().next());
    }

    /** The name of the server that answers at a service's address now; "nobody" if no server does. */
    String answering(Service service) {
        String sites = service.announced().isEmpty()
                ? ""
                : " (announced by " + String.join(", ", ground.sites().announcing(service)) + ")";
        return ground.serving(service).map(s -> s.name() + (s.isAlive() ? "" : " (dead)") + sites).orElse("nobody");
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

    /** The services that a server may carry, also behind the speaker of a site. */
    List<Service> servicesWith(String server) {
        return real.services().values().stream().filter(s -> s.checkedMembers().contains(server)).toList();
    }

    @Override
    public void close() throws IOException {
        ground.close();
    }
}
