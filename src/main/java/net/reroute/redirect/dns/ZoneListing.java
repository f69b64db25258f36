package net.reroute.redirect.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import net.reroute.core.Address;
import net.reroute.core.Decision;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Service;
import net.reroute.core.Zone;
import net.reroute.redirect.RedirectException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Writes a zone as a file: from the file that there is, from what its name server tells, or anew. */
public final class ZoneListing {

    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final Zone zone;
    private final Name name;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private ZoneListing(Zone zone, Instant now) {
        this.zone = zone;
        this.name = DnsNames.of(zone.name());
        this.now = now;
    }

    /**
     * The lines of the zone, with a serial above the one that is in use.
     *
     * @param names decisions for names of this zone
     * @throws RedirectException if the zone's file or name server cannot be read
     */
    public static List<String> of(Zone zone, List<Decision> names, Instant now) throws RedirectException {
        ZoneListing listing = new ZoneListing(zone, now);
        if (zone.file().isPresent() && Files.exists(zone.file().get().path())) {
            return listing.changed(zone.file().get().path(), names);
        }
        List<Record> head = zone.servers().isEmpty() || zone.file().isPresent() ? List.of() : listing.head();
        listing.begin(head);
        names.forEach(listing::name);
        return listing.lines;
    }

    private List<String> changed(Path file, List<Decision> names) throws RedirectException {
        try {
            ZoneText text = new ZoneText(Files.readString(file, StandardCharsets.ISO_8859_1), name);
            List<Record> records = text.records();
            long serial = ZoneText.soa(records).orElseThrow(() -> new IOException("it has no SOA record")).getSerial();
            List<RecordEdit> edits = new ArrayList<>();
            for (Decision decision : names) {
                Service service = decision.service();
                AddressRecords before = ZoneText.addresses(records, DnsNames.of(service.name()));
                DnsName dns = service.dnsName().orElseThrow();
                edits.add(new RecordEdit(service.name(), before, before.with(all(dns), listed(dns, decision.to()),
                        ttl(decision))));
            }
            return text.with(edits, Serials.after(serial, now)).text().lines().toList();
        } catch (IOException e) {
            throw new RedirectException(true, "the zone file " + file + ": " + e.getMessage(), e);
        }
    }

    private static long ttl(Decision decision) {
        return DnsRedirector.ttl(decision.service(), decision.to(), decision.isLastResort()).toSeconds();
    }

    private static TreeSet<Address> all(DnsName name) {
        return new TreeSet<>(name.records().values().stream().flatMap(Collection::stream).toList());
    }

    private static List<Address> listed(DnsName name, List<String> to) {
        return to.stream().flatMap(s -> name.records().getOrDefault(s, List.of()).stream()).toList();
    }

    /** SOA and NS records as the name server has them; none if it does not have the zone. */
    private List<Record> head() throws RedirectException {
        NameServerClient server = NameServerClient.of(zone, WITHIN).getFirst();
        List<Record> found = new ArrayList<>();
        for (int type : new int[]{Type.SOA, Type.NS}) {
            found.addAll(server.ask(Message.newQuery(DnsNames.question(name, type))).getSection(Section.ANSWER));
        }
        return found;
    }

    private void begin(List<Record> head) {
        lines.add("$ORIGIN " + zone.name() + ".");
        lines.add("$TTL 300");
        if (head.isEmpty()) {
            lines.add("@\tIN\tSOA\tns1 hostmaster " + Serials.after(0, now) + " 3600 600 604800 60");
            for (int i = 0; i < Math.max(1, zone.servers().size()); i++) {
                lines.add("@\tIN\tNS\tns" + (i + 1));
            }
            for (int i = 0; i < zone.servers().size(); i++) {
                Address address = zone.servers().get(i).address();
                lines.add("ns" + (i + 1) + "\tIN\t" + RecordEdit.type(address) + "\t" + address);
            }
        }
        head.forEach(r -> lines.add(r.getName() + "\t" + r.getTTL() + "\tIN\t" + Type.string(r.getType()) + "\t"
                + (r instanceof SOARecord soa ? withSerial(soa) : r.rdataToString())));
    }

    private String withSerial(SOARecord soa) {
        return soa.getHost() + " " + soa.getAdmin() + " " + Serials.after(soa.getSerial(), now) + " "
                + soa.getRefresh() + " " + soa.getRetry() + " " + soa.getExpire() + " " + soa.getMinimum();
    }

    private void name(Decision decision) {
        Service service = decision.service();
        listed(service.dnsName().orElseThrow(), decision.to()).forEach(a -> lines
                .add(service.name() + ".\t" + ttl(decision) + "\tIN\t" + RecordEdit.type(a) + "\t" + a));
    }
}
