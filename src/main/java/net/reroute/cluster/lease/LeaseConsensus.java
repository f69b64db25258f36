package net.reroute.cluster.lease;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Consensus;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Peer;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Login;
import net.reroute.core.RecordedState;
import net.reroute.journal.Journal;
import net.reroute.journal.RecordStore;

/** Two members: a lease on Linux routers says who leads, and the leader ships its rows to the other. */
public final class LeaseConsensus implements Consensus {

    private final Path state;
    private final LeaseElection election;
    private final LeaseStore store;
    private final Supplier<Collection<Peer>> peers;
    private volatile List<RowShipping> shippings = List.of();

    /** @param routers logins of the routers that keep the lease, by name */
    public LeaseConsensus(MemberParts parts, String cluster, Map<String, Login> routers, BooleanSupplier mayLead,
            Election.Listener listener, Supplier<Collection<Peer>> peers) {
        Journal journal = parts.journal();
        this.state = parts.state();
        this.peers = peers;
        this.election = new LeaseElection(cluster, parts.name(), routers,
                ClusterNotes.lastEpoch(parts.host().state()), mayLead, listener);
        this.store = new LeaseStore(journal, election, () -> shippings);
        journal.listen(() -> shippings.forEach(RowShipping::wake));
    }

    @Override
    public Election election() {
        return election;
    }

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public void lead(RecordedState after) {
        shippings = peers.get().stream()
                .map(p -> new RowShipping(state, p.client(), election::epoch, store::mark)).toList();
    }

    @Override
    public void follow() {
        shippings.forEach(RowShipping::close);
        shippings = List.of();
    }

    @Override
    public boolean isUpToDate(String member, Duration within) {
        return shippings.stream().filter(s -> s.to().equals(member)).allMatch(s -> s.await(store.newest(), within));
    }

    @Override
    public Optional<String> trouble(String member) {
        return shippings.stream().filter(s -> s.to().equals(member)).flatMap(s -> s.trouble().stream()).findFirst();
    }

    @Override
    public void hurry() {
        election.hurry();
    }

    @Override
    public void add(Member member) {
        // rows are shipped to the other member of the inventory whether it has joined or not
    }

    @Override
    public void remove(String member) {
        // its certificate is good no more, so it gets no rows
    }

    @Override
    public boolean isBehind() {
        return election.isBehind();
    }

    @Override
    public void close() {
        election.close();
        follow();
    }
}
