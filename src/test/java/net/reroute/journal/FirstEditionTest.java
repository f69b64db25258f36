package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.core.Actor;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Intents;
import net.reroute.core.Intents.IntentExpired;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.Outcome;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.core.RecordedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that a program of the first edition left: nothing of them is lost, and their chain holds. */
class FirstEditionTest extends OnJournal {

    private static final String WHOLE = "first-edition";

    /** The same things have other names in that program. */
    private static String named(String line) {
        return line.replace("wish Wish[", "wish Intent[").replaceFirst("^(placement \\S+) Placement\\[",
                "$1 Assignment[");
    }

    /** What that program remembered, in its own words. */
    private static List<String> remembered(String name) throws Exception {
        try (InputStream in = OnJournal.class.getResourceAsStream("/journals/" + name + "/remembered.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(FirstEditionTest::named).toList();
        }
    }

    /** The same of a state. */
    private static List<String> words(RecordedState state) {
        List<String> lines = new ArrayList<>();
        state.intents().all().values().forEach(w -> lines.add("wish " + w));
        state.assignments().forEach((service, p) -> lines.add("placement " + service + " " + p));
        state.seen().forEach((at, shown) -> lines.add("seen " + at + "=" + shown.shown()));
        state.owned().forEach((service, hops) -> lines.add(
                "ours " + service + " " + hops.stream().map(Object::toString).sorted().toList()));
        state.begun().forEach((service, b) -> lines.add(
                "begun " + service + " Begun[to=" + b.to() + ", reason=" + b.reason() + "]"));
        state.kept().entrySet().forEach(e -> lines.add("kept " + e));
        state.held().forEach((server, at) -> lines.add("takeover " + server + " " + at));
        state.hardware().entrySet().forEach(e -> lines.add("hardware " + e));
        state.health().entrySet().forEach(e -> lines.add("health " + e));
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {WHOLE, "first-edition-pruned"})
    void allThatItRememberedHoldsAndItsChainDoes(String name) throws Exception {
        journalOfTheFirstEdition(name);
        assertThat(verify()).isEmpty();
        List<String> expected = remembered(name);
        Opened opened = opened();
        assertThat(words(opened.state())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(opened.complaints()).isEmpty();
        assertThat(verify()).isEmpty();
        write("later");
        Opened again = opened();
        assertThat(again.complaints()).isEmpty();
        assertThat(again.state()).isEqualTo(opened.state());
        assertThat(words(again.state())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(verify()).isEmpty();
    }

    @Test
    void notesAreKeptInTheirOrder() throws Exception {
        journalOfTheFirstEdition(WHOLE);
        RecordedState state = opened().state();
        assertThat(state.notes(Shelf.OUTBOX)).containsExactly(Map.entry("1", "{\"channel\":\"pager\"}"),
                Map.entry("2", "{\"channel\":\"mail\"}"));
        assertThat(state.notes(Shelf.PLAY)).containsOnlyKeys("respawn-1");
        assertThat(state.notes(Shelf.JOB)).containsOnlyKeys("respawn");
        assertThat(state.notes(Shelf.PROBLEM)).containsOnlyKeys("host1 down");
        assertThat(state.notes(Shelf.CERTIFICATE)).containsOnlyKeys("host2 web");
    }

    @Test
    void whatIsReadBesideItIsTheSame() throws Exception {
        journalOfTheFirstEdition(WHOLE);
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(words(reader.state())).containsExactlyInAnyOrderElementsOf(remembered(WHOLE));
        }
    }

    @Test
    void itsTablesAreGoneAndItsRowsAreAsTheyWere() throws Exception {
        journalOfTheFirstEdition(WHOLE);
        List<JournalRow> before = rows();
        opened();
        List<JournalRow> after = rows();
        assertThat(after).startsWith(before.toArray(JournalRow[]::new));
        try (Connection db = connection();
                ResultSet r = db.createStatement().executeQuery("SELECT group_concat(name, ' ') FROM sqlite_master"
                        + " WHERE type = 'table' ORDER BY name")) {
            assertThat(r.getString(1).split(" ")).containsExactlyInAnyOrder("entry", "pruned");
        }
    }

    private List<JournalRow> rows() throws Exception {
        try (JournalReader reader = JournalReader.open(state)) {
            return reader.since(Instant.EPOCH, 1000);
        }
    }

    @Test
    void itsRowsAreReadAsFields() throws Exception {
        journalOfTheFirstEdition(WHOLE);
        opened();
        List<JournalRow> rows = rows();
        assertThat(rows).filteredOn(r -> r.kind().equals("wish")).allMatch(r -> RecordJson.read(r) instanceof Intents)
                .anyMatch(r -> RecordJson.read(r) instanceof IntentExpired)
                .anyMatch(r -> ((Intents) RecordJson.read(r)).undoes().isPresent())
                .anyMatch(r -> RecordJson.read(r).actor() instanceof Actor.Playbook);
        assertThat(rows).filteredOn(r -> r.kind().equals("partly-moved")).singleElement().satisfies(r -> {
            MoveEnded move = (MoveEnded) RecordJson.read(r);
            assertThat(move.service()).isEqualTo("www-2");
            assertThat(move.to()).containsExactly("host3");
            assertThat(move.made()).isEqualTo(Outcome.Made.SOME);
        });
        assertThat(rows).filteredOn(r -> r.kind().equals("play")).allMatch(r -> RecordJson.read(r) instanceof Played);
        assertThat(rows).filteredOn(r -> r.kind().equals("drift")).allSatisfy(
                r -> assertThat(RecordJson.read(r).text()).isEqualTo(r.text()));
    }

    /** As a program leaves it that found everything at home: nothing to tell, and much to remember. */
    @Test
    void allThatItRememberedHoldsAlsoWhereItHadNothingToTell() throws Exception {
        journalOfTheFirstEdition(WHOLE);
        for (String table : List.of("entry", "wish")) {
            tamperWith("DELETE FROM " + table);
        }
        tamperWith("PRAGMA application_id = 0");
        Files.writeString(state.resolve(JournalFormat.ANCHOR), "0 " + "0".repeat(64) + " 2\n");
        Opened first = opened();
        assertThat(first.complaints()).isEmpty();
        assertThat(first.state().assignments()).hasSize(4);
        assertThat(opened().state()).isEqualTo(first.state());
        assertThat(verify()).isEmpty();
    }

    @Test
    void ofADamagedOneAllIsKeptThatCanBeRead() throws Exception {
        journalOfTheFirstEdition(WHOLE);
        tamperWith("DROP TABLE pruned");
        tamperWith("CREATE TABLE pruned (x)");
        Opened opened = opened();
        assertThat(opened.complaints().getFirst()).contains("is set aside as");
        assertThat(words(opened.state())).containsExactlyInAnyOrderElementsOf(remembered(WHOLE));
    }
}
