package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;

/**
 * A static route in a configuration.
 *
 * @param hop empty if the route names only an interface
 * @param place what else distinguishes it from a line with the same next hop
 * @param distance administrative distance; 1 if none is written
 * @param tag empty if there is none
 * @param lines exactly as the device printed them, to restore them
 */
record ConfiguredRoute(Optional<Address> hop, Outlet place, int distance, String tag, List<String> lines) {

    static final int DEFAULT_DISTANCE = 1;

    /**
     * @param interfaceName empty if none is named
     * @param way the word before the next hop, such as Junos' {@code qualified-next-hop}; empty if there is only one
     *     such word
     */
    record Outlet(String interfaceName, String way) {

        static final Outlet PLAIN = new Outlet("", "");
    }

    String interfaceName() {
        return place.interfaceName();
    }

    String way() {
        return place.way();
    }

    /** This route with the words of another line for the same next hop. */
    ConfiguredRoute with(ConfiguredRoute more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(more.lines);
        return new ConfiguredRoute(hop, interfaceName().isEmpty() ? more.place : place,
                distance == DEFAULT_DISTANCE ? more.distance : distance, tag.isEmpty() ? more.tag : tag,
                List.copyOf(all));
    }

    String text() {
        return String.join("\n", lines);
    }
}
