package net.reroute.redirect.flows;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.FlowPlan;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.nft.MarkedRoutes.Lead;
import net.reroute.redirect.nft.Nft;

/** Asks a router's own lookup whether marked packets are led to their next hop: other rules may come first. */
final class LeadCheck {

    private static final Pattern LOOKUP = Pattern.compile("(?m)^\\S+ .*?\\bvia (\\S+) .*?\\bmark (0x[0-9a-f]+|\\d+)");
    private static final String END = "=-=end=-=";

    private LeadCheck() {}

    /** The first next hop that is not led to; empty if all are. */
    static Optional<Address> misled(Nft router, FlowPlan plan, List<Lead> leads) throws RedirectException {
        Map<Address, Address> examples = new HashMap<>();
        plan.services().stream().filter(k -> k.flows().kept())
                .forEach(k -> k.hops().values().forEach(h -> examples.putIfAbsent(h, k.service().address())));
        Map<Address, Long> asked = new LinkedHashMap<>();
        StringBuilder script = new StringBuilder();
        for (boolean v6 : List.of(false, true)) {
            List<Lead> its = leads.stream().filter(l -> l.hop().v6() == v6 && examples.containsKey(l.hop())).toList();
            if (!its.isEmpty()) {
                script.append("timeout 3 ip ").append(v6 ? "-6" : "-4").append(" -o -force -batch - <<'").append(END)
                        .append("' 2>/dev/null\n");
                its.forEach(l -> {
                    script.append("route get ").append(examples.get(l.hop())).append(" mark ").append(l.mark())
                            .append('\n');
                    asked.put(l.hop(), l.mark());
                });
                script.append(END).append('\n');
            }
        }
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, String> led = new HashMap<>();
        Matcher matcher = LOOKUP.matcher(router.run(script + ":\n").out());
        while (matcher.find()) {
            led.put(Long.decode(matcher.group(2)), matcher.group(1));
        }
        // a lookup that fails says nothing: its table may be empty, which is told elsewhere
        return asked.entrySet().stream().filter(e -> led.containsKey(e.getValue())
                && !led.get(e.getValue()).equals(e.getKey().bare().toString())).map(Map.Entry::getKey).findFirst();
    }
}
