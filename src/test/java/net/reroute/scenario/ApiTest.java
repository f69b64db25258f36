package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.reroute.core.Actor;
import net.reroute.core.Address;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Endpoint;
import net.reroute.core.Given;
import net.reroute.core.WebSpec;
import net.reroute.operations.OperatorRequest;
import net.reroute.web.WebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTP, on a stage. */
@Timeout(120)
class ApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Actor ROOT = new Actor.Human("root", "");

    @TempDir
    Path state;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Stage stage;
    private StageBackend backend;
    private WebServer server;
    private String at;

    @BeforeEach
    void start() throws Exception {
        Given given = Given.one().service("www-2", "192.168.1.64/27", Given.rules(), "host2", "host3", "host4")
                .at("www-2", Origin.MOVED, "host2");
        stage = new Stage(state, given, Map.of("gw1", new FakeDevice())).start();
        stage.checks(3);
        backend = new StageBackend(stage);
        serve(spec(false, Optional.empty()));
    }

    private void serve(WebSpec spec) throws IOException {
        if (server != null) {
            server.close();
        }
        server = WebServer.start(spec, backend, () -> {
        });
        at = "http://" + server.endpoint(spec);
    }

    private static WebSpec spec(boolean anyone, Optional<WebSpec.TrustedProxy> proxy) {
        return new WebSpec(new Endpoint(Address.parse("127.0.0.1"), 0), true, Optional.empty(), anyone,
                List.of("reroute.example"), proxy);
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
        stage.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at + path)).timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send("GET", path, "").body());
    }

    private String token(String name, boolean readOnly) throws Exception {
        return backend.operations("").addToken(name, readOnly, OperatorRequest.plain(ROOT, "")).secret();
    }

    private static String problem(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return response.statusCode() + " " + JSON.readTree(response.body()).path("detail").asText();
    }

    @Test
    void theStatusIsThatOfTheCommand() throws Exception {
        JsonNode status = get("/api/v1/status");
        assertThat(status.path("headline").asText()).startsWith("all well: 2 services on 4 servers");
        assertThat(status.path("version").asText()).isEqualTo("1.2.3");
        assertThat(status.path("services").path(0).path("status").asText()).isEqualTo("ok");
        assertThat(get("/api/v1/status?fields=services.name,level").toString())
                .isEqualTo("{\"services\":[{\"name\":\"www-1\"},{\"name\":\"www-2\"}],\"level\":\"good\"}");
        assertThat(get("/api/v1/status?of=www-2").path("services")).hasSize(1);
        assertThat(problem(send("GET", "/api/v1/status?fields=nmae", ""))).startsWith("400 there is no field 'nmae'");
        assertThat(problem(send("GET", "/api/v1/explanations/www-9", ""))).startsWith("404 no service");
    }

    @Test
    void aMoveNeedsAToken() throws Exception {
        String move = "{\"services\": [\"www-1\"], \"to\": \"host3\", \"because\": \"test\"}";
        assertThat(problem(send("POST", "/api/v1/moves", move))).startsWith("401 log in with a token");
        assertThat(problem(send("POST", "/api/v1/moves", move, "Authorization", "Bearer " + token("wall", true))))
                .isEqualTo("403 the token of wall may look, and change nothing");
        assertThat(stage.at("www-1")).containsExactly("host1");
        HttpResponse<String> moved = send("POST", "/api/v1/moves", move, "Authorization",
                "Bearer " + token("anna", false));
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(moved.body()).path(0).path("exit").asInt()).isZero();
        assertThat(stage.at("www-1")).containsExactly("host3");
        assertThat(get("/api/v1/status?of=www-1").path("services").path(0).path("pin").path("by").asText())
                .isEqualTo("anna");
    }

    @Test
    void aDryRunNeedsNoTokenAndTypesNothing() throws Exception {
        JsonNode shown = JSON.readTree(send("POST", "/api/v1/moves",
                "{\"services\": \"www-1\", \"to\": \"host3\", \"dryRun\": true}").body());
        assertThat(shown.path(0).path("routers").path(0).path("outcome").asText()).isEqualTo("shown");
        assertThat(stage.routers.get("gw1").typed).isEmpty();
    }

    @Test
    void aMisspeltFieldMovesNothing() throws Exception {
        assertThat(
                problem(send("POST", "/api/v1/moves", "{\"services\": \"www-1\", \"to\": \"host3\", \"dryrun\": true}",
                        "Authorization", "Bearer " + token("anna", false))))
                .startsWith("400 unknown field 'dryrun', did you mean 'dryRun'?");
        assertThat(stage.routers.get("gw1").typed).isEmpty();
    }

    @Test
    void aRequestThatIsSentAgainIsCarriedOutOnce() throws Exception {
        String[] headers = {"Authorization", "Bearer " + token("anna", false), "Idempotency-Key", "one"};
        String move = "{\"services\": \"www-1\", \"to\": \"host3\"}";
        String first = send("POST", "/api/v1/moves", move, headers).body();
        assertThat(send("POST", "/api/v1/moves", move, headers).body()).isEqualTo(first);
        assertThat(stage.routers.get("gw1").typed).hasSize(1);
        assertThat(problem(send("POST", "/api/v1/moves", move.replace("host3", "host4"), headers)))
                .startsWith("422 this Idempotency-Key belongs to another request");
    }

    @Test
    void aSessionNeedsItsMarkSoThatAForeignPageCannotUseIt() throws Exception {
        HttpResponse<String> login = send("POST", "/api/v1/session",
                "{\"token\": \"" + token("anna", false) + "\"}");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        String session = cookie.split(";")[0];
        String mark = JSON.readTree(login.body()).path("mark").asText();
        assertThat(JSON.readTree(send("GET", "/api/v1/session", "", "Cookie", session).body()).has("mark"))
                .as("a program at another port that was sent the cookie cannot act with it").isFalse();
        String pause = "{\"because\": \"test\"}";
        assertThat(problem(send("POST", "/api/v1/pauses", pause, "Cookie", session))).startsWith("403");
        assertThat(problem(send("POST", "/api/v1/pauses", pause, "Cookie", session, "X-Reroute-Mark", "x")))
                .startsWith("403");
        assertThat(send("POST", "/api/v1/pauses", pause, "Cookie", session, "X-Reroute-Mark", mark).statusCode())
                .isEqualTo(200);
        backend.operations("").revokeToken("anna", OperatorRequest.plain(ROOT, ""));
        assertThat(send("POST", "/api/v1/resumptions", pause, "Cookie", session, "X-Reroute-Mark", mark).statusCode())
                .as("the login ends with its token").isEqualTo(401);
    }

    @Test
    void secretsAreNotGuessed() throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            codes.add(send("POST", "/api/v1/session", "{\"token\": \"reroute_" + i + "\"}").statusCode());
        }
        assertThat(codes).startsWith(401).endsWith(429);
        assertThat(send("POST", "/api/v1/session", "{\"token\": \"" + token("anna", false) + "\"}").statusCode())
                .as("who guesses locks nobody out").isEqualTo(200);
    }

    @Test
    void theCertificateIsTheOneOfTheSettingsAndItsNamesAreServed(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store");
        char[] password = "changeit".toCharArray();
        Process made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-alias", "page", "-dname", "CN=page", "-ext",
                "san=dns:localhost,dns:tls.example", "-keystore", store.toString(), "-storepass", "changeit")
                .redirectErrorStream(true).start();
        assertThat(made.waitFor()).as(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        WebSpec.Tls tls = new WebSpec.Tls(pem(folder, "CERTIFICATE", keys.getCertificate("page").getEncoded()),
                pem(folder, "PRIVATE KEY", keys.getKey("page", password).getEncoded()));
        serve(new WebSpec(new Endpoint(Address.parse("127.0.0.1"), 0), true, Optional.of(tls), false, List.of(),
                Optional.empty()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        keys.setCertificateEntry("trusted", keys.getCertificate("page"));
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(at.replace("http://127.0.0.1",
                    "https://localhost") + "/health/live")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    private static Path pem(Path folder, String what, byte[] bytes) throws IOException {
        return Files.writeString(folder.resolve(what), "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what + "-----\n");
    }

    @Test
    void aForeignPageMakesTheDaemonDoNothing() throws Exception {
        for (String path : List.of("/api/v1/findings", "/api/v1/status", "/api/v1/state", "/metrics")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(raw("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                + "Content-Length: 0\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"))
                .as("a link may lead here").startsWith("HTTP/1.1 200");
    }

    @Test
    void whoAsksForTheStateAtOnceIsAnsweredAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(http.sendAsync(HttpRequest.newBuilder(URI.create(at + "/api/v1/state"))
                    .timeout(Duration.ofSeconds(15)).build(), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> one : all) {
            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(one.get().body()).path("services")).hasSize(2);
        }
    }

    @Test
    void aRevokedTokenReadsNoFurtherEvent() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(at + "/api/v1/events"))
                .headers("Authorization", "Bearer " + token("bob", true), "X-Forwarded-For", "203.0.113.7").build();
        try (InputStream in = http.send(request, BodyHandlers.ofInputStream()).body()) {
            backend.operations("").revokeToken("bob", OperatorRequest.plain(ROOT, ""));
            backend.operations("").pause(OperatorRequest.plain(ROOT, "a secret reason"));
            backend.tell();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("a secret reason");
        }
    }

    @Test
    void strangersPushOutNobodysIdempotencyKey() throws Exception {
        String[] headers = {"Authorization", "Bearer " + token("anna", false), "Idempotency-Key", "one"};
        String move = "{\"services\": \"www-1\", \"to\": \"host3\"}";
        String first = send("POST", "/api/v1/moves", move, headers).body();
        for (int i = 0; i < 1100; i++) {
            send("POST", "/api/v1/moves", "{\"services\": \"www-9\", \"to\": \"host3\", \"dryRun\": true}",
                    "Idempotency-Key", "x" + i);
        }
        assertThat(send("POST", "/api/v1/moves", move, headers).body()).isEqualTo(first);
        assertThat(stage.routers.get("gw1").typed).hasSize(1);
    }

    @Test
    void whatWasRefusedMayBeTriedAgainUnderTheSameKey() throws Exception {
        String[] headers = {"Authorization", "Bearer " + token("anna", false), "Idempotency-Key", "one"};
        String move = "{\"services\": \"www-1\", \"to\": \"host3\"}";
        stage.dies("host3");
        stage.checks(3);
        assertThat(send("POST", "/api/v1/moves", move, headers).statusCode()).isEqualTo(409);
        stage.recovers("host3");
        stage.checks(3);
        assertThat(send("POST", "/api/v1/moves", move, headers).statusCode()).isEqualTo(200);
    }

    @Test
    void aForeignHostNameIsRefused() throws Exception {
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: reroute.example:80\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 200");
    }

    private String raw(String head) throws IOException {
        int port = URI.create(at).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aProxyTellsWhoItsUserIsAndNobodyElseDoes() throws Exception {
        assertThat(get("/api/v1/session").path("name").isNull()).isTrue();
        assertThat(send("POST", "/api/v1/pauses", "{}", "X-Remote-User", "eve").statusCode()).isEqualTo(401);
        serve(spec(false, Optional.of(new WebSpec.TrustedProxy("X-Remote-User",
                List.of(Address.parse("127.0.0.1"))))));
        assertThat(send("GET", "/api/v1/status", "").statusCode()).as("the proxy has not told who it is")
                .isEqualTo(401);
        JsonNode session = JSON.readTree(send("GET", "/api/v1/session", "", "X-Remote-User", "bob").body());
        assertThat(session.path("name").asText()).isEqualTo("bob");
        assertThat(send("POST", "/api/v1/pauses", "{}", "X-Remote-User", "bob").statusCode()).isEqualTo(403);
        assertThat(send("POST", "/api/v1/pauses", "{}", "X-Remote-User", "bob", "X-Reroute-Mark",
                session.path("mark").asText()).statusCode()).isEqualTo(200);
        assertThat(stage.controller.intents().pause().orElseThrow().by().who()).isEqualTo("bob");
    }

    @Test
    void behindAProxyThatTellsNothingReadingNeedsALogin() throws Exception {
        assertThat(send("GET", "/api/v1/status", "", "X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(401);
        serve(spec(true, Optional.empty()));
        assertThat(send("GET", "/api/v1/status", "", "X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsForEverybody() throws Exception {
        assertThat(send("GET", "/health/live", "").statusCode()).isEqualTo(200);
        assertThat(problem(send("GET", "/health/ready", ""))).isEqualTo("503 3 checks have no result yet");
        assertThat(send("GET", "/metrics", "").body()).contains("reroute_acts 1");
    }

    @Test
    void aClientOfEventsThatComesBackMissesNothing() throws Exception {
        backend.operations("").addToken("anna", true, OperatorRequest.plain(ROOT, ""));
        backend.tell();
        long seen = backend.recent().getFirst().id();
        stage.dies("host1");
        stage.checks(3);
        stage.recovers("host1");
        backend.tell();
        HttpRequest request = HttpRequest.newBuilder(URI.create(at + "/api/v1/events"))
                .header("Last-Event-ID", Long.toString(seen)).build();
        List<Long> ids = new ArrayList<>();
        try (InputStream in = http.send(request, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String kinds = "";
            for (String line = lines.readLine(); line != null && !kinds.contains("moved"); line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    ids.add(Long.parseLong(line.substring(4)));
                }
                kinds += line.contains("\"kind\":\"moved\"") ? "moved" : "";
            }
        }
        assertThat(ids).isNotEmpty().isSorted().allMatch(id -> id > seen);
    }

    @Test
    void theDocumentSaysWhatTheApiTakes() throws Exception {
        JsonNode document = get("/api/v1/openapi.json");
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        Set<String> told = new TreeSet<>();
        String bearer = "Bearer " + token("anna", false);
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(
                method -> told.add(method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        assertThat(told).contains("GET /status", "POST /moves", "GET /explanations/{name}");
        for (String operation : told) {
            String[] words = operation.split(" ");
            String path = "/api/v1" + words[1].replaceAll("\\{[a-z]+}", "none");
            HttpResponse<String> answer = send(words[0], path, words[0].equals("POST") ? "{\"odd\": 1}" : "",
                    "Authorization", bearer);
            assertThat(answer.statusCode()).as(operation).isIn(200, 400, 404, 409);
            if (words[0].equals("POST")) {
                Set<String> fields = new TreeSet<>();
                document.path("paths").path(words[1]).path("post").path("requestBody").path("content")
                        .path("application/json").path("schema").path("properties").fieldNames()
                        .forEachRemaining(fields::add);
                assertThat(new TreeSet<>(List.of(JSON.readTree(answer.body()).path("detail").asText()
                        .replaceAll(".*; there are ", "").split(", ")))).as(operation).isEqualTo(fields);
            }
        }
        assertThat(send("GET", "/api/v1/unknown", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/api/v1/moves", "").headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void tenThousandOddRequestsLeadToNoInternalErrorAndTellNoSecret() throws Exception {
        String secret = token("anna", false);
        Random random = new Random(11);
        String[] methods = {"GET", "POST", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS"};
        String[] paths = {"/", "/api/v1/status", "/api/v1/moves", "/api/v1/explanations/%s", "/api/v1/history",
                "/api/v1/plan", "/api/v1/session", "/api/v1/drains", "/api/v1/undos", "/api/v1/zones/%s", "/metrics",
                "/health/%s", "/%s", "/api/v1/%s", "/api/v1/drills/%s"};
        String[] words = {"", "www-1", "host1", "%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "a".repeat(3000), "{name}",
                "%F0%9F%98%80", "*", "null", "-1", "1d", "yesterday", "99999999d", "2026-13-99"};
        String[] bodies = {"", "{}", "[]", "null", "{", "\"x\"", "{\"services\": 1}", "{\"to\": {}}",
                "{\"services\": [\"*\"], \"to\": \"host1\", \"dryRun\": \"yes\"}",
                "{\"server\": \"host1\", \"for\": \"0s\"}",
                "{\"server\": \"\\u0000\", \"from\": \"never\"}", "{\"token\": 5}",
                "{\"because\": \"" + "b".repeat(70_000)
                        + "\"}"};
        Map<Integer, Integer> codes = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            String word = words[random.nextInt(words.length)];
            String path = String.format(paths[random.nextInt(paths.length)].replace("%s", "%1$s"), word)
                    + (random.nextBoolean() ? "?since=" + words[random.nextInt(words.length)] + "&of=" + word : "");
            String method = methods[random.nextInt(methods.length)];
            String body = method.equals("GET") || method.equals("HEAD") ? "" : bodies[random.nextInt(bodies.length)];
            HttpResponse<String> answer;
            try {
                answer = send(method, path, body, "X-Odd", words[3 + random.nextInt(2)], "Cookie", "reroute=" + i);
            } catch (IllegalArgumentException e) {
                continue; // the client itself refuses to send such an address
            }
            codes.merge(answer.statusCode(), 1, Integer::sum);
            assertThat(answer.statusCode()).as(method + " " + path + " " + body + "\n" + answer.body())
                    .isNotEqualTo(500);
            assertThat(answer.body()).doesNotContain(secret, secret.substring(10));
        }
        assertThat(codes.getOrDefault(429, 0)).as("most are answered").isLessThan(5000);
        assertThat(codes.keySet()).contains(200, 400, 401, 404, 405);
        assertThat(stage.routers.get("gw1").typed).as("nothing was moved without a login").isEmpty();
    }
}
