package net.reroute.convert;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Names;

/** Makes names that the inventory allows, each once. The same source gives the same names. */
final class Naming {

    private static final int LONGEST = 50; // leaves room for a number

    private final Set<String> taken = new HashSet<>(Set.of("lan"));

    /** The next number for a name that is taken. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * A name as close to the wish as the rules permit.
     *
     * @param wish any text; an empty one becomes "unnamed"
     */
    String name(String wish) {
        String legal = legal(wish);
        String name = legal;
        for (int i = numbers.getOrDefault(legal, 2); Names.complaint(name).isPresent() || taken.contains(name); i++) {
            name = legal + "-" + i;
            numbers.put(legal, i + 1);
        }
        taken.add(name);
        return name;
    }

    private static String legal(String wish) {
        StringBuilder name = new StringBuilder();
        for (char c : wish.toCharArray()) {
            boolean letter = c < 128 && Character.isLetterOrDigit(c);
            boolean sign = "._-".indexOf(c) >= 0;
            if (name.length() < LONGEST && (letter || !name.isEmpty())) {
                name.append(letter || sign ? c : '-');
            }
        }
        return name.isEmpty() ? "unnamed" : name.toString();
    }
}
