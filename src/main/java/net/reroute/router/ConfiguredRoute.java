package net.reroute.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;

/**
 * One next hop of a prefix as it stands in a configuration.
 *
 * @param hop empty if it names an interface only
 * @param interfaceName empty if none is named
 * @param distance administrative distance; the device's default where none is written
 * @param tag empty if none
 * @param lines as the device printed them, to be written again byte for byte
 */
record ConfiguredRoute(Optional<Address> hop, String interfaceName, int distance, String tag, List<String> lines) {

    static final int DEFAULT_DISTANCE = 1;

    /** Some devices spread what belongs to one next hop over several lines. */
    ConfiguredRoute with(ConfiguredRoute more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(more.lines);
        return new ConfiguredRoute(hop, interfaceName.isEmpty() ? more.interfaceName : interfaceName,
                distance == DEFAULT_DISTANCE ? more.distance : distance, tag.isEmpty() ? more.tag : tag,
                List.copyOf(all));
    }

    String text() {
        return String.join("\n", lines);
    }
}
