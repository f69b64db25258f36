package net.reroute.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.reroute.convert.Draft.Section;

/** The checks of a draft. Equal ones of the source become one. */
final class Checks {

    private final Draft draft;
    private final Map<String, Entry> known = new HashMap<>();

    Checks(Draft draft) {
        this.draft = draft;
    }

    /** The name of a check; it is made if there is none like it. */
    String name(CheckWish wish) {
        Entry entry = known.computeIfAbsent(wish.identity(), i -> {
            Entry made = draft.add(Section.CHECKS, wish.name());
            wish.test().forEach(made::set);
            wish.timers().writeTo(made);
            return made;
        });
        entry.remarks(wish.remarks());
        return entry.name();
    }

    List<String> names(List<CheckWish> wishes) {
        return wishes.stream().map(this::name).distinct().toList();
    }
}
