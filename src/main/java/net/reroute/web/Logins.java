package net.reroute.web;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.reroute.core.AccessToken;
import net.reroute.web.Caller.Proof;

/** Who is logged in. A login ends with its token, after twelve hours, or with the process. Thread-safe. */
final class Logins {

    static final Duration LASTS = Duration.ofHours(12);
    private static final int MOST = 1000;
    private static final int BYTES = 32;

    private record Session(String name, String hash, Instant until) {}

    private final Supplier<List<AccessToken>> tokens;
    private final SecureRandom random = new SecureRandom();
    private final byte[] key = new byte[BYTES];
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    Logins(Supplier<List<AccessToken>> tokens) {
        this.tokens = tokens;
        random.nextBytes(key);
    }

    /** The caller that this secret belongs to. */
    Optional<Caller> byToken(String secret) {
        Instant now = Instant.now();
        Optional<AccessToken> found = Optional.empty();
        for (AccessToken token : tokens.get()) { // all of them, so that time tells nothing
            if (token.admits(secret, now)) {
                found = Optional.of(token);
            }
        }
        return found.map(t -> new Caller(t.name(), !t.readOnly(), Proof.TOKEN, ""));
    }

    /** Begins a session; empty if the secret is wrong. */
    Optional<String> begin(String secret) {
        return byToken(secret).map(caller -> {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            synchronized (sessions) {
                sessions.values().removeIf(s -> s.until.isBefore(Instant.now()));
                while (sessions.size() >= MOST) {
                    sessions.remove(sessions.keySet().iterator().next());
                }
                sessions.put(id, new Session(caller.name(), AccessToken.hash(secret), Instant.now().plus(LASTS)));
            }
            return id;
        });
    }

    /** The caller of a session; empty if it is over, or its token is. */
    Optional<Caller> bySession(String id) {
        Instant now = Instant.now();
        Session session;
        synchronized (sessions) {
            session = sessions.get(id);
        }
        if (session == null || session.until.isBefore(now)) {
            return Optional.empty();
        }
        return tokens.get().stream().filter(t -> t.hash().equals(session.hash) && !t.isOver(now)).findFirst()
                .map(t -> new Caller(t.name(), !t.readOnly(), Proof.COOKIE, id));
    }

    void end(String id) {
        synchronized (sessions) {
            sessions.remove(id);
        }
    }

    /** What a page of ours knows and a foreign one does not: it must come with each request that changes something. */
    String mark(Caller caller) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(
                    (caller.proof() + " " + caller.session()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    boolean isMark(Caller caller, String mark) {
        return MessageDigest.isEqual(mark(caller).getBytes(StandardCharsets.US_ASCII),
                mark.getBytes(StandardCharsets.UTF_8));
    }
}
