package net.reroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberServer;
import net.reroute.cluster.link.MemberTrust;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Endpoint;
import net.reroute.core.RecordedState;
import net.reroute.core.RequestRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of members, and who may speak to whom. */
class MembershipTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path state;

    private static Member member(String name, int port) {
        return new Member(name, Address.parse("127.0.0.1"), port, false);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Another member of the same cluster. */
    private static Identity of(Identity first, Member member) throws IOException {
        KeyPair keys = Identity.keys();
        X509Certificate certificate = first.sign(member, keys.getPublic());
        return new Identity(first.cluster(), member.name(), certificate, keys.getPrivate(), first.authority(),
                first.authorityKey());
    }

    private static MemberTrust trust(Identity of, Optional<String> expected) {
        return new MemberTrust(of.authority(), expected, (name, print) -> true);
    }

    /** Tells who asks. */
    private static final class Echo implements MemberServer.Desk {

        private volatile String removed = "";

        @Override
        public JsonNode answer(Optional<String> member, String what, JsonNode question) {
            return JSON.createObjectNode().put("from", member.orElse("a stranger")).put("what", what);
        }

        @Override
        public boolean stream(String member, String what, JsonNode question, MemberServer.Body body) {
            return false;
        }

        @Override
        public boolean isMember(String name, String fingerprint) {
            return !name.equals(removed);
        }
    }

    @Test
    void anIdentityIsReadBackAsItWasStoredAndOnlyItsOwnerMayReadIt() throws Exception {
        assertThat(Identity.load(state)).isEmpty();
        Identity first = Identity.found(member("c1", 1));
        first.store(state);
        assertThat(Identity.load(state)).contains(first);
        assertThat(Files.getPosixFilePermissions(state.resolve("cluster/key.pem"))).hasSize(2);
        assertThatThrownBy(() -> Membership.found(state, member("c1", 1)))
                .isInstanceOf(RequestRefusedException.class).hasMessageContaining("is c1 of a cluster already");
    }

    @Test
    void membersKnowEachOtherByNameAndNobodyElseIsHeard() throws Exception {
        Member at = member("c1", freePort());
        Identity c1 = Identity.found(at);
        Identity c2 = of(c1, member("c2", 1));
        Identity other = Identity.found(member("c2", 1));
        Echo desk = new Echo();
        try (MemberServer server = MemberServer.start(at, Tls.of(c1, trust(c1, Optional.empty())), desk);
                MemberClient client = new MemberClient(at, Tls.of(c2, trust(c2, Optional.of("c1"))));
                MemberClient stranger = new MemberClient(at, Tls.of(other, trust(c1, Optional.of("c1"))));
                MemberClient mistaken = new MemberClient(at, Tls.of(c2, trust(c2, Optional.of("c3"))))) {
            assertThat(server).isNotNull();
            assertThat(client.ask("/x", JSON.createObjectNode(), PATIENCE).path("from").asText()).isEqualTo("c2");
            assertThat(stranger.ask("/x", JSON.createObjectNode(), PATIENCE).path("from").asText())
                    .as("a certificate of another cluster makes no member").isEqualTo("a stranger");
            assertThatThrownBy(() -> mistaken.ask("/x", JSON.createObjectNode(), PATIENCE))
                    .as("another member than the one that was meant").hasStackTraceContaining("that of c1, not of c3");
            desk.removed = "c2";
            assertThatThrownBy(() -> client.ask("/x", JSON.createObjectNode(), PATIENCE))
                    .as("over a connection that is open").hasMessageContaining("c2 is no member any more");
        }
    }

    @Test
    void whoWasRemovedIsAskedNothingMoreOverAConnectionThatIsOpen() throws Exception {
        Member at = member("c2", freePort());
        Identity c1 = Identity.found(member("c1", 1));
        Identity c2 = of(c1, at);
        AtomicBoolean member = new AtomicBoolean(true);
        MemberTrust trust = new MemberTrust(c1.authority(), Optional.of("c2"), (name, print) -> member.get());
        try (MemberServer server = MemberServer.start(at, Tls.of(c2, trust(c2, Optional.empty())), new Echo());
                MemberClient client = new MemberClient(at, Tls.of(c1, trust), shown -> member.get())) {
            assertThat(server).isNotNull();
            assertThat(client.ask("/x", JSON.createObjectNode(), PATIENCE).path("from").asText()).isEqualTo("c1");
            member.set(false);
            assertThatThrownBy(() -> client.ask("/x", JSON.createObjectNode(), PATIENCE))
                    .isInstanceOf(IOException.class);
            member.set(true);
            assertThat(client.ask("/x", JSON.createObjectNode(), PATIENCE).path("from").asText())
                    .as("it was invited again").isEqualTo("c1");
        }
    }

    @Test
    void whatIsNoTokenIsSaidToBeNone() {
        assertThatThrownBy(() -> Invitations.join(state, "c2", member("c1", 1), "reroute_invite_abc"))
                .isInstanceOf(RequestRefusedException.class).hasMessageContaining("a part of it is missing");
    }

    @Test
    void whoIsAMemberAlreadyJoinsNoOtherCluster() throws Exception {
        Identity.found(member("c1", 1)).store(state);
        assertThatThrownBy(() -> Membership.join(state, "c1", new Endpoint(Address.parse("127.0.0.1"), 1), "x"))
                .isInstanceOf(RequestRefusedException.class).hasMessageContaining("is c1 of a cluster already");
    }

    @Test
    void onceMembersAreKnownTheSignatureOfTheAuthorityAloneIsNotEnough() {
        RecordedState none = RecordedState.NOTHING;
        assertThat(ClusterNotes.mayBe(none, "c1", "print")).as("where nothing is known yet").isTrue();
        RecordedState known = none.apply(ClusterNotes.joined("c1", "print", Instant.EPOCH));
        assertThat(ClusterNotes.mayBe(known, "c1", "print")).isTrue();
        assertThat(ClusterNotes.mayBe(known, "c1", "other")).isFalse();
        assertThat(ClusterNotes.mayBe(known, "x9", "any")).as("signed by a removed member for itself").isFalse();
        assertThat(ClusterNotes.mayBe(none.apply(ClusterNotes.removed("c2", Instant.EPOCH)), "x9", "any")).isFalse();
    }
}
