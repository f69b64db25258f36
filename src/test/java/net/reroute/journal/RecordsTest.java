package net.reroute.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.reroute.core.Facts;
import net.reroute.core.KnownFacts;
import net.reroute.core.Milestone;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every record there is: it is written down whole, and what is so follows from records alone. */
class RecordsTest extends OnJournal {

    static Stream<Class<?>> types() {
        return RandomRecords.types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyRecordIsReadBackAsItWas(Class<?> type) {
        RandomRecords random = new RandomRecords(type.getName().hashCode());
        for (int i = 0; i < 50; i++) {
            Record record = random.any(type);
            JournalRow row = new PendingRow(NOW, record).row(1);
            assertThat(RecordJson.read(row)).isEqualTo(record);
            assertThat(row.kind()).isNotEmpty();
            assertThat(row.text()).doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"record\":\"HopsOwned\",\"service\":\"www-1\",\"hops\":[null]}",
            "{\"record\":\"MoveBegun\",\"router\":\"gw1\",\"begun\":{\"www-1\":null}}",
            "{\"record\":\"NotesDropped\",\"shelf\":\"JOB\",\"ids\":[\"a\",null]}",
            "{\"record\":\"RouterLost\",\"router\":null,\"refused\":true,\"why\":\"\"}"})
    void aRowWithAHoleInItIsNotRead(String detail) {
        JournalRow row = new PendingRow(NOW, new RandomRecords(1).any(RandomRecords.types().getFirst())).row(1);
        JournalRow holed = new JournalRow(row.id(), row.at(), row.kind(), row.actor(), row.subject(), row.text(),
                detail);
        assertThatThrownBy(() -> RecordJson.read(holed)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A journal is read by later programs; its names must not change because a class is called otherwise. */
    @Test
    void rowsKeepTheirNames() throws Exception {
        List<String> shapes = new ArrayList<>();
        for (Class<?> type : RandomRecords.types()) {
            RandomRecords random = new RandomRecords(7);
            Set<String> fields = new TreeSet<>();
            String name = "";
            for (int i = 0; i < 50; i++) {
                JsonNode detail = new ObjectMapper().readTree(RecordJson.write(random.any(type)));
                name = detail.path("record").asText();
                detail.fieldNames().forEachRemaining(fields::add);
            }
            shapes.add(name + ": " + String.join(" ", fields));
        }
        Collections.sort(shapes);
        try (InputStream known = getClass().getResourceAsStream("/journals/rows.txt")) {
            assertThat(shapes).containsExactlyElementsOf(new String(known.readAllBytes(), UTF_8).lines().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theSameRecordsLeadToTheSameState(long seed) {
        List<Record> history = new RandomRecords(seed).history(400);
        RecordedState whole = RecordedState.NOTHING.apply(history);
        RecordedState oneByOne = RecordedState.NOTHING;
        for (Record record : history) {
            RecordedState before = oneByOne;
            int was = before.hashCode();
            oneByOne = before.apply(record);
            assertThat(before.hashCode()).as("a state never changes").isEqualTo(was);
        }
        assertThat(oneByOne).isEqualTo(whole);
        assertThat(RecordedState.NOTHING.apply(history)).isEqualTo(whole);
        assertThat(StateJson.read(StateJson.of(whole))).isEqualTo(whole);
    }

    @Test
    void whatIsKnownChangesNothing() {
        RandomRecords random = new RandomRecords(99);
        RecordedState state = RecordedState.NOTHING.apply(random.history(300));
        int known = 0;
        for (Record record : random.history(2000)) {
            if (record instanceof Facts fact) {
                RecordedState next = state.apply(fact);
                assertThat(KnownFacts.has(next, fact)).as(fact.toString()).isTrue();
                if (KnownFacts.has(state, fact)) {
                    known++;
                    assertThat(next).isEqualTo(state);
                }
                state = next;
            }
        }
        assertThat(known).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aRestartLeadsToTheSameState(long seed) throws Exception {
        List<Record> history = new ArrayList<>(new RandomRecords(seed).history(300));
        history.removeIf(Milestone.class::isInstance); // the journal writes these itself
        Random random = new Random(seed);
        int from = 0;
        while (from < history.size()) {
            int to = Math.min(history.size(), from + 1 + random.nextInt(100));
            try (Journal journal = Journal.open(state)) {
                assertThat(journal.state()).isEqualTo(RecordedState.NOTHING.apply(history.subList(0, from)));
                List<CompletableFuture<Void>> written = new ArrayList<>();
                for (Record record : history.subList(from, to)) {
                    written.add(journal.later(List.of(new PendingRow(NOW, record))));
                }
                CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
                if (random.nextBoolean()) {
                    journal.prune(NOW.plusSeconds(1));
                }
            }
            from = to;
        }
        Opened opened = opened();
        assertThat(opened.state()).isEqualTo(RecordedState.NOTHING.apply(history));
        assertThat(opened.complaints()).isEmpty();
        assertThat(verify()).isEmpty();
    }

    @Test
    void whatNobodyReadsOfIsLeftOutOfTheHistory() throws Exception {
        RandomRecords random = new RandomRecords(1);
        List<Record> all = new ArrayList<>();
        RandomRecords.types()
                .forEach(type -> all.addAll(Collections.nCopies(20, type).stream().map(random::any).toList()));
        all.removeIf(Milestone.class::isInstance);
        try (Journal journal = Journal.open(state)) {
            journal.later(all.stream().map(r -> new PendingRow(NOW, r)).toList()).join();
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 10_000)).extracting(RecordJson::read)
                    .containsExactlyElementsOf(all.stream().filter(r -> !r.isQuiet()).toList());
        }
    }
}
