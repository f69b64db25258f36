package net.reroute.simulation.cli;

import java.util.List;
import net.reroute.core.Address;

/** The commands that show a device's routing table. */
abstract class RoutingTable {

    abstract List<String> table(String vrf, boolean v6);

    /** The answer to a lookup of an address. */
    abstract List<String> lookup(String vrf, Address address);

    /**
     * Adds the commands to a tree.
     *
     * @param plain the command without a VRF, such as {@code show ip route}; "static" or an address may follow
     */
    void commands(VtySession session, CommandTree tree, String plain, boolean v6) {
        for (String form : List.of(plain, plain.replace(" route", " route vrf NAME"))) {
            tree.on(form, w -> session.output.addAll(table(vrf(w), v6)));
            tree.on(form + " static", w -> session.output.addAll(table(vrf(w), v6)));
            tree.on(form + " ADDRESS", w -> session.output.addAll(asked(session, vrf(w), w)));
        }
    }

    /**
     * The answer to a lookup that was typed.
     *
     * @param words of the line; the last one should be an address
     */
    final List<String> asked(VtySession session, String vrf, List<String> words) {
        try {
            return lookup(vrf, Address.parse(words.getLast()));
        } catch (IllegalArgumentException e) {
            return session.noAddress(words);
        }
    }

    static String vrf(List<String> words) {
        int at = words.indexOf("vrf");
        return at < 0 || at + 1 >= words.size() || words.get(at + 1).equals("default") ? "" : words.get(at + 1);
    }

    static String hop(StaticRoute route) {
        return route.hop().map(Address::toString).orElse(route.interfaceName());
    }
}
