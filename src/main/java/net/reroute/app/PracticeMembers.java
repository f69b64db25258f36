package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import net.reroute.cluster.Cluster;
import net.reroute.cluster.ClusterReport.MemberReport;
import net.reroute.cluster.Membership;
import net.reroute.core.Actor;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Endpoint;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.rehearsal.Narrator;
import net.reroute.rehearsal.Rehearsal;

/**
 * The daemons of a rehearsal, all in this process: one, or the members of a cluster, which become members as admins make
 * them. A killed one is closed without a hand-over, so the others hear nothing of it. Thread-safe.
 */
final class PracticeMembers {

    private static final Duration TO_LEAD = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS = 2_000_000;
    private static final Actor PROGRAM = new Actor.Program();

    private record Running(Daemon daemon, Thread thread) {}

    private final Rehearsal rehearsal;
    private final Paths paths;
    private final Narrator narrator;
    private final Map<String, Running> running = new LinkedHashMap<>();

    /** @param paths of the first member; the others have folders beside its own */
    PracticeMembers(Rehearsal rehearsal, Paths paths, Narrator narrator) {
        this.rehearsal = rehearsal;
        this.paths = paths;
        this.narrator = narrator;
    }

    /** Starts all of them. Returns when the first one acts. */
    void start() throws IOException, RequestRefusedException {
        List<Member> members = rehearsal.controllers();
        if (members.isEmpty()) {
            start("");
            return;
        }
        Member first = members.getFirst();
        Files.createDirectories(paths(first.name()).state());
        Membership.found(paths(first.name()).state(), first);
        start(first.name());
        awaitLeader();
        for (Member next : members.subList(1, members.size())) {
            join(next, first);
        }
    }

    private void join(Member next, Member at) throws IOException, RequestRefusedException {
        Cluster cluster = leader().flatMap(d -> d.member().cluster())
                .orElseThrow(() -> new IOException("no controller leads"));
        String token = cluster.commands().invite(next.name(), PROGRAM);
        Files.createDirectories(paths(next.name()).state());
        Membership.join(paths(next.name()).state(), next.name(), new Endpoint(at.address(), at.port()), token);
        start(next.name());
    }

    private void awaitLeader() throws IOException {
        long end = System.nanoTime() + TO_LEAD.toNanos();
        while (leader().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("no controller leads after " + TO_LEAD.toSeconds() + " s");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private Paths paths(String name) {
        boolean first = name.isEmpty() || name.equals(rehearsal.controllers().getFirst().name());
        return new Paths(paths.home(), first ? paths.state() : paths.state().resolveSibling("state-" + name), true,
                name.isEmpty() ? Optional.empty() : Optional.of(name));
    }

    /** Starts one that does not run. */
    void start(String name) throws IOException, RequestRefusedException {
        CompletableFuture<Daemon> begun = new CompletableFuture<>();
        Environment environment = new Environment(at -> rehearsal.practised(InventoryReader.forPractice(at), name),
                rehearsal.ways(), true, record -> {
                    if (isLeading(name)) {
                        narrator.event(record);
                    }
                });
        Thread.ofPlatform().name("daemon-" + name).start(() -> {
            try {
                Daemon.run(paths(name), environment, daemon -> {
                    put(name, new Running(daemon, Thread.currentThread()));
                    begun.complete(daemon);
                });
            } catch (RequestRefusedException | BadInventoryException | IOException | RuntimeException e) {
                begun.completeExceptionally(e);
            }
        });
        await(begun);
    }

    private static void await(CompletableFuture<Daemon> begun) throws IOException, RequestRefusedException {
        try {
            begun.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RequestRefusedException refused) {
                throw refused;
            }
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized void put(String name, Running started) {
        running.put(name, started);
    }

    private synchronized Optional<Running> take(String name) {
        return Optional.ofNullable(running.remove(name));
    }

    private synchronized Map<String, Running> now() {
        return new LinkedHashMap<>(running);
    }

    /** True until a member alone has started, since it acts from the first moment. */
    private boolean isLeading(String name) {
        return name.isEmpty() || Optional.ofNullable(now().get(name)).filter(r -> leads(r.daemon())).isPresent();
    }

    private static boolean leads(Daemon daemon) {
        return daemon.member().leads();
    }

    /** The one that acts; empty while none does. */
    Optional<Daemon> leader() {
        return now().values().stream().map(Running::daemon).filter(PracticeMembers::leads).findFirst();
    }

    /** The name of the one that acts; empty while none does, or if there is one alone. */
    Optional<String> leading() {
        return leader().flatMap(d -> d.member().cluster()).map(Cluster::name);
    }

    /** The one that acts, or any other while none does. */
    Daemon daemon() {
        return leader().or(() -> now().values().stream().map(Running::daemon).findFirst()).orElseThrow();
    }

    /** True if this one leads, or votes, has all records, and counts for the one that leads. */
    boolean isBack(String name) {
        return leader().flatMap(d -> d.member().cluster()).filter(c -> now().containsKey(name))
                .map(c -> c.report().members().stream().filter(m -> m.member().name().equals(name))
                        .anyMatch(m -> m.leads() || votes(m)))
                .orElse(false);
    }

    private static boolean votes(MemberReport of) {
        return of.trouble().isEmpty() && of.lag().equals(Optional.of(0L)) && (of.counts() || of.member().witness());
    }

    /** Ends one. Returns at once. */
    void kill(String name) {
        take(name).ifPresent(r -> r.daemon().stop());
    }

    /** Ends all. Returns at once. */
    void stop() {
        now().values().forEach(r -> r.daemon().stop());
    }

    /** Waits until all have ended. */
    void await() {
        try {
            for (Map<String, Running> left = now(); !left.isEmpty(); left = now()) {
                Map.Entry<String, Running> one = left.entrySet().iterator().next();
                one.getValue().thread().join();
                take(one.getKey());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
