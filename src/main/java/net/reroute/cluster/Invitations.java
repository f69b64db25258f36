package net.reroute.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.link.MemberClient;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.link.Messages;
import net.reroute.cluster.link.PinnedTrust;
import net.reroute.cluster.link.Tls;
import net.reroute.cluster.member.ClusterNotes;
import net.reroute.cluster.member.Election;
import net.reroute.cluster.member.MemberParts;
import net.reroute.cluster.member.Roster;
import net.reroute.core.Actor;
import net.reroute.core.ClusterRemarks.MembershipChanged;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Text;

/**
 * How a controller becomes a member: the leader invites it by name, and the token carries the fingerprint of the
 * authority and a secret. The newcomer trusts nobody else, and has its own key certified for the secret.
 */
final class Invitations {

    /** An invitation is good for one: it is used up before the next one is looked at. */
    private static final Object ONE_AT_A_TIME = new Object();
    static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final String PREFIX = "reroute_invite_";
    private static final int SECRET_BYTES = 20;
    private static final int PRINT_BYTES = 32;
    private static final int SECONDS = 5;
    private static final int REFUSED = 403;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MemberParts parts;
    private final Identity identity;

    Invitations(MemberParts parts, Identity identity) {
        this.parts = parts;
        this.identity = identity;
    }

    /** Makes a token for a member of the inventory. */
    String invite(String name, Actor by) throws RequestRefusedException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        await(parts.host().record(ClusterNotes.invited(name, hash(secret), Instant.now().plus(GOOD_FOR)),
                new MembershipChanged(by, name, "invited")));
        byte[] print = HexFormat.of().parseHex(Identity.fingerprint(identity.authority()));
        byte[] token = Arrays.copyOf(print, PRINT_BYTES + SECRET_BYTES);
        System.arraycopy(secret, 0, token, PRINT_BYTES, SECRET_BYTES);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Ends a membership. */
    void remove(String name, Actor by) throws RequestRefusedException {
        await(parts.host().record(ClusterNotes.removed(name, Instant.now()),
                new NotesDropped(Shelf.CLUSTER, List.of(ClusterNotes.invitation(name))),
                new MembershipChanged(by, name, "removed")));
    }

    private static String hash(byte[] secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void await(Future<Void> written) throws RequestRefusedException {
        try {
            written.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new RequestRefusedException("the journal cannot be written now; 'reroute status' tells why", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestRefusedException("interrupted", e);
        }
    }

    /**
     * Certifies the key of a newcomer that has an invitation. Each is good for one.
     *
     * @param joined receives the newcomer
     */
    ObjectNode join(JsonNode question, Leadership leadership, Consumer<Member> joined) throws IOException {
        if (!leadership.leads()) {
            throw new MemberException(REFUSED, leadership.election().flatMap(Election::leader)
                    .flatMap(parts.spec()::member).map(m -> m.name() + " leads; join there: " + m.address())
                    .orElse("no controller leads just now; try again"));
        }
        synchronized (ONE_AT_A_TIME) {
            return admit(question, joined);
        }
    }

    private ObjectNode admit(JsonNode question, Consumer<Member> joined) throws IOException {
        String name = ClusterNotes.invited(parts.host().state(), hash(secret(question)), Instant.now())
                .orElseThrow(() -> new MemberException(REFUSED, "this invitation is not, or no longer, good; 'reroute"
                        + " cluster invite NAME' makes another"));
        String own = question.path("name").asText();
        if (!own.equals(name)) {
            throw new MemberException(REFUSED, "this invitation is for " + name + ", and not for " + Text.one(own)
                    + "; nothing was changed");
        }
        Member member = parts.spec().member(name).orElseThrow(() -> new MemberException(REFUSED,
                name + " is no longer in the section controllers: of the leader"));
        X509Certificate certificate = identity.sign(member, key(question.path("key").asText()));
        try {
            await(parts.host().record(ClusterNotes.joined(name, Identity.fingerprint(certificate), Instant.now()),
                    new NotesDropped(Shelf.CLUSTER, List.of(ClusterNotes.invitation(name))),
                    new MembershipChanged(new Actor.Program(), name, "joined, certified")));
        } catch (RequestRefusedException e) {
            throw new MemberException(REFUSED, e.getMessage());
        }
        joined.accept(member);
        ObjectNode answer = Messages.empty().put("name", name)
                .put("certificate", Identity.pem(certificate)).put("authority", Identity.pem(identity.authority()));
        if (!member.witness() && identity.authorityKey().isPresent()) {
            answer.put("authority-key", Identity.pem(identity.authorityKey().get()));
        }
        return answer;
    }

    private static byte[] secret(JsonNode question) throws MemberException {
        try {
            return Base64.getDecoder().decode(question.path("secret").asText());
        } catch (IllegalArgumentException e) {
            throw new MemberException(400, "the invitation cannot be read");
        }
    }

    private static PublicKey key(String text) throws MemberException {
        try {
            return KeyFactory.getInstance("EC").generatePublic(
                    new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MemberException(400, "the key cannot be read");
        }
    }

    // ---- the newcomer -----------------------------------------------------------------------------------------------

    /**
     * Joins at a member that leads, and stores this controller's certificate.
     *
     * @param own the name of this controller in the inventory
     * @return the name of this member
     * @throws RequestRefusedException if the token is none, or the leader refuses it
     * @throws IOException if nobody answers there
     */
    static String join(Path state, String own, Member at, String token) throws RequestRefusedException, IOException {
        byte[] bytes = bytes(token);
        String print = HexFormat.of().formatHex(bytes, 0, PRINT_BYTES);
        byte[] secret = Arrays.copyOfRange(bytes, PRINT_BYTES, bytes.length);
        KeyPair keys = Identity.keys();
        ObjectNode question = Messages.empty().put("name", own)
                .put("secret", Base64.getEncoder().encodeToString(secret))
                .put("key", Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        JsonNode answer;
        try (MemberClient client = new MemberClient(at, Tls.joining(new PinnedTrust(print)))) {
            answer = client.ask("/join", question, PATIENCE);
        } catch (MemberException e) {
            throw new RequestRefusedException(e.getMessage(), e);
        }
        X509Certificate authority = Identity.certificate(answer.path("authority").asText());
        if (!Identity.fingerprint(authority).equals(print)) {
            throw new RequestRefusedException("what answers at " + at.address()
                    + " is not the controller that the token is from; nothing was changed");
        }
        X509Certificate certificate = Identity.certificate(answer.path("certificate").asText());
        Optional<String> authorityKey = Optional.of(answer.path("authority-key").asText()).filter(k -> !k.isEmpty());
        Identity identity = new Identity("", "", certificate, keys.getPrivate(), authority, authorityKey.isPresent()
                ? Optional.of(Identity.privateKey(authorityKey.get()))
                : Optional.empty());
        identity.store(state);
        Roster.begin(state);
        return answer.path("name").asText();
    }

    private static byte[] bytes(String token) throws RequestRefusedException {
        try {
            byte[] bytes = token.startsWith(PREFIX)
                    ? Base64.getUrlDecoder()
                            .decode(token.substring(PREFIX.length()).getBytes(StandardCharsets.US_ASCII))
                    : new byte[0];
            if (bytes.length == PRINT_BYTES + SECRET_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw noToken(e);
        }
        throw noToken(null);
    }

    private static RequestRefusedException noToken(Exception e) {
        return new RequestRefusedException("this is no token, or a part of it is missing; it begins with " + PREFIX
                + " and is the last line that 'reroute cluster invite' prints", e);
    }
}
