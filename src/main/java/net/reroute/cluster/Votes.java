package net.reroute.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.reroute.cluster.member.MemberParts;

/** The members that look at servers, and whether what each of them sees counts at a moment. Thread-safe. */
public final class Votes {

    private final MemberParts parts;
    private final Supplier<Optional<Peers>> peers;
    private final Predicate<String> fresh;
    private final AtomicReference<Set<String>> last = new AtomicReference<>(Set.of());

    /**
     * @param peers none while this member still enters
     * @param fresh true: the records have what a member sees now
     */
    Votes(MemberParts parts, Supplier<Optional<Peers>> peers, Predicate<String> fresh) {
        this.fresh = fresh;
        this.parts = parts;
        this.peers = peers;
    }

    /** The members that look. */
    public List<String> vantages() {
        return parts.spec().vantages();
    }

    /** True if what a member sees counts now: it is heard, is not cut off, has looked, and has told the leader. */
    public boolean counts(String member) {
        return peers.get().filter(p -> p.counts(member)).isPresent() && fresh.test(member);
    }

    /** Notices when what a member sees begins or ceases to count: it may decide what all agree on. */
    void count() {
        Set<String> now = vantages().stream().filter(this::counts).collect(Collectors.toSet());
        if (!now.equals(last.getAndSet(now))) {
            parts.host().recount();
        }
    }
}
