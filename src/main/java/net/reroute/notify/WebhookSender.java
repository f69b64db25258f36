package net.reroute.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.reroute.core.Channel.Medium;
import net.reroute.core.Text;
import net.reroute.ssh.Authorities;
import net.reroute.ssh.Secrets;

/**
 * Posts JSON. Signed as Standard Webhooks asks (standardwebhooks.com, symmetric v1): receivers check it with ready-made
 * libraries. A redirect is not followed: it would send the message and its signature elsewhere.
 */
final class WebhookSender implements Sender {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int MOST_SAID = 500;
    private static final String PREFIX = "whsec_";
    private static final int TOO_MANY = 429;

    private final String channel;
    private final Medium.Webhook way;

    WebhookSender(String channel, Medium.Webhook way) {
        this.channel = channel;
        this.way = way;
    }

    @Override
    public void send(Message message) throws NotSentException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).sslContext(Authorities.context(way.ca())).build()) {
            try {
                answered(client.send(request(message), HttpResponse.BodyHandlers.ofInputStream()));
            } finally {
                client.shutdownNow();
            }
        } catch (ConnectException e) {
            throw new NotSentException(where() + ": connection refused", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new NotSentException(where() + ": " + (e.getMessage() == null
                    ? e.getClass().getSimpleName()
                    : Text.one(e.getMessage())), e);
        } catch (IllegalArgumentException e) {
            // Without the cause, which quotes the URL.
            throw new NotSentException(where() + ": its URL cannot be used; write it like https://host/path", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException(where() + ": no answer in time", e);
        }
    }

    /** Without the path, which may be a secret. */
    private String where() {
        return way.url().map(u -> u.getScheme() + "://" + u.getAuthority()).orElse("the webhook of " + channel);
    }

    private HttpRequest request(Message message) throws IOException, GeneralSecurityException {
        String body = Payload.of(way.format(), channel, message);
        HttpRequest.Builder request = HttpRequest.newBuilder(url()).timeout(ANSWER)
                .header("Content-Type", "application/json").header("User-Agent", "reroute")
                .header("webhook-id", message.id())
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (way.secret().isPresent()) {
            String stamp = Long.toString(Instant.now().getEpochSecond());
            String secret = new String(Secrets.read(way.secret().get()));
            request.header("webhook-timestamp", stamp).header("webhook-signature",
                    "v1," + signature(secret, message.id() + "." + stamp + "." + body));
        }
        return request.build();
    }

    private URI url() throws IOException {
        if (way.url().isPresent()) {
            return way.url().get();
        }
        try {
            return URI.create(new String(Secrets.read(way.hidden().orElseThrow())).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("what its file holds is no URL"); // without the cause, which quotes it
        }
    }

    /** Base64 of HMAC-SHA256; a secret with the prefix is itself Base64. */
    static String signature(String secret, String signed) throws GeneralSecurityException {
        byte[] key = secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private void answered(HttpResponse<InputStream> response) throws NotSentException, IOException {
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status / 100 == 2) {
                return;
            }
            // Some answers quote the path.
            String said = way.url().isEmpty()
                    ? ""
                    : Text.one(new String(body.readNBytes(MOST_SAID), StandardCharsets.UTF_8));
            // These refuse the message itself; other errors may be temporary.
            boolean refused = status == 400 || status == 413 || status == 422;
            throw new NotSentException(where() + " answers " + status + (said.isEmpty() ? "" : ": " + said), refused,
                    status == TOO_MANY || status == 503 ? retryAfter(response) : Optional.empty(), null);
        }
    }

    /** In seconds (RFC 9110, 10.2.3); a date is ignored. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").filter(v -> v.matches("\\d{1,6}"))
                .map(v -> Duration.ofSeconds(Long.parseLong(v)));
    }
}
