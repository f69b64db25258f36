package net.reroute.redirect.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.Outcome;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Shift.Restore;
import net.reroute.redirect.Applied;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Traits;
import net.reroute.redirect.balance.NftScript.There;
import net.reroute.ssh.Shell;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/**
 * Spreads connections to virtual servers over their servers, on one Linux router. Connections that exist keep their
 * server, since the kernel remembers it. Everything is in a table of its own; nothing else is touched.
 */
public final class BalanceRedirector implements Redirector {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String NO_TABLE = "No such file or directory";

    /** The servers that were in before a change. */
    private record Before(List<String> servers) implements Restore {}

    private final Shell shell;
    private final String nft;
    private final Function<String, Optional<Address>> addresses;
    private final Map<String, There> there = new HashMap<>();

    /**
     * @param shell on the router; whoever opened it closes it
     * @param sudo true: run nft through {@code sudo -n}
     * @param addresses the next hop of a server
     */
    public BalanceRedirector(Shell shell, boolean sudo, Function<String, Optional<Address>> addresses) {
        this.shell = shell;
        this.nft = "timeout 3 " + (sudo ? "sudo -n nft" : "nft"); // a hang would cost the routes their session
        this.addresses = addresses;
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        NftTable table = table();
        Map<String, Seen> seen = new LinkedHashMap<>();
        services.forEach(s -> {
            there.put(s.name(), new There(table.hasChain(s), table.hasMap(s)));
            seen.put(s.name(), seen(s, table));
        });
        return seen;
    }

    private NftTable table() throws RedirectException {
        Output answer = run(nft + " -j list table " + NftScript.TABLE + "\n");
        if (answer.status() != 0 && answer.err().contains(NO_TABLE)) {
            return NftTable.read("{}");
        }
        if (answer.status() != 0) {
            throw new RedirectException(true, refusal(answer), null);
        }
        try {
            return NftTable.read(answer.out());
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, e.getMessage(), e);
        }
    }

    private String refusal(Output answer) {
        return answer.err().contains("not found")
                ? "it has no nft; install nftables there (1.0 or later)"
                : "it refuses '" + nft + "': " + answer.complaint();
    }

    private Seen seen(Service service, NftTable table) {
        Optional<String> rival = table.rival(service);
        if (rival.isPresent()) {
            return new Seen.Owned(List.of(), List.of(rival.get()), "spreads the same address and port in another chain;"
                    + " remove that: nft delete chain " + NftScript.TABLE + " " + rival.get());
        }
        Optional<List<String>> slots = table.slots(service);
        if (slots.isEmpty()) {
            return new Seen.Nobody();
        }
        List<String> shown = List.copyOf(new TreeSet<>(slots.get()));
        Map<String, String> servers = new HashMap<>();
        service.servers().forEach(s -> addresses.apply(s).ifPresent(a -> servers.put(a.toString(), s)));
        if (!servers.keySet().containsAll(shown)) {
            return new Seen.Foreign(shown, "addresses that are none of its servers (" + String.join(", ", shown) + ")",
                    true, true);
        }
        List<String> in = service.servers().stream().filter(s -> shown.stream().map(servers::get).anyMatch(s::equals))
                .toList();
        List<String> wanted = Slots.of(service, in).stream().map(s -> addresses.apply(s).orElseThrow().toString())
                .toList();
        return slots.get().equals(wanted) && table.isAsWritten(service)
                ? new Seen.At(in, shown, true)
                : new Seen.Foreign(shown, "a rule or a map that is not as reroute writes it", true, true);
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        shifts.forEach(s -> lines.put(s.service().name(), lines(s).stream().map(l -> "nft " + l).toList()));
        return lines;
    }

    private List<String> lines(Shift shift) {
        Service service = shift.service();
        There exists = there.getOrDefault(service.name(), There.NOTHING);
        List<String> to = shift.restore().map(r -> ((Before) r).servers()).orElse(shift.to());
        if (to.isEmpty()) {
            return NftScript.gone(service, exists);
        }
        Map<String, Address> known = new HashMap<>();
        service.servers().forEach(s -> addresses.apply(s).ifPresent(a -> known.put(s, a)));
        return NftScript.lines(service, to, known, exists);
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        Map<String, List<String>> typed = new HashMap<>(preview(shifts));
        Output answer = type(shifts);
        if (!answer.ok() && shifts.size() > 1) {
            for (Shift alone : shifts) { // one that is refused must not hold up the others
                type(List.of(alone));
            }
        }
        Map<String, Seen> now = look(shifts.stream().map(Shift::service).toList());
        Map<String, Done> done = new LinkedHashMap<>();
        shifts.forEach(s -> done.put(s.service().name(),
                done(s, now.get(s.service().name()), answer, typed.get(s.service().name()))));
        return new Applied(done);
    }

    private Output type(List<Shift> shifts) throws RedirectException {
        List<String> all = new ArrayList<>();
        shifts.forEach(s -> all.addAll(lines(s)));
        return all.isEmpty() ? new Output(0, "", "") : run(NftScript.apply(nft, all));
    }

    private static Done done(Shift shift, Seen now, Output answer, List<String> typed) {
        List<String> wanted = shift.restore().map(r -> ((Before) r).servers()).orElse(shift.to());
        Optional<Restore> restore = Optional.of(new Before(shift.before().servers()));
        boolean same = Set.copyOf(now.servers()).equals(Set.copyOf(wanted)) && !(now instanceof Seen.Foreign);
        if (same) {
            return new Done(Outcome.Kind.MOVED, "read back; connections that exist stay where they are", typed, now,
                    restore);
        }
        return answer.ok()
                ? new Done(Outcome.Kind.FAILED, "it took the lines and did not do what they say", typed, now, restore)
                : new Done(Outcome.Kind.REFUSED, "refused: " + answer.complaint(), List.of(), now, restore);
    }

    private Output run(String script) throws RedirectException {
        try {
            return shell.run("LC_ALL=C; export LC_ALL; " + script, PATIENCE);
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    @Override
    public Traits traits() {
        return new Traits(true, Duration.ZERO, Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The session is another's. */
    @Override
    public void close() {}
}
