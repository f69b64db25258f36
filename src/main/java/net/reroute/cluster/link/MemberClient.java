package net.reroute.cluster.link;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Text;

/** Asks another member. Connections are kept. Thread-safe. */
public final class MemberClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Member member;
    private final HttpClient client;

    public MemberClient(Member member, SSLContext context) {
        this.member = member;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context)
                .connectTimeout(CONNECT).build();
    }

    public Member member() {
        return member;
    }

    private HttpRequest request(String what, JsonNode question, Duration within) throws IOException {
        return HttpRequest.newBuilder(uri(what)).timeout(within)
                .POST(BodyPublishers.ofByteArray(Messages.JSON.writeValueAsBytes(question))).build();
    }

    private URI uri(String what) {
        String host = member.address().v6() ? "[" + member.address() + "]" : member.address().toString();
        return URI.create("https://" + host + ":" + member.port() + what);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws MemberException if the member refuses
     * @throws IOException if it does not answer in time
     */
    public JsonNode ask(String what, JsonNode question, Duration within) throws IOException {
        HttpResponse<byte[]> response = send(request(what, question, within), BodyHandlers.ofByteArray());
        JsonNode answer = Messages.JSON.readTree(response.body());
        if (response.statusCode() != OK) {
            throw new MemberException(response.statusCode(), Text.one(answer.path("problem").asText("no reason")));
        }
        return answer;
    }

    /** Asks for an answer that comes as it goes. The caller closes it. */
    public InputStream open(String what, JsonNode question, Duration within) throws IOException {
        HttpResponse<InputStream> response = send(request(what, question, within), BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
            try (InputStream body = response.body()) {
                throw new MemberException(response.statusCode(),
                        Text.one(Messages.JSON.readTree(body).path("problem").asText("no reason")));
            }
        }
        return response.body();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new IOException(member.name() + " (" + member.address() + " port " + member.port()
                    + ") does not answer: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
