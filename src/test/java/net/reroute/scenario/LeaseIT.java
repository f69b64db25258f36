package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.reroute.cluster.RouterFence;
import net.reroute.cluster.lease.LeaseElection;
import net.reroute.cluster.member.Election;
import net.reroute.command.CommandResult;
import net.reroute.command.ServerCommand;
import net.reroute.core.Login;
import net.reroute.lab.Lab;
import net.reroute.lab.Shellout;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease on real Linux machines, by real sshd. */
class LeaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<LabSpace> routers = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final String cluster = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    /** A member, and what its election told it. */
    private final class Member implements Election.Listener {

        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        final LeaseElection election;
        volatile boolean willing = true;

        Member(String name, List<LabSpace> at) {
            Map<String, Login> logins = new LinkedHashMap<>();
            at.forEach(r -> logins.put(r.name, login(r)));
            election = new LeaseElection(cluster, name, logins, 0, () -> willing, this);
            members.add(this);
        }

        @Override
        public void won(long epoch) {
            told.add("won");
        }

        @Override
        public void lost(String why) {
            told.add("lost: " + why);
        }

        String hearsAnything() throws InterruptedException {
            return Optional.ofNullable(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).orElse("nothing");
        }

        /** Passes over a lease that a busy machine did not renew in time, and that was won again. */
        String hears() throws InterruptedException {
            String next = hearsAnything();
            while (next.equals("lost: the lease could not be renewed in time") && hearsAnything().equals("won")) {
                next = hearsAnything();
            }
            return next;
        }

        void resign(String to) {
            Lab.await(members.indexOf(this) + " leads", election::leads);
            election.resign(to);
        }
    }

    private static Login login(LabSpace router) {
        return new Login("127.0.0.1", router.port, "root", Optional.of(router.key()), false, Optional.empty(),
                router.knownHosts(), Optional.empty(), false, false);
    }

    private LabSpace router() {
        LabSpace router = new LabSpace();
        routers.add(router);
        router.sshd();
        return router;
    }

    @BeforeEach
    void one() {
        router();
    }

    @AfterEach
    void close() {
        members.forEach(m -> m.election.close());
        routers.forEach(LabSpace::close);
        Shellout.attempt(List.of("sh", "-c", "rm -f /run/reroute/" + cluster + "-*"));
    }

    @Test
    void oneOfTwoLeadsAndHandsOver() throws Exception {
        Member c1 = new Member("c1", routers);
        assertThat(c1.hears()).isEqualTo("won");
        Member c2 = new Member("c2", routers);
        long first = c1.election.epoch();
        c1.resign("c2");
        assertThat(c1.hears()).isEqualTo("lost: handed over to c2");
        assertThat(c2.hears()).isEqualTo("won");
        assertThat(c2.election.epoch()).isGreaterThan(first);
        Lab.await("c2 leads", () -> c2.election.leads() && c2.election.leader().equals(Optional.of("c2")));
        assertThat(c1.election.leads()).isFalse();
    }

    @Test
    void anEarlierLeadersBatchIsRefusedByTheRouterItself() throws Exception {
        Member c1 = new Member("c1", routers);
        assertThat(c1.hears()).isEqualTo("won");
        LabSpace router = routers.getFirst();
        // What a stopped controller sends when it wakes: it passed its own check before it was stopped.
        RouterFence late = new RouterFence(cluster, new Frozen(c1.election.epoch()));
        try (Shell shell = Shell.open(login(router), PATIENCE).fencedBy(late)) {
            assertThat(shell.change("echo typed >> " + router.folder + "/typed; false", PATIENCE).status())
                    .isEqualTo(1);
            Member c2 = new Member("c2", routers);
            c1.resign("c2");
            assertThat(c2.hears()).isEqualTo("won");
            assertThatThrownBy(() -> shell.change("echo late >> " + router.folder + "/typed", PATIENCE))
                    .isInstanceOf(SshException.class).hasMessageContaining("a later leader has been here")
                    .hasMessageContaining("nothing was typed");
            shell.fencedBy(new RouterFence(cluster, c2.election)).change("echo next >> " + router.folder + "/typed",
                    PATIENCE);
        }
        assertThat(Files.readString(router.folder.resolve("typed"))).isEqualTo("typed\nnext\n");
    }

    @Test
    void aLaterEpochReachesARouterThatKeepsNoLease() throws Exception {
        LabSpace other = router();
        try (Shell early = Shell.open(login(other), PATIENCE).fencedBy(new RouterFence(cluster, new Frozen(7)));
                Shell late = Shell.open(login(other), PATIENCE).fencedBy(new RouterFence(cluster, new Frozen(8)))) {
            assertThat(early.change("echo a", PATIENCE).out()).isEqualTo("a\n");
            assertThat(late.change("echo b", PATIENCE).out()).isEqualTo("b\n");
            assertThatThrownBy(() -> early.change("echo c", PATIENCE)).hasMessageContaining("epoch 8");
        }
    }

    @Test
    void aCommandOfAPlaybookIsNotBegunOnAServerThatKnowsALaterLeader() throws Exception {
        LabSpace server = router();
        try (Sessions sessions = new Sessions();
                Shell late = Shell.open(login(server), PATIENCE).fencedBy(new RouterFence(cluster, new Frozen(8)))) {
            Fence early = new RouterFence(cluster, new Frozen(7));
            CommandResult ran = ServerCommand.run(sessions, early, login(server), List.of("echo", "one"), Map.of(),
                    PATIENCE);
            assertThat(ran.output()).as("what the fence says is not the command's").isEqualTo("one");
            assertThat(ran.ok()).isTrue();
            late.change(":", PATIENCE);
            CommandResult refused = ServerCommand.run(sessions, early, login(server),
                    List.of("touch", server.folder + "/late"), Map.of(), PATIENCE);
            assertThat(refused.sentence()).contains("epoch 8", "nothing was typed");
            assertThat(server.folder.resolve("late")).doesNotExist();
        }
    }

    @Test
    void beforeALineIsTypedTheLeaseIsRenewedAtTheRouter() throws Exception {
        Member c1 = new Member("c1", routers);
        assertThat(c1.hears()).isEqualTo("won");
        Lab.await("it is confirmed", c1.election::confirms);
        // while this one slept, another one took the lease; the clock here says that it is still good
        Shellout.run("sh", "-c", "f=$(ls /run/reroute/" + cluster + "-* | grep -v lock); read b e h u s < $f;"
                + " exec 9> $f.lock; flock 9; echo $b $((e + 1)) c2 $((u + 1000)) + > $f");
        assertThat(c1.election.confirms()).isFalse();
    }

    @Test
    void withThreeRoutersTheLeaseSurvivesTheLossOfOneAndNotOfTwo() throws Exception {
        router();
        router();
        Member c1 = new Member("c1", routers);
        assertThat(c1.hears()).isEqualTo("won");
        Member c2 = new Member("c2", routers);
        routers.getFirst().close();
        c1.resign("c2");
        assertThat(c1.hears()).contains("handed over");
        assertThat(c2.hears()).isEqualTo("won");
        routers.get(1).close();
        assertThat(c2.hearsAnything()).startsWith("lost: ");
        assertThat(c2.election.leads()).isFalse();
        assertThat(c2.election.trouble().orElseThrow()).contains("the lease cannot be kept")
                .contains(routers.get(1).name);
    }

    @Test
    void aMemberThatMustNotLeadLeavesItToTheOther() throws Exception {
        Member c1 = new Member("c1", routers);
        assertThat(c1.hears()).isEqualTo("won");
        Member c2 = new Member("c2", routers);
        c2.willing = false;
        c1.resign("c2");
        assertThat(c1.hears()).contains("handed over");
        assertThat(c1.hears()).as("nobody else took it").isEqualTo("won");
        assertThat(c2.told).isEmpty();
    }

    @Test
    void theLeaseTellsThatTheOtherLacksRecords() throws Exception {
        Member c1 = new Member("c1", routers);
        assertThat(c1.hears()).isEqualTo("won");
        Lab.await("the lease tells it", () -> c1.election.sync(true, PATIENCE));
        Lab.await("and takes it back", () -> c1.election.sync(false, PATIENCE));
        Member c2 = new Member("c2", routers);
        c1.election.close();
        assertThat(c2.hears()).isEqualTo("won");
        assertThat(c2.election.isBehind()).isTrue();
    }

    @Test
    void aMachineWithoutFlockSaysSo() throws Exception {
        LabSpace router = routers.getFirst();
        Files.createDirectories(router.folder.resolve("bin"));
        for (String tool : List.of("sh", "readlink", "id", "mkdir", "mv", "sleep")) {
            Shellout.run("sh", "-c", "ln -s $(command -v " + tool + ") " + router.folder + "/bin/" + tool);
        }
        try (Shell shell = Shell.open(login(router), PATIENCE)) {
            shell.run("PATH=" + router.folder + "/bin", PATIENCE);
            shell.fencedBy(new RouterFence(cluster, new Frozen(1)));
            assertThatThrownBy(() -> shell.change("echo a", PATIENCE)).hasMessageContaining("install util-linux");
        }
    }

    /** A leader that does not notice that it is one no more. */
    private record Frozen(long epoch) implements Election {

        @Override
        public boolean leads() {
            return true;
        }

        @Override
        public Optional<String> leader() {
            return Optional.of("c1");
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void resign(String successor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
