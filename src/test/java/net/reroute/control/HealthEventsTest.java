package net.reroute.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.core.CheckResult;
import net.reroute.core.Event;
import net.reroute.core.Event.Kind;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Given;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Record;
import net.reroute.core.Target;
import net.reroute.health.Flaps;
import net.reroute.health.HealthListener;
import net.reroute.health.HealthMonitor;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told, and kept, of what checks find. */
class HealthEventsTest {

    private static final Target WEB = new Target("host1", "web", "");

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();
    private final List<Record> rows = new ArrayList<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private Instant now = Given.NOW;
    private CheckResult next;
    private Journal journal;
    private HealthMonitor monitor;

    @BeforeEach
    void start() throws JournalException {
        journal = Journal.open(folder);
        monitor = monitor();
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private HealthMonitor monitor() {
        Inventory inventory = Given.one().inventory();
        AuditLog audit = AuditLog.of(journal);
        audit.listen(() -> inventory, rows::add, events::add);
        HealthEvents health = new HealthEvents(() -> inventory, audit, Map.of(), told);
        HealthMonitor made = new HealthMonitor(inventory, name -> (server, service) -> next, () -> now, Map.of());
        made.listen(new HealthListener() {
            @Override
            public void changed(Target target, Health before, Health after) {
                health.changed(target, before, after);
            }

            @Override
            public void suspected(Target target, Health after) {
                health.suspected(target, after);
            }

            @Override
            public void flapping(Target target, Health now) {
                health.flapping(target, now);
            }

            @Override
            public void unsteady(Target target, Health after, Flaps.Count count) {
                health.unsteady(target, after, count);
            }

            @Override
            public void certified(Target target, Instant until) {
                health.certified(target, until);
            }
        });
        return made;
    }

    private void results(String results) {
        results.chars().forEach(c -> {
            now = now.plusMillis(500);
            next = c == '?'
                    ? CheckResult.notAsked("not asked: no login", now)
                    : new CheckResult(c == '+', c == '+' ? "HTTP 200" : "HTTP 500", now, Duration.ZERO);
            monitor.check(WEB);
        });
    }

    private List<String> failed() {
        return events.stream().filter(e -> e.kind() == Kind.SERVER_SUSPECT).map(e -> e.fact("failed")).toList();
    }

    @Test
    void aServerThatFailsEverySecondCheckStaysUpAndIsToldOf() {
        results("+-+-+-+-+-+-+-");
        assertThat(monitor.health(WEB).state()).isEqualTo(State.UP);
        assertThat(failed()).containsExactly("", "", "", "", "5 of the last 9 checks", "", "");
        assertThat(rows).extracting(Record::kind, Record::subject, Record::text).containsExactly(
                org.assertj.core.groups.Tuple.tuple("suspect", "host1", "host1 fails web again and again and is UP all"
                        + " the same: 5 of the last 9 checks failed (HTTP 500)"));
        assertThat(monitor.steadiness("host1", "web", "www-1").failures()).hasToString("7 of the last 13 checks");
    }

    @Test
    void whatIsKeptOfItStandsInTheJournal() throws JournalException {
        results("+-+-+-+-+-");
        journal.close();
        try (JournalReader reader = JournalReader.open(folder)) {
            assertThat(reader.since(Instant.EPOCH, 10)).extracting(JournalRow::text).containsExactlyInAnyOrder(
                    "host1 web fails (HTTP 500)",
                    "host1 fails web again and again and is UP all the same: 5 of the last 9 checks failed (HTTP 500)");
        }
    }

    @Test
    void eachTurnStandsInTheJournalAndTooManyAreCalledFlapping() throws JournalException {
        results("+---+++---+");
        journal.close();
        try (JournalReader reader = JournalReader.open(folder)) {
            assertThat(reader.since(Instant.EPOCH, 10)).extracting(JournalRow::kind)
                    .containsExactlyInAnyOrder("flapping", "suspect", "down", "up", "down");
        }
        assertThat(monitor.steadiness("host1", "web", "www-1").turns()).isEqualTo(3);
        now = now.plusSeconds(700);
        assertThat(monitor.steadiness("host1", "web", "www-1").isFlapping()).isFalse();
    }

    @Test
    void aServerThatGoesDownIsCountedAnew() {
        results("+-+-+-+----");
        assertThat(monitor.health(WEB).state()).isEqualTo(State.DOWN);
        assertThat(monitor.steadiness("host1", "web", "www-1").failures().of()).isZero();
    }

    @Test
    void aQuestionThatCouldNotBePutLeavesNothingKnown() {
        results("+?");
        assertThat(monitor.health(WEB).state()).isEqualTo(State.UNKNOWN);
        assertThat(monitor.verdict("host1", "www-1").why()).isEqualTo("web: not asked: no login");
        assertThat(failed()).isEmpty();
        results("???+");
        assertThat(monitor.health(WEB).state()).isEqualTo(State.UP);
        assertThat(events).isEmpty();
    }

    private void shown(Instant until) {
        now = now.plusMillis(500);
        next = new CheckResult(true, "HTTP 200", now, Duration.ZERO).withCertificateUntil(until);
        monitor.check(WEB);
    }

    @Test
    void aCertificateThatWillExpireIsToldOnceADay() throws JournalException {
        Instant until = Instant.now().plus(10, ChronoUnit.DAYS).plusSeconds(3600);
        shown(until);
        shown(until);
        assertThat(events).extracting(Event::kind).containsExactly(Kind.CERTIFICATE_EXPIRING);
        assertThat(events.getFirst().fact("text")).startsWith("the certificate that web is shown by host1 expires on ")
                .endsWith(", in 10 days");
        assertThat(rows).filteredOn(r -> !r.isQuiet()).extracting(Record::kind).containsExactly("certificate");
        told.replaceAll((target, at) -> at.minus(Duration.ofDays(1)));
        shown(until);
        assertThat(events).hasSize(2);
        journal.close();
        journal = Journal.open(folder);
        assertThat(journal.state().notes(Shelf.CERTIFICATE)).containsOnlyKeys("host1 web");
    }

    @Test
    void aCertificateThatLastsIsNoNews() {
        shown(Instant.now().plus(15, ChronoUnit.DAYS));
        assertThat(events).isEmpty();
    }

    @Test
    void anotherInventoryDoesNotTellItAgain() {
        Instant until = Instant.now().plus(1, ChronoUnit.DAYS);
        shown(until);
        monitor = monitor();
        shown(until);
        assertThat(events).hasSize(1);
    }
}
