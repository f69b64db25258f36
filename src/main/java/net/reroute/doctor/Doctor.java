package net.reroute.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.reroute.core.Address;
import net.reroute.core.FlowPlan;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.nft.Nft;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.cli.CliFacts;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/**
 * Examines every router and every server with a login, all at once. A machine that does not answer delays only its own
 * findings.
 */
public final class Doctor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Inventory inventory;

    public Doctor(Inventory inventory) {
        this.inventory = inventory;
    }

    /**
     * Examines all machines, and blocks until each has answered or timed out. If interrupted, it returns no findings.
     */
    public List<Finding> examine() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Finding>>> exams = new ArrayList<>();
            inventory.routers().values().stream().filter(r -> inventory.devices().containsKey(r.name())).forEach(
                    r -> exams.add(threads.submit(guarded(r.name(), Optional.of(r.login()), () -> router(r)))));
            inventory.servers().values()
                    .forEach(s -> exams.add(threads.submit(guarded(s.name(), s.login(), () -> server(s)))));
            inventory.services().values().forEach(s -> s.announced().ifPresent(
                    a -> exams.add(threads.submit(() -> SpeakerExam.findings(s, a, PATIENCE)))));
            inventory.switches().forEach((name, s) -> s.switched().ifPresent(
                    w -> exams.add(threads.submit(() -> SwitchExam.findings(name, w.spec())))));
            ZoneExam zones = new ZoneExam(inventory, PATIENCE);
            zones.zones().forEach(z -> exams.add(threads.submit(() -> zones.findings(z))));
            exams.add(threads.submit(() -> new LanExam(inventory).servers()));
            exams.add(threads.submit(() -> new LanExam(inventory).controller()));
            List<Finding> findings = new ArrayList<>();
            for (Future<List<Finding>> exam : exams) {
                findings.addAll(exam.get());
            }
            return findings;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private interface Exam {
        List<Finding> run() throws SshException, RouterException;
    }

    /** OpenSSH meets the same obstacle, and tells more of it. */
    private static String byHand(Login login) {
        return "try it by hand: ssh -v" + (login.port() == 22 ? "" : " -p " + login.port())
                + login.key().map(k -> " -i " + k).orElse("") + " -o UserKnownHostsFile=" + login.knownHosts() + " "
                + login.user() + "@" + login.host();
    }

    private static Callable<List<Finding>> guarded(String name, Optional<Login> login, Exam exam) {
        return () -> {
            try {
                return exam.run();
            } catch (SshException | RouterException e) {
                return List.of(Finding.bad(name, e.getMessage(), login.map(Doctor::byHand).orElse("")));
            }
        };
    }

    private List<Finding> router(RouterSpec router) throws SshException, RouterException {
        List<Service> services = inventory.services().values().stream()
                .filter(s -> s.routers().contains(router.name()) && !s.isList()).toList();
        Collection<Server> servers = inventory.servers().values().stream()
                .filter(s -> services.stream().anyMatch(v -> v.servers().contains(s.name()))).toList();
        if (router.cli().isPresent()) {
            CliFacts facts = CliFacts.of(router, services.stream().map(Service::prefix).toList(),
                    servers.stream().map(Server::nextHop).toList(), PATIENCE);
            List<Finding> findings = new ArrayList<>(new CliExam(router, facts).findings(servers));
            if (services.stream().anyMatch(Service::fallsBack)) {
                findings.add(Finding.note(router.name(),
                        "may keep ARP entries for hours (IOS: four): when a next hop is"
                                + " taken over, it has to heed the announcement",
                        "see that gratuitous ARP is not ignored there (IOS: 'show interfaces | include ARP Timeout',"
                                + " and no 'ip arp gratuitous none')"));
            }
            return findings;
        }
        try (Shell shell = Shell.open(router.login(), PATIENCE); Router session = Routers.open(router, PATIENCE)) {
            String ip = router.login().sudo() ? "sudo -n ip" : "ip";
            List<Address> hops = servers.stream().map(Server::nextHop).toList();
            HostFacts first = new HostFacts(shell.run(HostFacts.routerScript(ip, hops), PATIENCE).out());
            HostFacts facts = first.and(shell.run(first.interfaceScript(hops), PATIENCE).out());
            List<Finding> findings = new ArrayList<>(
                    new RouterExam(router, facts, services.stream().anyMatch(Service::fallsBack)).findings(servers,
                            session.routes(services.stream().map(Service::prefix).toList()).values(), Instant.now()));
            List<Service> spread = inventory.services().values().stream()
                    .filter(s -> s.balanced().isPresent() && s.routers().contains(router.name())).toList();
            if (!spread.isEmpty()) {
                findings.addAll(new VirtualServerExam(router, spread).findings(shell, PATIENCE));
            }
            findings.addAll(flows(router, shell));
            return findings;
        }
    }

    private List<Finding> flows(RouterSpec router, Shell shell) {
        FlowPlan plan = FlowPlan.of(router.name(), inventory);
        try {
            Optional<FlowExam> exam = FlowExam.of(router, plan, new Nft(shell, router.login().sudo()));
            return exam.isPresent() ? exam.get().findings() : List.of();
        } catch (RedirectException e) {
            return List
                    .of(Finding.bad(router.name(), "whether it keeps connections is not known: " + e.getMessage(), ""));
        }
    }

    private List<Finding> server(Server server) throws SshException {
        List<Address> services = inventory.services().values().stream()
                .filter(s -> s.checkedMembers().contains(server.name()) && !s.livesOnLan() && s.isHeld())
                .map(Service::address)
                .toList();
        if (services.isEmpty()) {
            return List.of(); // LanExam asks what takeovers need of it
        }
        if (server.login().isEmpty()) {
            return List.of(Finding.note(server.name(), "has no login, so nobody knows whether it holds its service"
                    + " addresses", "add user and key to it in the inventory"));
        }
        try (Shell shell = Shell.open(server.login().get(), PATIENCE)) {
            HostFacts facts = new HostFacts(shell.run(HostFacts.serverScript(services), PATIENCE).out());
            return new ServerExam(server.name(), facts).findings(services, Instant.now());
        }
    }
}
