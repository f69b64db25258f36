package net.reroute.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.MemberParts;
import net.reroute.core.Login;

/**
 * How this member elects. Members that ask different routers for the lease, or of which one goes by a lease and the other
 * by majority, could both be elected: an inventory that is changed at one and not yet at the other would do that.
 */
record Way(MemberParts parts, String text) {

    private static final String UNKNOWN = "";

    static Way of(MemberParts parts) {
        return new Way(parts, parts.spec().byLease()
                ? "a lease on " + parts.spec().lease().stream().map(r -> parts.routers().get(r).login())
                        .map(Way::place).collect(Collectors.joining(", "))
                : "majority");
    }

    private static String place(Login login) {
        return login.user() + "@" + login.host() + ":" + login.port(); // its files are of that user
    }

    /**
     * Why this member must not be elected for now; empty if it may. Where the records tell of another way, all other
     * members have to be heard first.
     *
     * @param heard what other members told lately
     */
    Optional<String> trouble(List<Beat> heard) {
        Optional<Beat> other = heard.stream().filter(b -> !b.way().equals(UNKNOWN) && !b.way().equals(text))
                .findFirst();
        if (other.isPresent()) {
            return Optional
                    .of(other.get().name() + " elects by " + other.get().way() + " and this controller by " + text
                            + "; make the inventory the same at all controllers, and reload it");
        }
        String before = ClusterNotes.way(parts.host().state());
        if (before.equals(UNKNOWN) || before.equals(text)) {
            return Optional.empty();
        }
        List<String> missing = ClusterNotes.members(parts.host().state()).keySet().stream()
                .filter(m -> !m.equals(parts.name()))
                .filter(m -> heard.stream().noneMatch(b -> b.name().equals(m))).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the last leader was elected by " + before + ", and this controller goes by " + text
                        + "; that begins once " + String.join(", ", missing) + " can be heard, or was removed");
    }
}
