package net.reroute.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.reroute.cluster.ClusterReport.MemberReport;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberTrust;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.Beat;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.ClusterSpec.Member;

/** The other members, and what they told. Thread-safe. */
final class Peers implements AutoCloseable {

    private final MemberParts parts;
    private final Map<String, Peer> all = new LinkedHashMap<>();

    /**
     * Begins to exchange beats with all of them.
     *
     * @param own what this member tells
     * @param hears receives each beat, and whether it is the first after a silence
     * @param asked called after each question, answered or not, and when what was told does not count any more
     */
    Peers(MemberParts parts, Identity identity, Supplier<Beat> own, BiConsumer<Beat, Boolean> hears, Runnable asked)
            throws IOException {
        this.parts = parts;
        for (Member member : parts.spec().members().values()) {
            if (!member.name().equals(parts.name())) {
                MemberTrust trust = trust(parts, identity, Optional.of(member.name()));
                all.put(member.name(), new Peer(new MemberClient(member, Tls.of(identity, trust),
                        shown -> parts.roster().has(member.name(), Identity.fingerprint(shown))), own, hears, asked));
            }
        }
    }

    /** @param expected the only member to trust; empty: any */
    static MemberTrust trust(MemberParts parts, Identity identity, Optional<String> expected) {
        return new MemberTrust(identity.authority(), expected, parts.roster()::has);
    }

    Optional<Peer> of(String member) {
        return Optional.ofNullable(all.get(member));
    }

    /** @throws IOException if the inventory does not name it */
    Peer required(String member) throws IOException {
        return of(member).orElseThrow(() -> new IOException(member + " is not in the inventory"));
    }

    Collection<Peer> all() {
        return List.copyOf(all.values());
    }

    /** What the others told lately. */
    List<Beat> beats() {
        return all.values().stream().flatMap(p -> p.beat().stream()).toList();
    }

    /** True if another member that could lead has more records. */
    boolean isAnyAhead(long lastEpoch, long head) {
        return beats().stream().anyMatch(b -> b.able() && b.isAhead(lastEpoch, head));
    }

    /** A member that is heard and has more records, whether it could lead or not. */
    Optional<Peer> ahead(long lastEpoch, long head) {
        return all.values().stream().filter(p -> p.beat().filter(b -> b.isAhead(lastEpoch, head)).isPresent())
                .findFirst();
    }

    /** True if a member answers, and does not let this one in. */
    boolean isRefused() {
        return all.values().stream().anyMatch(Peer::refuses);
    }

    /** The member that says that it leads, under this epoch or a later one. */
    Optional<String> leader(long epoch) {
        return beats().stream().filter(b -> b.leader().equals(Optional.of(b.name())) && b.epoch() >= epoch)
                .max(Comparator.comparingLong(Beat::epoch)).map(Beat::name);
    }

    /** True if what a member sees counts now: it is heard, is not cut off, and has looked. */
    boolean counts(String member) {
        return member.equals(parts.name())
                ? parts.host().standing().counts()
                : of(member).flatMap(Peer::beat).filter(Beat::counts).isPresent();
    }

    /**
     * The members as this one sees them.
     *
     * @param own what this member tells
     * @param trouble why a member gets no records
     */
    List<MemberReport> reports(Optional<String> leader, Beat own, Function<String, Optional<String>> trouble) {
        return parts.spec().members().values().stream().map(member -> {
            Optional<Peer> peer = of(member.name());
            Optional<Beat> beat = peer.isPresent() ? peer.flatMap(Peer::lastBeat) : Optional.of(own);
            return new MemberReport(member, leader.filter(member.name()::equals).isPresent(),
                    ClusterNotes.members(parts.host().state()).containsKey(member.name()),
                    beat.map(Beat::version).orElse(""),
                    peer.isPresent() ? peer.flatMap(Peer::silence) : Optional.of(Duration.ZERO),
                    beat.map(b -> Math.max(0, own.newest() - b.newest())),
                    beat.map(b -> b.inventory().equals(own.inventory())).orElse(true),
                    beat.map(Beat::counts).orElse(false), beat.map(Beat::unknown).orElse(List.of()),
                    peer.flatMap(Peer::trouble).or(() -> trouble.apply(member.name())));
        }).toList();
    }

    @Override
    public void close() {
        all.values().forEach(Peer::close);
    }
}
