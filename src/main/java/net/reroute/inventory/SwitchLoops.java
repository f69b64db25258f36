package net.reroute.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Endpoint;
import net.reroute.core.Inventory;

/** Finds switches that are each other's backends: a connection would go round until descriptors are used up. */
final class SwitchLoops {

    private final ProblemList problems;
    private final Sections sections;
    private final Map<String, List<String>> next = new HashMap<>();

    SwitchLoops(ProblemList problems, Sections sections, Inventory inventory) {
        this.problems = problems;
        this.sections = sections;
        Map<Endpoint, String> at = new HashMap<>();
        inventory.switches().forEach((name, s) -> s.switched().ifPresent(f -> at.put(f.spec().listen(), name)));
        inventory.switches()
                .forEach((name, s) -> s.switched().ifPresent(f -> next.put(name, f.spec().backends().stream()
                        .filter(at::containsKey).map(at::get).filter(other -> !other.equals(name)).toList())));
    }

    void check() {
        next.keySet().stream().sorted().forEach(name -> {
            List<String> way = new ArrayList<>(List.of(name));
            if (leadsBack(name, name, way) && way.stream().sorted().findFirst().orElseThrow().equals(name)) {
                problems.at(sections.key("switches", name), "the switch " + name + " leads back to itself by way of "
                        + String.join(", ", way.subList(1, way.size())) + "; take one of these backends away");
            }
        });
    }

    /** @param way the switches so far; a loop is told once, at the first name of it */
    private boolean leadsBack(String from, String to, List<String> way) {
        for (String other : next.getOrDefault(from, List.of())) {
            if (other.equals(to)) {
                return true;
            }
            if (!way.contains(other)) {
                way.add(other);
                if (leadsBack(other, to, way)) {
                    return true;
                }
                way.removeLast();
            }
        }
        return false;
    }
}
