package net.reroute.convert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inventory while it is made. */
final class Draft {

    /** The sections, in the order in which they are written. */
    enum Section {
        ROUTERS, SERVERS, CHECKS, SERVICES, SWITCHES, CHANNELS, NOTIFY
    }

    /** No real source makes more entries. More would take minutes, and be too many to read. */
    static final int MOST = 5_000;

    private static final long MOST_LINKS = 100_000;

    private final Naming naming = new Naming();
    private final Map<Section, List<Entry>> entries = new EnumMap<>(Section.class);
    private final Map<Section, List<Remark>> remarks = new EnumMap<>(Section.class);
    private final Map<String, Entry> byName = new HashMap<>();
    private final List<Remark> general = new ArrayList<>();
    private long links;

    Draft() {
        for (Section section : Section.values()) {
            entries.put(section, new ArrayList<>());
            remarks.put(section, new ArrayList<>());
        }
    }

    /**
     * A new entry, with a legal name of its own.
     *
     * @throws TooManyException if there would be too many
     */
    Entry add(Section section, String wish) {
        bound(byName.size() + 1);
        Entry entry = new Entry(naming.name(wish));
        entries.get(section).add(entry);
        byName.put(entry.name(), entry);
        return entry;
    }

    /** @throws TooManyException if a list that becomes entries is too long already */
    static void bound(int size) {
        if (size > MOST) {
            throw new TooManyException();
        }
    }

    /**
     * Counts servers and routers that entries are to name: two long lists that name each other are longer than both.
     *
     * @throws TooManyException if there would be too many
     */
    void link(long more) {
        links += more;
        if (links > MOST_LINKS) {
            throw new TooManyException();
        }
    }

    List<Entry> entries(Section section) {
        return entries.get(section);
    }

    /** Names are used once in all sections together. */
    Optional<Entry> entry(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** A remark about a section as a whole. */
    void remark(Section section, Remark remark) {
        remarks.get(section).add(remark);
    }

    List<Remark> remarks(Section section) {
        return remarks.get(section);
    }

    /** A remark about the source as a whole. */
    void general(Remark remark) {
        general.add(remark);
    }

    List<Remark> general() {
        return general;
    }

    /** The texts of all remarks of a sort, in the order of the inventory. */
    List<String> texts(Remark.Sort sort) {
        List<Remark> all = new ArrayList<>(general);
        for (Section section : Section.values()) {
            entries.get(section).forEach(e -> all.addAll(e.remarks()));
            all.addAll(remarks.get(section));
        }
        return all.stream().filter(r -> r.sort() == sort).map(Remark::text).toList();
    }

    /** True if there is something that moves or spreads: an inventory without that is refused. */
    boolean isUseful() {
        return entries.get(Section.SERVICES).stream().anyMatch(e -> !e.isOff())
                || entries.get(Section.SWITCHES).stream().anyMatch(e -> !e.isOff());
    }
}
