package net.reroute.redirect.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Durations;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Outcome;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Shift.Restore;
import net.reroute.core.Zone;
import net.reroute.redirect.Applied;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Traits;
import net.reroute.ssh.Fence;

/**
 * Redirects by the address records of names in one zone. A record is ours if its address is one of the name's services;
 * all others stay. Clients follow when their caches expire.
 */
public final class DnsRedirector implements Redirector, Traits.Session {

    /** The records before a change. */
    private record Before(AddressRecords records) implements Restore {}

    private final ZoneAccess zone;
    private final Function<String, Set<Address>> once;
    private final InstantSource clock;
    private final Map<String, AddressRecords> seen = new HashMap<>();
    private Duration effect = Duration.ZERO;

    private DnsRedirector(ZoneAccess zone, Function<String, Set<Address>> once, InstantSource clock) {
        this.zone = zone;
        this.once = once;
        this.clock = clock;
    }

    /**
     * Opens a zone.
     *
     * @param within deadline of each exchange with a name server
     * @param once the addresses that reroute last saw listed as its own, by name: they may have left the inventory
     * @param fence that each change has to pass
     */
    public static DnsRedirector open(RouterSpec spec, Duration within, Function<String, Set<Address>> once,
            InstantSource clock, Fence fence) throws RedirectException {
        Zone zone = spec.zone().orElseThrow();
        return new DnsRedirector(zone.file().isPresent()
                ? new FileZone(zone, zone.file().get(), clock, fence)
                : new UpdatedZone(zone, within, fence), once, clock);
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        Map<String, AddressRecords> records = zone.read(services.stream().map(Service::name).toList());
        Map<String, Seen> all = new LinkedHashMap<>();
        services.forEach(s -> all.put(s.name(), seen(s, records.getOrDefault(s.name(), AddressRecords.NONE))));
        effect = Duration.ofSeconds(seen.values().stream().mapToLong(AddressRecords::ttl).max().orElse(0));
        return all;
    }

    private Seen seen(Service service, AddressRecords records) {
        seen.put(service.name(), records);
        if (!records.alias().isEmpty()) {
            return new Seen.Owned(List.of(), List.of(records.alias()),
                    "has " + service.name() + " as an alias (CNAME) of " + records.alias()
                            + ", so it can have no addresses; remove one of the two");
        }
        Set<Address> ours = ours(service);
        List<String> shown = records.addresses().stream().filter(ours::contains).map(Address::toString).toList();
        if (shown.isEmpty()) {
            return new Seen.Nobody();
        }
        List<String> listed = service.servers().stream()
                .filter(s -> name(service).records().get(s).stream().anyMatch(records.addresses()::contains)).toList();
        boolean whole = listed.stream().allMatch(s -> records.addresses().containsAll(name(service).records().get(s)));
        boolean mine = once.apply(service.name()).stream().map(Address::toString).collect(Collectors.toSet())
                .equals(Set.copyOf(shown));
        boolean strange = listed.isEmpty() || !whole;
        return strange && mine
                ? new Seen.Foreign(shown, "addresses from before a change of the inventory", false, true)
                : new Seen.At(listed, shown, false, remark(service, records), lastResort(service, records));
    }

    /** Records of others set the time to live, too. Then it says nothing. */
    private Optional<Boolean> lastResort(Service service, AddressRecords records) {
        long degraded = name(service).lives().degraded().toSeconds();
        return degraded == name(service).lives().whole().toSeconds() || !ours(service).containsAll(records.addresses())
                ? Optional.empty()
                : Optional.of(records.ttl() == degraded);
    }

    private String remark(Service service, AddressRecords records) {
        Set<Address> ours = ours(service);
        String others = records.addresses().stream().filter(a -> !ours.contains(a)).map(Address::toString)
                .collect(Collectors.joining(", "));
        String foreign = others.isEmpty() ? "" : "also lists " + others + ", which is none of its services and stays";
        return foreign + (foreign.isEmpty() || zone.remark().isEmpty() ? "" : "; it ") + zone.remark();
    }

    private Set<Address> ours(Service service) {
        Set<Address> ours = new HashSet<>(once.apply(service.name()));
        name(service).records().values().forEach(ours::addAll);
        return ours;
    }

    private static DnsName name(Service service) {
        return service.dnsName().orElseThrow();
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) {
        return shifts.stream().collect(Collectors.toMap(s -> s.service().name(), s -> zone.lines(edit(s))));
    }

    private RecordEdit edit(Shift shift) {
        Service service = shift.service();
        AddressRecords before = seen.getOrDefault(service.name(), AddressRecords.NONE);
        Optional<Before> back = shift.restore().map(Before.class::cast);
        return new RecordEdit(service.name(), before, back.map(Before::records).orElseGet(() -> before
                .with(ours(service), wanted(service, shift.to()),
                        ttl(service, shift.to(), shift.lastResort()).toSeconds())));
    }

    private static List<Address> wanted(Service service, List<String> to) {
        return to.stream().flatMap(s -> name(service).records().getOrDefault(s, List.of()).stream()).toList();
    }

    /**
     * How long caches may keep what lists these services.
     *
     * @param lastResort true if none of them works
     */
    static Duration ttl(Service service, List<String> to, boolean lastResort) {
        boolean whole = to.size() >= service.rules().share() && !lastResort;
        return whole ? name(service).lives().whole() : name(service).lives().degraded();
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        Map<Shift, RecordEdit> edits = new LinkedHashMap<>();
        shifts.forEach(s -> edits.put(s, edit(s)));
        List<RecordEdit> due = edits.entrySet().stream()
                .filter(e -> e.getKey().restore().isPresent()
                        || !wanted(e.getKey().service(), e.getKey().to()).isEmpty())
                .map(Map.Entry::getValue).toList(); // a name is never left empty
        Map<String, String> complaints = zone.change(due);
        Instant changed = clock.instant();
        Map<String, Seen> there = look(shifts.stream().map(Shift::service).toList());
        Map<String, Done> done = new LinkedHashMap<>();
        edits.forEach((shift, edit) -> done.put(edit.name(),
                done(edit, Optional.ofNullable(complaints.get(edit.name())), there.get(edit.name()), changed)));
        return new Applied(done);
    }

    private Done done(RecordEdit edit, Optional<String> complaint, Seen there, Instant changed) {
        SortedSet<Address> now = seen.get(edit.name()).addresses();
        Optional<Restore> restore = Optional.of(new Before(edit.before()));
        boolean lives = complaint.isEmpty() || seen.get(edit.name()).ttl() == edit.after().ttl();
        if (now.equals(edit.after().addresses()) && lives) {
            return new Done(Outcome.Kind.MOVED, "read back at " + zone.place() + until(edit, changed),
                    zone.lines(edit), there, restore);
        }
        boolean untouched = complaint.isPresent() || now.equals(edit.before().addresses());
        return untouched
                ? new Done(Outcome.Kind.REFUSED,
                        "refused: " + complaint.orElse("it took the change and did not make it"),
                        List.of(), there, restore)
                : new Done(Outcome.Kind.FAILED, "the records are now " + now + ": somebody else changes them too",
                        zone.lines(edit), there, restore);
    }

    /** When the last cache forgets what was listed before. */
    private static String until(RecordEdit edit, Instant changed) {
        Duration kept = Duration.ofSeconds(edit.before().ttl());
        return kept.isZero() || edit.removed().isEmpty()
                ? ""
                : "; caches may answer the old for " + Durations.text(kept) + ", until "
                        + changed.plus(kept).truncatedTo(ChronoUnit.SECONDS);
    }

    // ---- what it is ----------------------------------------------------------------------------------------------

    @Override
    public Traits traits() {
        return new Traits(true, effect, Set.of(), Optional.of(this), Optional.empty(), Optional.empty());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean ping() throws RedirectException {
        return zone.hasChanged();
    }

    @Override
    public void close() {
        zone.close();
    }
}
