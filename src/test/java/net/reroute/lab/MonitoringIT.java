package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What monitoring reads: metrics as Prometheus' own tool wants them, and the files in docs/monitoring. */
@Timeout(120)
class MonitoringIT {

    private static final Path FILES = Path.of("docs/monitoring");
    private static final Pattern METRIC = Pattern.compile("reroute_[a-z_]+");

    @TempDir
    Path home;

    private static String metrics(Rehearsed daemon) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(daemon.page() + "metrics")).build(),
                    BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theMetricsAreGoodAndTheFilesUseOnlyThose() throws Exception {
        try (Rehearsed daemon = new Rehearsed(home)) {
            daemon.step("kill host1");
            Lab.await("it has moved", 30, () -> daemon.ask("status").contains("moved"), daemon::story);
            Lab.await("the metrics know the move", () -> metrics(daemon)
                    .contains("reroute_move_phase_seconds_count{decision=\"failover\",phase=\"detect\"}"),
                    daemon::story);
            String metrics = metrics(daemon);
            Path file = Files.writeString(home.resolve("metrics"), metrics);
            Shellout.Done checked = Shellout.attempt(List.of("sh", "-c", "promtool check metrics < " + file));
            assertThat(checked.status()).as(checked.text()).isZero();
            assertThat(metrics).contains("reroute_service_up{service=\"www-1\"} 1.0",
                    "reroute_service_state{service=\"www-1\",state=\"moved\"} 1.0",
                    "reroute_service_at{server=\"host2\",service=\"www-1\"} 1.0",
                    "reroute_server_up{server=\"host1\"} 0.0",
                    "reroute_router_reachable{router=\"gw1\"} 1.0", "reroute_history_rows_total{kind=\"moved\"}",
                    "reroute_move_phase_seconds_count{decision=\"failover\",phase=\"detect\"}",
                    "reroute_check_duration_seconds_count{check=\"web\",result=\"bad\"}", "reroute_acts 1.0");
            Set<String> known = new TreeSet<>();
            metrics.lines().filter(l -> l.startsWith("# TYPE ")).forEach(l -> known.add(l.split(" ")[2]));
            known.add("reroute_outbox_waiting"); // there is no channel here
            known.add("reroute_left_connections");
            // one controller alone
            known.addAll(Set.of("reroute_leader_known", "reroute_member_silence_seconds",
                    "reroute_controllers_at_odds"));
            for (String name : new String[]{"alerts.yaml", "grafana.json"}) {
                assertThat(used(FILES.resolve(name))).as(name).isNotEmpty().isSubsetOf(known);
            }
        }
    }

    private static Set<String> used(Path file) throws IOException {
        Set<String> used = new TreeSet<>();
        Matcher names = METRIC.matcher(Files.readString(file));
        while (names.find()) {
            used.add(names.group().replaceAll("_(bucket|count|sum)$", ""));
        }
        return used;
    }

    @Test
    void theAlertsDoWhatTheySay() {
        Shellout.Done done = Shellout.attempt(List.of("promtool", "test", "rules",
                FILES.resolve("alerts-test.yaml").toString()));
        assertThat(done.status()).as(done.text()).isZero();
    }

    /** The parts that Grafana needs to load a dashboard (its JSON model). */
    @Test
    void theDashboardHasTheShapeThatGrafanaLoads() throws IOException {
        JsonNode board = new ObjectMapper().readTree(FILES.resolve("grafana.json").toFile());
        assertThat(board.path("title").asText()).isEqualTo("reroute");
        assertThat(board.path("schemaVersion").asInt()).isPositive();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : board.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("type").asText()).isIn("stat", "timeseries");
            assertThat(panel.path("gridPos").path("x").asInt() + panel.path("gridPos").path("w").asInt())
                    .isLessThanOrEqualTo(24);
            assertThat(panel.path("targets")).isNotEmpty().allMatch(t -> !t.path("expr").asText().isBlank());
        }
        assertThat(board.path("templating").path("list").path(0).path("type").asText()).isEqualTo("datasource");
    }
}
