package net.reroute.redirect.flows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import net.reroute.core.Address;
import net.reroute.core.Durations;
import net.reroute.core.FlowMarks;
import net.reroute.core.FlowPlan;
import net.reroute.core.FlowPlan.Kept;
import net.reroute.core.Snapshot.Pair;
import net.reroute.redirect.Connections.Count;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.nft.Nft;

/** Counts connections that the kernel tracks: added up on the router, since there may be hundreds of thousands. */
final class FlowCount {

    /**
     * Prints number, mark, destination, and "one" where answers were never seen. The words of an entry are those of
     * {@code /proc/net/nf_conntrack} (nf_conntrack_standalone.c) and of {@code conntrack -L -o extended}. TCP connections
     * that are closed stay in the list for a while. Answers to reroute's own probes may come to it directly.
     */
    private static final String AWK = "awk '/ mark=[1-9]/&&!/ (TIME_WAIT|CLOSE|LAST_ACK) /"
            + "{m=s=d=\"\";for(i=3;i<=NF;i++){if(m==\"\"&&$i~/^mark=/)m=substr($i,6);else if(s==\"\"&&$i~/^src=/)"
            + "s=substr($i,5);else if(d==\"\"&&$i~/^dst=/)d=substr($i,5)}"
            + "o=(/ tcp /&&/\\[UNREPLIED\\]/)?\" one\":\"\";if(o!=\"\"&&s==C)next;k=m\" \"(m>=R&&int(m/R)%2==1?s:d)o;n[k]++}"
            + "/=-=none=-=/{print;exit}END{for(k in n)print n[k],k}' C=\"${SSH_CONNECTION%% *}\" R=";
    private static final String NONE = "=-=none=-=";
    private static final String DONE = "=-=done=-=";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FlowCount() {}

    static Map<Pair, Count> of(Nft router, FlowPlan plan, Map<Integer, Address> hops, FlowMarks marks)
            throws RedirectException {
        String from = router.sudo() + "cat /proc/net/nf_conntrack 2>/dev/null || { " + router.sudo()
                + "conntrack -L -o extended 2>/dev/null && " + router.sudo()
                + "conntrack -L -f ipv6 -o extended 2>/dev/null; } || echo " + NONE;
        String answer = router.beside(
                "{ " + from + "; } | " + AWK + Long.highestOneBit(marks.mask()) + " && echo " + DONE,
                PATIENCE);
        if (!answer.contains(DONE)) {
            throw new RedirectException(true, "its connections cannot be counted in " + Durations.text(PATIENCE), null);
        }
        if (answer.contains(NONE)) {
            throw new RedirectException(true, "its connections cannot be counted: it has neither /proc/net/nf_conntrack"
                    + " nor the program conntrack, or not for this user", null);
        }
        return add(answer, plan, hops, marks);
    }

    static Map<Pair, Count> add(String text, FlowPlan plan, Map<Integer, Address> hops, FlowMarks marks) {
        NavigableMap<Address, Kept> byNetwork = new TreeMap<>();
        plan.services().forEach(k -> byNetwork.put(k.service().prefix().network(), k));
        Map<Pair, Count> counts = new HashMap<>();
        plan.services().forEach(k -> k.hops().keySet()
                .forEach(s -> counts.put(new Pair(k.service().name(), s), new Count(0, 0))));
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.split(" "));
            if (words.size() < 3 || !words.get(0).matches("\\d{1,9}") || !words.get(1).matches("\\d{1,10}")) {
                continue;
            }
            int number = Integer.parseInt(words.get(0));
            Address hop = hops.get(marks.slot(Long.parseLong(words.get(1))));
            Address.tryParse(words.get(2)).flatMap(to -> at(to, byNetwork)).flatMap(k -> pair(k, hop))
                    .ifPresent(p -> counts.merge(p, words.size() > 3 ? new Count(0, number) : new Count(number, 0),
                            Count::plus));
        }
        return counts;
    }

    private static Optional<Kept> at(Address to, NavigableMap<Address, Kept> byNetwork) {
        return Optional.ofNullable(byNetwork.floorEntry(to)).map(Map.Entry::getValue)
                .filter(k -> k.service().prefix().contains(to));
    }

    private static Optional<Pair> pair(Kept kept, Address hop) {
        return kept.hops().entrySet().stream().filter(e -> e.getValue().bare().equals(hop)).findFirst()
                .map(e -> new Pair(kept.service().name(), e.getKey()));
    }
}
