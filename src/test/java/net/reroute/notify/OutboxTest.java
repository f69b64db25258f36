package net.reroute.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Channel;
import net.reroute.core.Channel.Format;
import net.reroute.core.Channel.Medium;
import net.reroute.core.Event;
import net.reroute.core.Event.Kind;
import net.reroute.core.Login.Secret;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;
import net.reroute.core.Reactions;
import net.reroute.lab.Lab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outbox with a real HTTP receiver. */
@Timeout(60)
class OutboxTest {

    private record Got(String id, String stamp, String signature, String body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private Outbox outbox;

    private final OutboxStore store = new OutboxStore() {
        @Override
        public void put(String id, String json) {
            kept.put(id, json);
        }

        @Override
        public void remove(Collection<String> ids) {
            ids.forEach(kept::remove);
        }

        @Override
        public void open(String problem, String since) {
            problems.put(problem, since);
        }

        @Override
        public void close(String problem) {
            problems.remove(problem);
        }

        @Override
        public void awaitKept(Duration atMost) {
            // It is kept at once.
        }

        @Override
        public void lost(String channel, String text) {
            lost.add(text);
        }
    };

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes());
            var headers = exchange.getRequestHeaders();
            got.add(new Got(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"), body));
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        if (outbox != null) {
            outbox.close();
        }
        receiver.stop(0);
    }

    private void open(Format format, NotificationRule... rules) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "whsec_c2VjcmV0\n");
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        Channel channel = new Channel("ops", new Medium.Webhook(Optional.of(url), Optional.empty(), format,
                Optional.of(new Secret.InFile(secret)), Optional.empty()), Duration.ofDays(1));
        outbox = new Outbox(store, Instant::now, new LinkedHashMap<>(new java.util.TreeMap<>(kept)), problems);
        outbox.use(new Reactions(Map.of(), Map.of("ops", channel), List.of(rules)),
                (server, services) -> server.equals("host1") && services.contains("www-1"));
    }

    private static NotificationRule all() {
        return new NotificationRule("all", List.of("ops"), Severity.INFO, List.of(), List.of(), Optional.empty(),
                Duration.ofMillis(1));
    }

    private static Event event(Kind kind, String... facts) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < facts.length; i += 2) {
            all.put(facts[i], facts[i + 1]);
        }
        all.putIfAbsent("text", kind.word());
        return new Event(kind, Instant.now(), all);
    }

    private Got next() throws InterruptedException {
        Got next = got.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("a message").isNotNull();
        return next;
    }

    @Test
    void aMessageIsSignedAndARepeatCarriesTheSameId() throws Exception {
        answers.addAll(List.of(500, 429, 200));
        open(Format.JSON, all());
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host1", "check", "web"));
        Got first = next();
        Got third = (next() != null) ? next() : null;
        assertThat(third.id()).isEqualTo(first.id());
        assertThat(third.body()).isEqualTo(first.body());
        assertThat(third.signature()).isEqualTo("v1," + WebhookSender.signature("whsec_c2VjcmV0",
                third.id() + "." + third.stamp() + "." + third.body()));
        JsonNode body = JSON.readTree(first.body());
        assertThat(body.path("id").asText()).isEqualTo(first.id());
        assertThat(body.path("events").path(0).path("facts").path("server").asText()).isEqualTo("host1");
    }

    @Test
    void theSignatureIsTheOneOfTheStandardsOwnExample() throws Exception {
        assertThat(WebhookSender.signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}"))
                .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whatTheLastProcessDidNotDeliverIsDeliveredByTheNextWithTheSameId() throws Exception {
        answers.add(500);
        open(Format.JSON, all());
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host1", "check", "web"));
        Got first = next();
        outbox.close(); // as kill -9 would leave it: nothing more is written
        Map<String, String> left = Map.copyOf(kept);
        assertThat(left).hasSize(1);
        open(Format.JSON, all());
        assertThat(next().id()).isEqualTo(first.id());
    }

    @Test
    void everyProblemThatWasToldOfIsResolvedAndNoOther() throws Exception {
        open(Format.JSON, all());
        outbox.tell(event(Kind.SERVER_UP, "server", "host2", "check", "web"));
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host1", "check", "web"));
        assertThat(JSON.readTree(next().body()).findValuesAsText("state")).containsExactly("firing");
        assertThat(problems).hasSize(1);
        outbox.tell(event(Kind.SERVER_UP, "server", "host1", "check", "web", "text", "host1 is UP again"));
        JsonNode over = JSON.readTree(next().body());
        assertThat(over.path("subject").asText()).isEqualTo("[resolved] host1 is UP again");
        assertThat(over.findValuesAsText("state")).containsExactly("resolved");
        assertThat(problems).isEmpty();
    }

    @Test
    void alertmanagerIsToldTheEndWithTheLabelsOfTheBeginning() throws Exception {
        open(Format.ALERTMANAGER, all());
        outbox.tell(event(Kind.NOT_MOVED, "service", "www-1", "text", "nobody is UP"));
        JsonNode firing = JSON.readTree(next().body()).path(0);
        outbox.tell(event(Kind.MOVED, "service", "www-1", "server", "host1", "from", "host1", "to", "host2",
                "decision", "failover"));
        JsonNode resolved = JSON.readTree(next().body()).path(0);
        assertThat(resolved.path("labels")).isEqualTo(firing.path("labels"));
        assertThat(resolved.path("startsAt")).isEqualTo(firing.path("startsAt"));
        assertThat(firing.path("labels").path("alertname").asText()).isEqualTo("reroute-not-moved");
        assertThat(Instant.parse(resolved.path("endsAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(Instant.parse(firing.path("endsAt").asText())).isAfter(Instant.now());
    }

    @Test
    void fiftyPrefixesOfOneServerAreOneMessageThatCountsThem() throws Exception {
        open(Format.SLACK, all());
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host1", "check", "web", "text", "host1 is DOWN"));
        for (int i = 0; i < 50; i++) {
            outbox.tell(event(Kind.MOVED, "service", "www-" + i, "server", "host1", "decision", "failover", "text",
                    "www-" + i + " host1 -> <host2>"));
        }
        assertThat(JSON.readTree(next().body()).path("text").asText())
                .startsWith("*[warning] 1 server DOWN (host1), 50 services moved*")
                .contains("www-49 host1 -&gt; &lt;host2&gt;");
        assertThat(got).isEmpty();
    }

    @Test
    void aRuleHearsOnlyOfItsServicesAndNothingBelowItsSeverity() throws Exception {
        open(Format.JSON, new NotificationRule("web", List.of("ops"), Severity.WARNING, List.of("www-1"), List.of(),
                Optional.empty(), Duration.ofMillis(1)));
        outbox.tell(event(Kind.MOVED, "service", "www-2", "decision", "failover", "text", "another service"));
        outbox.tell(event(Kind.MOVED, "service", "www-1", "decision", "planned", "text", "only planned"));
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host9", "text", "another server"));
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host1", "text", "a server of www-1"));
        outbox.tell(event(Kind.ROUTER_UNREACHABLE, "router", "gw1", "text", "routers concern all"));
        assertThat(JSON.readTree(next().body()).findValuesAsText("text")).containsExactly("a server of www-1",
                "routers concern all");
    }

    @Test
    void whatWaitsForAChannelThatIsTakenAwayIsToldInTheJournal() throws Exception {
        open(Format.JSON,
                new NotificationRule("slow", List.of("ops"), Severity.INFO, List.of(), List.of(), Optional.empty(),
                        Duration.ofMinutes(1)));
        outbox.tell(event(Kind.SERVER_DOWN, "server", "host1", "text", "host1 is DOWN"));
        Lab.await("it waits", () -> !kept.isEmpty());
        outbox.use(Reactions.NONE, (server, services) -> false);
        assertThat(lost.poll(10, TimeUnit.SECONDS)).contains("no such channel any more").contains("host1 is DOWN");
        assertThat(kept).isEmpty();
    }
}
