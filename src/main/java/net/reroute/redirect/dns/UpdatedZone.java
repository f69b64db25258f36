package net.reroute.redirect.dns;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.reroute.core.Zone;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.dns.AddressRecords.Family;
import net.reroute.ssh.Fence;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * A zone that its first name server changes by dynamic update (RFC 2136). Every change names what was read before as
 * its prerequisite, so it never overwrites what somebody else has changed meanwhile.
 */
final class UpdatedZone implements ZoneAccess {

    /** Questions under way at once. */
    private static final int AT_ONCE = 64;
    /** Names in one update: far fewer than fit into a message of 64 kB. */
    private static final int IN_ONE = 50;
    /** Zones are also read again without a new serial: some servers reload a file that kept its serial. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final NameServerClient primary;
    private final Soa soa;
    private final Fence fence;
    private final Followers followers;
    private final Name zone;
    private final Map<String, AddressRecords> known = new HashMap<>();
    private long serial = -1;
    private long readAt;

    UpdatedZone(Zone zone, Duration within, Fence fence) throws RedirectException {
        this.fence = fence;
        this.zone = DnsNames.of(zone.name());
        this.soa = new Soa(this.zone);
        List<NameServerClient> clients = NameServerClient.of(zone, within);
        this.primary = clients.getFirst();
        this.followers = new Followers(clients.subList(1, clients.size()), soa);
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    @Override
    public Map<String, AddressRecords> read(Collection<String> names) throws RedirectException {
        long now = soa.serial(primary);
        boolean old = System.nanoTime() - readAt > LONGEST.toNanos();
        if (now != serial || old) {
            known.clear();
            readAt = System.nanoTime();
        }
        serial = now;
        ask(names.stream().filter(n -> !known.containsKey(n)).toList());
        Map<String, AddressRecords> read = new LinkedHashMap<>();
        names.forEach(n -> read.put(n, known.get(n)));
        return read;
    }

    private void ask(List<String> names) throws RedirectException {
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            askAtOnce(names.subList(i, Math.min(names.size(), i + AT_ONCE)));
        }
    }

    private void askAtOnce(List<String> names) throws RedirectException {
        Map<String, List<CompletableFuture<Message>>> answers = new LinkedHashMap<>();
        for (String name : names) {
            Name of = DnsNames.of(name);
            answers.put(name, List.of(primary.begin(Message.newQuery(DnsNames.question(of, Type.A))),
                    primary.begin(Message.newQuery(DnsNames.question(of, Type.AAAA)))));
        }
        for (Map.Entry<String, List<CompletableFuture<Message>>> entry : answers.entrySet()) {
            Message four = primary.await(entry.getValue().getFirst());
            Message six = primary.await(entry.getValue().getLast());
            known.put(entry.getKey(), records(DnsNames.of(entry.getKey()), four, six));
        }
    }

    private static AddressRecords records(Name name, Message four, Message six) {
        String alias = four.getSection(Section.ANSWER).stream()
                .filter(r -> r instanceof CNAMERecord && r.getName().equals(name))
                .map(r -> ((CNAMERecord) r).getTarget().toString(true)).findFirst().orElse("");
        return alias.isEmpty()
                ? new AddressRecords(family(name, four, Type.A), family(name, six, Type.AAAA), "")
                : new AddressRecords(Family.NONE, Family.NONE, alias);
    }

    private static Family family(Name name, Message answer, int type) {
        Family family = Family.NONE;
        for (Record found : answer.getSection(Section.ANSWER)) {
            if (found.getName().equals(name) && found.getType() == type) {
                family = family.and(DnsNames.address(found), found.getTTL());
            }
        }
        return family;
    }

    @Override
    public boolean hasChanged() throws RedirectException {
        long now = soa.serial(primary);
        followers.look(now);
        return now != serial;
    }

    // ---- changing ------------------------------------------------------------------------------------------------

    @Override
    public Map<String, String> change(List<RecordEdit> edits) throws RedirectException {
        Map<String, String> complaints = new LinkedHashMap<>();
        for (int i = 0; i < edits.size(); i += IN_ONE) {
            List<RecordEdit> some = edits.subList(i, Math.min(edits.size(), i + IN_ONE));
            // An update is made wholly or not at all: one name that is in the way must not hold up the others.
            if (some.size() > 1 && send(some).isEmpty()) {
                continue;
            }
            for (RecordEdit edit : some) {
                send(List.of(edit)).ifPresent(why -> complaints.put(edit.name(), why));
            }
        }
        edits.forEach(e -> known.remove(e.name()));
        return complaints;
    }

    /** Returns why nothing was changed; empty if all was. */
    private Optional<String> send(List<RecordEdit> edits) throws RedirectException {
        Update update = new Update(zone);
        edits.forEach(e -> add(update, e));
        fence.admit();
        Message answer = primary.await(primary.begin(update));
        return answer.getRcode() == Rcode.NOERROR ? Optional.empty() : Optional.of(primary.complaint(answer));
    }

    private static void add(Update update, RecordEdit edit) {
        Name name = DnsNames.of(edit.name());
        for (boolean six : new boolean[]{false, true}) {
            Family before = edit.before().of(six);
            if (before.addresses().isEmpty()) {
                update.absent(name, six ? Type.AAAA : Type.A);
            } else {
                before.addresses().forEach(a -> update.present(DnsNames.record(name, a, 0)));
            }
        }
        edit.removed().forEach(a -> update.delete(DnsNames.record(name, a, 0)));
        edit.added().forEach(a -> update.add(DnsNames.record(name, a, edit.ttl(a))));
    }

    @Override
    public List<String> lines(RecordEdit edit) {
        return edit.lines();
    }

    @Override
    public String place() {
        return primary + ", serial " + serial;
    }

    @Override
    public String remark() {
        return String.join("; it ", followers.remarks());
    }

    @Override
    public void close() {
        known.clear();
    }
}
