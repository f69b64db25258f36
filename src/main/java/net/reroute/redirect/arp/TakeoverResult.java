package net.reroute.redirect.arp;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a takeover.
 *
 * @param there true if the address was read back at its new server
 * @param complaint why it was not; empty if it was
 * @param typed lines that were typed, each with its server
 * @param remarks what else went wrong, such as a server that could not be fenced or an announcement that was not sent
 */
public record TakeoverResult(boolean there, String complaint, List<String> typed, List<String> remarks) {

    static TakeoverResult not(String complaint) {
        return new TakeoverResult(false, complaint, List.of(), List.of());
    }

    TakeoverResult and(List<String> lines, List<String> more) {
        return new TakeoverResult(there, complaint, joined(typed, lines), joined(remarks, more));
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return List.copyOf(all);
    }
}
