package net.reroute.redirect.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Durations;
import net.reroute.core.Frontend.Balanced;
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
import net.reroute.redirect.nft.MarkedRoutes;
import net.reroute.redirect.nft.MarkedRoutes.Lead;
import net.reroute.redirect.nft.Nft;
import net.reroute.redirect.nft.Nft.Typed;
import net.reroute.ssh.Shell;

/**
 * Spreads connections to virtual servers over their servers, on one Linux router. Connections that exist keep their
 * server, since the kernel remembers it. Everything is in a table of its own; nothing else is touched.
 */
public final class BalanceRedirector implements Redirector {

    /** The servers that were in before a change. */
    private record Before(List<String> servers) implements Restore {}

    /** Before the main table (32766), and after that of local addresses (0). */
    private static final int PREFERENCE = 7200;

    private final Nft router;
    private final Function<String, Optional<Address>> addresses;
    private final Predicate<String> known;
    private NftTable table = NftTable.read("{}");
    private MarkedRoutes routes = MarkedRoutes.NONE;

    /**
     * @param shell on the router; whoever opened it closes it
     * @param sudo true: run nft and ip through {@code sudo -n}
     * @param addresses the next hop of a server
     * @param known true for the name of a service of the inventory
     */
    public BalanceRedirector(Shell shell, boolean sudo, Function<String, Optional<Address>> addresses,
            Predicate<String> known) {
        this.known = known;
        this.router = new Nft(shell, sudo);
        this.addresses = addresses;
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        table = table();
        List<Lead> leads = services.stream().filter(BalanceRedirector::isDirect).flatMap(s -> leads(s).stream())
                .toList();
        routes = leads.isEmpty()
                ? MarkedRoutes.NONE
                : MarkedRoutes.look(router, leads.stream().map(Lead::table).toList());
        Map<String, Seen> seen = new LinkedHashMap<>();
        services.forEach(s -> seen.put(s.name(), seen(s)));
        return seen;
    }

    private NftTable table() throws RedirectException {
        try {
            return NftTable.read(router.table(NftScript.TABLE).orElse("{}"));
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, e.getMessage(), e);
        }
    }

    /** Mark and table of a next hop have the same number. */
    private List<Lead> leads(Service service) {
        return values(service).hops().values().stream().map(h -> new Lead(h, PREFERENCE, Balanced.mark(h))).toList();
    }

    private static boolean isDirect(Service service) {
        return service.balanced().orElseThrow().direct();
    }

    private MapValues values(Service service) {
        return MapValues.of(service, addresses);
    }

    private Seen seen(Service service) {
        Optional<String> rival = table.rival(service);
        if (rival.isPresent()) {
            return new Seen.Owned(List.of(), List.of(rival.get()), "has the same address and port for " + rival.get()
                    + ", which the inventory does not have any more; remove that: "
                    + NftScript.gone(rival.get(), table.existing()).stream().map(l -> "nft " + l)
                            .collect(Collectors.joining("; ")));
        }
        Optional<List<String>> slots = table.slots(service);
        if (slots.isEmpty()) {
            return new Seen.Nobody();
        }
        MapValues values = values(service);
        List<String> strangers = slots.get().stream().filter(v -> values.server(v).isEmpty()).distinct().toList();
        if (!strangers.isEmpty()) {
            return new Seen.Foreign(strangers, "slots that are of none of its servers (" + String.join(", ", strangers)
                    + ")", true, true);
        }
        List<String> in = service.servers().stream().filter(s -> values.hops().containsKey(s))
                .filter(s -> slots.get().contains(values.value(s))).toList();
        List<String> shown = in.stream().map(s -> values.hops().get(s).toString()).sorted().toList();
        boolean asWritten = slots.get().equals(values.values(Slots.of(service, in))) && table.isAsWritten(service);
        if (!asWritten) {
            return new Seen.Foreign(shown, "a rule or a map that is not as reroute writes it", true, true);
        }
        return missing(service).isEmpty()
                ? new Seen.At(in, shown, true, leftovers(), Optional.empty())
                : new Seen.Foreign(shown, "no routes for marked packets", true, true);
    }

    /** Services that have left the inventory: nobody checks their servers any more. */
    private String leftovers() {
        List<String> left = table.services().stream().filter(s -> !known.test(s)).toList();
        return left.isEmpty()
                ? ""
                : "still spreads " + String.join(", ", left) + " for the inventory of before: " + left.stream()
                        .flatMap(s -> NftScript.gone(s, table.existing()).stream()).map(l -> "nft " + l)
                        .collect(Collectors.joining("; "));
    }

    private List<String> missing(Service service) {
        return isDirect(service) ? routes.missing(leads(service)) : List.of();
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        shifts.forEach(s -> lines.put(s.service().name(), Stream.concat(missing(s.service()).stream(),
                lines(s).stream().map(l -> "nft " + l)).toList()));
        return lines;
    }

    private static List<String> wanted(Shift shift) {
        return shift.restore().map(r -> ((Before) r).servers()).orElse(shift.to());
    }

    private List<String> lines(Shift shift) {
        Service service = shift.service();
        NftScript script = new NftScript(service, values(service));
        return wanted(shift).isEmpty()
                ? script.gone(table.existing())
                : script.lines(wanted(shift), table.existing(), leaving(service));
    }

    /** What is in now may go on for as long as the inventory says, what has left before for the rest of that. */
    private Map<String, Long> leaving(Service service) {
        Map<String, Long> all = new LinkedHashMap<>();
        service.balanced().orElseThrow().patience().ifPresent(p -> table.slots(service)
                .ifPresent(slots -> slots.forEach(v -> all.put(v, p.toSeconds()))));
        table.leaving(service).forEach(all::putIfAbsent);
        return all;
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        Map<String, List<String>> typed = new HashMap<>(preview(shifts));
        Map<String, Typed> answers = new HashMap<>();
        Typed all = type(shifts);
        shifts.forEach(s -> answers.put(s.service().name(), all));
        if (!all.ok() && shifts.size() > 1) {
            for (Shift alone : shifts) { // one that is refused must not hold up the others
                answers.put(alone.service().name(), type(List.of(alone)));
            }
        }
        Map<String, Seen> now = look(shifts.stream().map(Shift::service).toList());
        Map<String, Done> done = new LinkedHashMap<>();
        for (Shift shift : shifts) {
            String name = shift.service().name();
            done.put(name, done(shift, now.get(name), answers.get(name), typed.get(name)));
        }
        return new Applied(done);
    }

    /** Routes for marked packets come first: a mark without one would lead by the main table. */
    private Typed type(List<Shift> shifts) throws RedirectException {
        Set<String> before = new LinkedHashSet<>();
        List<String> all = new ArrayList<>();
        shifts.forEach(s -> {
            before.addAll(missing(s.service()));
            all.addAll(lines(s));
        });
        return router.type(before, NftScript.TABLE, all);
    }

    private static Done done(Shift shift, Seen now, Typed answer, List<String> typed) {
        Optional<Restore> restore = Optional.of(new Before(shift.before().servers()));
        boolean same = Set.copyOf(now.servers()).equals(Set.copyOf(wanted(shift))) && !(now instanceof Seen.Foreign);
        if (same) {
            return new Done(Outcome.Kind.MOVED, "read back; connections that exist "
                    + shift.service().balanced().orElseThrow().patience().map(p -> "may go on for " + Durations.text(p))
                            .orElse("stay where they are"),
                    typed, now, restore);
        }
        return answer.ok()
                ? new Done(Outcome.Kind.FAILED, "it took the lines and did not do what they say", typed, now, restore)
                : new Done(Outcome.Kind.REFUSED, "refused: " + answer.complaint(), List.of(), now, restore);
    }

    @Override
    public Traits traits() {
        return new Traits(true, Duration.ZERO, Set.of(), Optional.empty(), Optional.empty(),
                Optional.of((prefixes, told) -> router.watch(NftScript.TABLE, told)));
    }

    /** The session is another's. */
    @Override
    public void close() {}
}
