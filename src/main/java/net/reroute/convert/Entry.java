package net.reroute.convert;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One entry of the new inventory: keys with their values as YAML, and the remarks that stand above it. */
final class Entry {

    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<Remark> remarks = new LinkedHashSet<>();
    private Optional<Claim> claim = Optional.empty();
    private boolean off;

    Entry(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param yaml the value, quoted already where it needs that */
    Entry set(String key, String yaml) {
        values.put(key, yaml);
        return this;
    }

    Map<String, String> values() {
        return values;
    }

    Entry remark(Remark remark) {
        remarks.add(remark);
        return this;
    }

    Entry remarks(List<Remark> all) {
        all.forEach(this::remark);
        return this;
    }

    List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    Entry claim(Claim what) {
        claim = Optional.of(what);
        return this;
    }

    Optional<Claim> claim() {
        return claim;
    }

    /** Makes a comment of the entry, since the inventory would refuse it. */
    void off(String why) {
        off = true;
        claim = Optional.empty();
        remark(Remark.toDo("this entry is left in a comment: " + why));
    }

    boolean isOff() {
        return off;
    }
}
