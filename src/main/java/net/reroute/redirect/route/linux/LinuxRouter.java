package net.reroute.redirect.route.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/**
 * A Linux router: iproute2 through one {@code sh} kept open over SSH. Only its monitoring may be started from another
 * thread.
 */
public final class LinuxRouter implements Router {

    /** An address in {@code ip -o addr show}, with or without a length and a peer. */
    private static final Pattern ADDRESS = Pattern.compile("(?m)^(?:\\d+: ([^\\s:@]+)\\S* )?.*? inet6? ([0-9a-f.:]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RouterSpec spec;
    private final Shell shell;
    private final IpScript script;
    private IpProgram program;
    private final IpReader reader;
    private final Set<Address> own;
    private final Map<Long, Address> numbered = new HashMap<>();

    private LinuxRouter(RouterSpec spec, Shell shell) throws RouterException {
        this.spec = spec;
        this.shell = shell;
        this.script = new IpScript(spec.login().sudo(), spec.table());
        Output answer = run(script.examine(), PATIENCE);
        List<String> parts = List.of(answer.out().split(IpScript.NEXT, -1));
        if (parts.size() != 5 || parts.getFirst().contains(IpScript.UNREADABLE)) {
            shell.close();
            throw RouterException.refused(refusal(answer));
        }
        this.own = addresses(parts.getFirst());
        this.program = examined(IpProgram.of(parts));
        this.reader = new IpReader(this::run, script, program);
    }

    /**
     * Logs in within {@code within}, then examines the router.
     *
     * @param fence that every change has to pass
     */
    public static Router open(RouterSpec spec, Duration within, Fence fence) throws RouterException {
        try {
            return new LinuxRouter(spec, Shell.open(spec.login(), within).fencedBy(fence));
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    private String refusal(Output answer) {
        if ((answer.out() + answer.err()).contains("BusyBox")) {
            return "its ip is busybox's and cannot show addresses: " + IpProgram.REMEDY;
        }
        if (answer.err().contains("not found")) {
            return "it has no ip, or not for " + spec.login().user() + ": " + IpProgram.REMEDY;
        }
        return "it refuses 'ip': " + answer.complaint()
                + (spec.login().sudo() ? "; allow " + spec.login().user() + " to run ip with sudo -n" : "");
    }

    /** Looks for routing daemons if owners are not shown, since a daemon would restore its routes. */
    private IpProgram examined(IpProgram found) throws RouterException {
        return found.shows()
                ? found
                : found.beside(run(IpScript.daemons(), PATIENCE).out().lines().filter(l -> !l.isBlank()).findFirst());
    }

    /** The router's own addresses. Linux accepts one as a next hop without an error, so they must be known. */
    private static Set<Address> addresses(String text) {
        Set<Address> addresses = new HashSet<>();
        Matcher matcher = ADDRESS.matcher(text);
        while (matcher.find()) {
            Address own = Address.parse(matcher.group(2));
            addresses.add(own);
            addresses.add(own.on(Optional.ofNullable(matcher.group(1)).orElse(""))); // link-local ones have a zone
        }
        return addresses;
    }

    @Override
    public Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        return prefixes.isEmpty() ? Map.of() : reader.routes(prefixes);
    }

    @Override
    public ReadBack apply(List<Change> changes) throws RouterException {
        Map<Prefix, String> complaints = new HashMap<>();
        List<Change> sent = changes.stream().filter(c -> !cannotBe(c, complaints)).toList();
        if (sent.isEmpty()) {
            return new ReadBack(Map.of(), Map.of(), complaints, Typed.of(Map.of()));
        }
        List<Service> services = sent.stream().map(Change::service).toList();
        List<Prefix> prefixes = services.stream().map(Service::prefix).toList();
        ChangeLines typed = typed(sent);
        IpReader.Way way = reader.way(prefixes);
        Output answer = change(
                script.change(program, typed.all()) + reader.script(prefixes, way) + "echo " + IpScript.NEXT
                        + "\n" + reader.lookups(services),
                IpReader.patience(prefixes, way));
        String[] parts = answer.out().split(IpScript.NEXT, -1);
        if (parts.length != 3) {
            throw RouterException.refused("its answer is not understood: " + answer.complaint());
        }
        if (program.groups() && typed.isGroupRefused(parts[0])) {
            program = program.withoutGroups(); // its kernel may be older than its ip; routes come before groups
            return apply(changes);
        }
        complaints.putAll(typed.complaints(parts[0]));
        Map<Prefix, Route> routes = new HashMap<>();
        reader.understood(parts[1], answer.err(), prefixes, way)
                .forEach((p, text) -> routes.put(p, text.route(program)));
        return new ReadBack(routes, reader.gateways(parts[2], answer.err(), services), complaints,
                Typed.of(typed.byPrefix()));
    }

    /** Groups have to name the interfaces to their next hops. */
    private ChangeLines typed(List<Change> changes) throws RouterException {
        List<Address> hops = changes.stream().filter(c -> program.groups() && ChangeLines.mayHaveGroup(c))
                .flatMap(c -> c.after().stream()).distinct().toList();
        return new ChangeLines(changes, spec.table(),
                hops.isEmpty() || !areOwn(hops)
                        ? Map.of()
                        : ChangeLines.devices(hops, run(script.lookups(program, hops), PATIENCE).out()));
    }

    /** False if another next hop has the number of one of these. */
    private boolean areOwn(List<Address> hops) {
        return hops.stream().allMatch(h -> h.equals(numbered.computeIfAbsent(NexthopGroup.number(h), n -> h)));
    }

    private boolean cannotBe(Change change, Map<Prefix, String> complaints) {
        Optional<String> why = program.refusesHops(change.after().size());
        why.ifPresent(text -> complaints.put(change.service().prefix(), text));
        return why.isPresent() || pointsAtRouter(change, complaints);
    }

    private boolean pointsAtRouter(Change change, Map<Prefix, String> complaints) {
        Optional<Address> self = change.after().stream().filter(own::contains).findFirst();
        self.ifPresent(a -> complaints.put(change.service().prefix(),
                "the next hop " + a + " is one of the router's own addresses"));
        return self.isPresent();
    }

    @Override
    public Map<Prefix, List<String>> lines(List<Change> changes) throws RouterException {
        return typed(changes).byPrefix();
    }

    /**
     * Nothing to save: routes of {@code ip} are lost at the next boot, and the admin decides what that boot sets up.
     */
    @Override
    public Abilities abilities() {
        return new Abilities(Optional.empty(), Optional.of(this::watch));
    }

    private Output change(String text, Duration within) throws RouterException {
        try {
            return shell.change(text, within);
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    private Output run(String text, Duration within) throws RouterException {
        try {
            return shell.run(text, within);
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    @Override
    public Set<Address> addresses() {
        return own;
    }

    private Traits.Watch watch(Collection<Prefix> prefixes, Consumer<String> told) throws RedirectException {
        if (program.small()) {
            throw new RedirectException(true, "busybox's ip has no monitor: " + IpProgram.REMEDY, null);
        }
        try {
            return CommandMonitor.start(shell.beside("LC_ALL=C exec sh", PATIENCE), IpScript.MONITOR,
                    IpScript.MATTERS, IpScript.names(prefixes), told);
        } catch (SshException e) {
            throw new RedirectException(shell.isOpen(), "its sshd gives no second session (MaxSessions): "
                    + e.getMessage(), e);
        } catch (IOException e) {
            throw new RedirectException(false, "the monitor broke: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean ping() throws RouterException {
        run(":", PATIENCE);
        return false;
    }

    @Override
    public Optional<Shell> shell() {
        return Optional.of(shell);
    }

    @Override
    public boolean isOpen() {
        return shell.isOpen();
    }

    @Override
    public void close() {
        shell.close();
    }
}
