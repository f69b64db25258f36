package net.reroute.router;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.IpBatch;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.core.RouterSpec;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Answer;
import net.reroute.ssh.SshException;

/** A Linux router: iproute2 through one {@code sh} kept open over SSH. */
final class LinuxRouter implements Router {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RouterSpec spec;
    private final Shell shell;
    private final IpScript script;
    private final Set<Address> own;

    private LinuxRouter(RouterSpec spec, Shell shell) throws RouterException {
        this.spec = spec;
        this.shell = shell;
        this.script = new IpScript(spec.login().sudo(), spec.table());
        this.own = ownAddresses();
    }

    static Router open(RouterSpec spec, Duration within) throws RouterException {
        try {
            return new LinuxRouter(spec, Shell.open(spec.login(), within));
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    /** Linux takes a next hop that is the router itself without a word; so we have to know. */
    private Set<Address> ownAddresses() throws RouterException {
        Answer answer = run(script.addresses(), 0);
        if (!answer.ok()) {
            shell.close();
            throw RouterException.refused("it refuses 'ip': " + answer.complaint()
                    + (spec.login().sudo() ? "; allow " + spec.login().user() + " to run ip with sudo -n" : ""));
        }
        return IpJson.addresses(answer.out());
    }

    @Override
    public Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        Answer answer = run(script.show(prefixes), prefixes.size());
        return readable(answer.out(), answer.err(), prefixes);
    }

    private static Map<Prefix, Route> readable(String out, String err, Collection<Prefix> prefixes)
            throws RouterException {
        if (out.contains(IpScript.UNREADABLE) && !err.contains("FIB table does not exist")) {
            throw RouterException.refused("it does not show its routes: "
                    + err.strip().lines().findFirst().orElse("no reason given"));
        }
        return IpJson.routes(out.replace(IpScript.UNREADABLE, ""), prefixes);
    }

    @Override
    public ReadBack apply(List<Change> changes) throws RouterException {
        Map<Prefix, String> complaints = new HashMap<>();
        List<Change> sent = changes.stream().filter(c -> !pointsAtRouter(c, complaints)).toList();
        if (sent.isEmpty()) {
            return new ReadBack(Map.of(), Map.of(), complaints, Typed.of(Map.of()));
        }
        List<Prefix> prefixes = sent.stream().map(c -> c.service().prefix()).toList();
        List<Address> addresses = sent.stream().map(c -> c.service().address()).toList();
        List<String> bare = sent.stream().map(c -> IpRoute.line(c, spec.table())).toList();
        Answer answer = run(script.apply(bare, prefixes, addresses), sent.size());
        String[] parts = answer.out().split(IpScript.NEXT, -1);
        if (parts.length != 3) {
            throw RouterException.refused("it gave an answer nobody understands: " + answer.complaint());
        }
        complaints(parts[0], sent, complaints);
        return new ReadBack(readable(parts[1], answer.err(), prefixes), IpJson.gateways(parts[2], addresses),
                complaints, Typed.of(lines(sent)));
    }

    private boolean pointsAtRouter(Change change, Map<Prefix, String> complaints) {
        Optional<Address> self = change.after().stream().filter(own::contains).findFirst();
        self.ifPresent(a -> complaints.put(change.service().prefix(),
                "the next hop " + a + " is one of the router's own addresses"));
        return self.isPresent();
    }

    @Override
    public Map<Prefix, List<String>> lines(List<Change> changes) {
        Map<Prefix, List<String>> lines = new HashMap<>();
        changes.forEach(c -> lines.put(c.service().prefix(), List.of("ip " + IpRoute.line(c, spec.table()))));
        return lines;
    }

    @Override
    public boolean unsaved() {
        return false;
    }

    /** What {@code ip} sets is gone at the next boot; what stands there then is up to the admin. */
    @Override
    public Optional<String> save() {
        return Optional.empty();
    }

    private static void complaints(String text, List<Change> sent, Map<Prefix, String> complaints) {
        Map<Integer, String> byLine = IpBatch.complaints(text);
        byLine.forEach((line, what) -> complaints.put(sent.get(line - 1).service().prefix(), what));
        if (byLine.isEmpty() && !text.isBlank()) {
            sent.forEach(c -> complaints.put(c.service().prefix(), text.strip()));
        }
    }

    /** A millisecond more for each prefix: a table is large, a link may be slow. */
    private Answer run(String text, int prefixes) throws RouterException {
        try {
            return shell.run(text, PATIENCE.plusMillis(prefixes));
        } catch (SshException e) {
            throw RouterException.of(e);
        }
    }

    @Override
    public Set<Address> addresses() {
        return own;
    }

    @Override
    public void ping() throws RouterException {
        run(":", 0);
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
