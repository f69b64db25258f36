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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks another member. Connections are kept. Thread-safe. */
public final class MemberClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final Member member;
    private final SSLContext context;
    private final Predicate<X509Certificate> trusted;
    private HttpClient client;
    private volatile X509Certificate shown;

    public MemberClient(Member member, SSLContext context) {
        this(member, context, shown -> true);
    }

    /**
     * @param trusted asked before each question: a connection may outlive a membership. That a certificate is trusted at the
     *     beginning of a connection is the context's matter
     */
    public MemberClient(Member member, SSLContext context, Predicate<X509Certificate> trusted) {
        this.member = member;
        this.context = context;
        this.trusted = trusted;
        this.client = connect();
    }

    private HttpClient connect() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context)
                .connectTimeout(CONNECT).build();
    }

    /** Leaves a connection to somebody who is trusted no more; the next one shows who answers there now. */
    private synchronized HttpClient client() {
        X509Certificate before = shown;
        if (before != null && !trusted.test(before)) {
            shown = null;
            client.shutdownNow();
            forgetSessions();
            client = connect();
        }
        return client;
    }

    /** A session that is resumed shows no certificate again. */
    private void forgetSessions() {
        SSLSessionContext sessions = context.getClientSessionContext();
        Collections.list(sessions.getIds()).forEach(id -> {
            SSLSession session = sessions.getSession(id);
            if (session != null) {
                session.invalidate();
            }
        });
    }

    private void note(SSLSession session) {
        try {
            shown = (X509Certificate) session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            LOG.debug("a member that shows no certificate was trusted by the context", e);
        }
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
            HttpResponse<T> response = client().send(request, handler);
            response.sslSession().ifPresent(this::note);
            return response;
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
        client().shutdownNow();
    }
}
