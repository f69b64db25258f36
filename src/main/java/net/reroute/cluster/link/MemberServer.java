package net.reroute.cluster.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a member listens to the others: HTTP over mutual TLS. Who has no certificate can only ask to join. */
public final class MemberServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberServer.class);
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL = 500;
    private static final int BUSY = 503;
    /** Rows of a burst, with the state of a large network in some of them. */
    private static final int LONGEST_BODY = 64 << 20;
    private static final int LONGEST_STRANGER = 16 << 10;
    /** Who has no certificate needs a place, so that he cannot keep members from theirs. */
    private static final int STRANGERS = 4;

    /** What members can ask. */
    public interface Desk {

        /**
         * Answers a question.
         *
         * @param member who asks; empty: somebody who would join
         * @throws MemberException to refuse
         */
        JsonNode answer(Optional<String> member, String what, JsonNode question) throws IOException;

        /** Answers at length, as it goes. Returns without having written anything if it does not know the question. */
        boolean stream(String member, String what, JsonNode question, Body body) throws IOException;

        /** False if this certificate is not, or no longer, a member's. */
        boolean isMember(String name, String fingerprint);
    }

    /** Begins the answer. */
    public interface Body {
        OutputStream begin() throws IOException;
    }

    private final HttpsServer server;
    private final Desk desk;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore strangers = new Semaphore(STRANGERS);

    private MemberServer(HttpsServer server, Desk desk) {
        this.server = server;
        this.desk = desk;
    }

    /** Starts listening at the member's address. */
    public static MemberServer start(Member member, SSLContext context, Desk desk) throws IOException {
        HttpsServer https;
        try {
            https = HttpsServer.create(new InetSocketAddress(member.address().inet(), member.port()), 0);
        } catch (IOException e) {
            throw new IOException("cannot listen for other members at " + member.address() + " port " + member.port()
                    + ": " + e.getMessage(), e);
        }
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setProtocols(new String[]{Tls.VERSION});
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        MemberServer started = new MemberServer(https, desk);
        https.setExecutor(started.threads);
        https.createContext("/", started::handle);
        https.start();
        return started;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Optional<String> member = member((HttpsExchange) exchange);
            byte[] body = body(exchange, member.isPresent() ? LONGEST_BODY : LONGEST_STRANGER);
            if (member.isPresent()) {
                answer(exchange, member, body);
            } else if (strangers.tryAcquire()) {
                try {
                    answer(exchange, member, body);
                } finally {
                    strangers.release();
                }
            } else {
                throw new MemberException(BUSY, "too many want to join at this moment; try again");
            }
        } catch (MemberException e) {
            send(exchange, e.status(), e.getMessage());
        } catch (IOException e) {
            LOG.debug("a member went away", e);
        } catch (RuntimeException | Error e) {
            LOG.error("a member's question ended with an internal error: {}", exchange.getRequestURI().getPath(), e);
            send(exchange, INTERNAL, "internal error; the log of that member has more");
        } finally {
            exchange.close();
        }
    }

    /** Looked at in each request: a connection may outlive the membership. */
    private Optional<String> member(HttpsExchange exchange) throws MemberException {
        try {
            X509Certificate shown = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
            String name = Identity.nameIn(shown);
            if (!desk.isMember(name, Identity.fingerprint(shown))) {
                throw new MemberException(FORBIDDEN, name + " is no member any more");
            }
            return Optional.of(name);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** Read before a place is taken: who is slow keeps nobody from his. */
    private static byte[] body(HttpExchange exchange, int longest) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(longest + 1);
        if (body.length > longest) {
            throw new MemberException(TOO_LARGE, longest + " bytes at most");
        }
        return body;
    }

    private void answer(HttpExchange exchange, Optional<String> member, byte[] body) throws IOException {
        String what = exchange.getRequestURI().getPath();
        JsonNode question;
        try {
            question = body.length == 0 ? Messages.empty() : Messages.JSON.readTree(body);
        } catch (IOException e) {
            throw new MemberException(400, "not JSON");
        }
        if (member.isPresent() && desk.stream(member.get(), what, question, () -> {
            exchange.sendResponseHeaders(OK, 0);
            return exchange.getResponseBody();
        })) {
            return;
        }
        byte[] answer = Messages.JSON.writeValueAsBytes(desk.answer(member, what, question));
        exchange.sendResponseHeaders(OK, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static void send(HttpExchange exchange, int status, String message) {
        try {
            byte[] text = Messages.JSON.writeValueAsBytes(Messages.empty().put("problem", Text.one(message)));
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        } catch (IOException e) {
            LOG.debug("a member went away", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
