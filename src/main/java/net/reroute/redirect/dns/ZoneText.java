package net.reroute.redirect.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.redirect.dns.AddressRecords.Family;
import net.reroute.redirect.dns.ZoneEntries.Entry;
import net.reroute.redirect.dns.ZoneEntries.Word;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * The text of a zone file. A change rewrites the lines of the records concerned and the serial; all other lines stay
 * byte for byte. It counts only if a complete parser then finds exactly the records that shall be there.
 */
record ZoneText(String text, Name zone) {

    /** All records, as a parser of zone files reads them. */
    List<Record> records() throws IOException {
        List<Record> records = new ArrayList<>();
        try (Master master = new Master(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), zone)) {
            master.disableIncludes();
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
        }
        return records;
    }

    static Optional<SOARecord> soa(List<Record> records) {
        return records.stream().filter(SOARecord.class::isInstance).map(SOARecord.class::cast).findFirst();
    }

    static AddressRecords addresses(List<Record> records, Name name) {
        String alias = records.stream().filter(r -> r instanceof CNAMERecord && r.getName().equals(name))
                .map(r -> ((CNAMERecord) r).getTarget().toString(true)).findFirst().orElse("");
        return new AddressRecords(family(records, name, Type.A), family(records, name, Type.AAAA), alias);
    }

    private static Family family(List<Record> records, Name name, int type) {
        Family family = Family.NONE;
        for (Record record : records) {
            if (record.getType() == type && record.getName().equals(name)) {
                family = family.and(DnsNames.address(record), record.getTTL());
            }
        }
        return family;
    }

    /**
     * The text with other address records for some names.
     *
     * @param serial the new serial
     * @throws IOException if the text is written in a way that cannot be changed line by line
     */
    ZoneText with(List<RecordEdit> edits, long serial) throws IOException {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        Map<Integer, String> replaced = new TreeMap<>();
        List<Entry> entries = ZoneEntries.of(lines, zone);
        entries.stream().filter(e -> e.type().equals("SOA") && e.words().size() > 3).map(e -> e.words().get(3))
                .findFirst().ifPresent(w -> replaced.put(w.line(), withWord(lines.get(w.line()), w, serial)));
        List<String> appended = new ArrayList<>();
        edits.forEach(edit -> replace(edit, entries, replaced, appended));
        keepOwners(entries, lines, replaced);
        replaced.forEach((line, with) -> lines.set(line, with));
        boolean ended = lines.getLast().isEmpty();
        lines.addAll(ended ? lines.size() - 1 : lines.size(), appended);
        String next = lines.stream().filter(l -> l != REMOVED).collect(Collectors.joining("\n"))
                + (ended || appended.isEmpty() ? "" : "\n");
        ZoneText after = new ZoneText(next, zone);
        prove(after, edits, serial);
        return after;
    }

    /** Compared by identity: no line of a file is this object. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String REMOVED = new String("removed");

    private static String withWord(String line, Word word, long serial) {
        return line.substring(0, word.column()) + serial + line.substring(word.column() + word.text().length());
    }

    /** Puts the new lines where the first old one was, so that lines without a name of their own keep theirs. */
    private static void replace(RecordEdit edit, List<Entry> entries, Map<Integer, String> replaced,
            List<String> appended) {
        Name name = DnsNames.of(edit.name());
        Set<Address> touched = new HashSet<>(edit.removed());
        touched.addAll(edit.added());
        List<Entry> own = entries.stream().filter(e -> e.owner().equals(name) && e.isOneLine())
                .filter(e -> e.words().size() > 1 && e.type().matches("A|AAAA"))
                .filter(e -> Address.tryParse(e.words().get(1).text()).filter(touched::contains).isPresent())
                .toList();
        String lines = edit.after().addresses().stream().filter(touched::contains).map(a -> line(edit, a))
                .collect(Collectors.joining("\n"));
        own.forEach(e -> replaced.put(e.first(), REMOVED));
        if (!lines.isEmpty() && own.isEmpty()) {
            appended.add(lines);
        } else if (!lines.isEmpty()) {
            replaced.put(own.getFirst().first(), lines);
        }
    }

    /** A line without a name has that of the line before it: if that was removed, it needs one of its own. */
    private void keepOwners(List<Entry> entries, List<String> lines, Map<Integer, String> replaced) {
        Name owner = zone;
        for (Entry entry : entries) {
            if (replaced.get(entry.first()) == REMOVED) {
                continue;
            }
            if (entry.inherits() && !entry.owner().equals(owner)) {
                replaced.putIfAbsent(entry.first(), entry.owner() + lines.get(entry.first()));
            }
            owner = entry.owner();
        }
    }

    private static String line(RecordEdit edit, Address address) {
        return edit.name() + ".\t" + edit.ttl(address) + "\tIN\t" + RecordEdit.type(address) + "\t" + address;
    }

    private void prove(ZoneText after, List<RecordEdit> edits, long serial) throws IOException {
        Map<Name, RecordEdit> byName = new HashMap<>();
        edits.forEach(e -> byName.put(DnsNames.of(e.name()), e));
        List<Record> was = records();
        List<Record> now = after.records();
        boolean serials = soa(now).filter(s -> s.getSerial() == serial).isPresent();
        boolean asWanted = edits.stream()
                .allMatch(e -> addresses(now, DnsNames.of(e.name())).equals(e.after()));
        boolean once = byName.keySet().stream().allMatch(n -> count(now, n) <= Math.max(count(was, n),
                addresses(now, n).addresses().size())); // a record on several lines may have been written again
        if (!serials || !asWanted || !once || !others(was, byName).equals(others(now, byName))) {
            throw new IOException("it is written in a way that is not understood well enough to change it; write the"
                    + " records of " + String.join(", ", edits.stream().map(RecordEdit::name).toList())
                    + " one to a line");
        }
    }

    private static long count(List<Record> records, Name name) {
        return records.stream().filter(r -> r.getName().equals(name))
                .filter(r -> r.getType() == Type.A || r.getType() == Type.AAAA).count();
    }

    /** Everything but the serial and the addresses of the names concerned. */
    private static List<String> others(List<Record> records, Map<Name, RecordEdit> edits) {
        return records.stream().filter(r -> !(r instanceof SOARecord))
                .filter(r -> !edits.containsKey(r.getName()) || r.getType() != Type.A && r.getType() != Type.AAAA)
                .map(Record::toString).sorted().toList();
    }
}
