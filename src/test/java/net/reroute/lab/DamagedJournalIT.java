package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A journal that is damaged, forged or cannot be written is no reason to protect nobody. */
@Timeout(240)
class DamagedJournalIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 500ms, fast: 200ms, timeout: 200ms,"
            + " fall: 2}";

    private Path state;

    @BeforeEach
    void home() throws IOException {
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
        state = Files.createDirectories(state());
    }

    @Override
    @AfterEach
    void stop() {
        super.stop();
        Shellout.attempt(List.of("umount", state.toString()));
    }

    /** It watches, and a dead server is left. */
    private void protects() {
        lab.cutOff("host1");
        Lab.await("www-1 is carried by host2", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"),
                () -> reroute.ask("status").text() + reroute.log());
    }

    private void sql(String statement) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("journal.db"));
                Statement s = db.createStatement()) {
            s.execute(statement);
        }
    }

    @Test
    void garbageIsSetAsideToldAndShown() throws IOException {
        Files.writeString(state.resolve("journal.db"), "not a database\n".repeat(3000));
        reroute.daemon();
        assertThat(reroute.ask("status").text()).contains("the journal was damaged").contains("journal.db.damaged-");
        assertThat(reroute.log()).contains("the journal was damaged");
        protects();
        assertThat(reroute.ask("history").text()).contains("the journal was damaged");
    }

    @Test
    void oneThatHasNoRoomAtAllIsWrittenLater() throws IOException {
        Shellout.run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", state.toString());
        Shellout.attempt(List.of("dd", "if=/dev/zero", "of=" + state.resolve("ballast"), "bs=64k"));
        reroute.daemon();
        assertThat(reroute.ask("status").text()).contains("the journal cannot be written");
        protects();
        Files.delete(state.resolve("ballast"));
        Lab.await("it is written", () -> reroute.ask("history").status() == 0
                && reroute.ask("history").text().contains("host1 -> host2"), () -> reroute.ask("history").text());
        assertThat(reroute.ask("status").text()).doesNotContain("cannot be written");
    }

    @Test
    void oneThatIsDamagedWhereThereIsNoRoomIsCopiedLater() throws IOException {
        reroute.daemon();
        awaitAllUp();
        assertThat(reroute.ask("www-2", "to", "host3").status()).isZero();
        reroute.stop();
        byte[] whole = Files.readAllBytes(state.resolve("journal.db"));
        byte[] bad = java.util.Arrays.copyOf(whole, whole.length);
        java.util.Arrays.fill(bad, bad.length - 4096, bad.length, (byte) 0x5a);
        bad[100] = 0x5a; // the first page is no page of a tree
        Shellout.run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", state.toString());
        Files.write(state.resolve("journal.db"), bad);
        Shellout.attempt(List.of("dd", "if=/dev/zero", "of=" + state.resolve("ballast"), "bs=64k"));
        reroute.daemon();
        assertThat(reroute.ask("status").text()).contains("the journal cannot be written", "nothing is remembered");
        protects();
        Files.delete(state.resolve("ballast"));
        Lab.await("it is written", () -> reroute.ask("history").text().contains("the journal was damaged"),
                () -> reroute.ask("history").text() + reroute.log());
    }

    @Test
    void wishesThatNobodyWishedAreNotObeyedAndAreNamed() throws SQLException {
        reroute.daemon();
        awaitAllUp();
        assertThat(reroute.ask("www-2", "to", "host3", "--stay").status()).isZero();
        reroute.stop();
        // As the first edition kept them, and as a row behind the newest.
        sql("CREATE TABLE wish (kind TEXT, name TEXT, server TEXT, who TEXT, why TEXT, at TEXT, until TEXT, stay INTEGER)");
        sql("INSERT INTO wish VALUES ('PIN', 'www-1', 'host4', 'root', '', '2026-11-01T05:00:00Z', NULL, 0)");
        sql("INSERT INTO entry SELECT (SELECT max(id) + 1 FROM entry), at, kind, actor, 'www-1', text,"
                + " replace(replace(detail, 'www-2', 'www-1'), 'host3', 'host4'), hash FROM entry WHERE kind = 'wish'");
        reroute.daemon();
        awaitAllUp();
        String status = reroute.ask("status").text();
        assertThat(status).contains("was changed, or the row before it removed");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
        assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.4");
    }

    @Test
    void aTailThatWasCutIsToldAtTheStartAndFoundByVerify() throws SQLException {
        reroute.daemon();
        awaitAllUp();
        assertThat(reroute.ask("www-2", "to", "host3").status()).isZero();
        assertThat(reroute.ask("history", "--verify").text()).startsWith("the journal is whole");
        reroute.stop();
        sql("DELETE FROM entry WHERE id > 1");
        reroute.daemon();
        assertThat(reroute.ask("status").text()).contains("what was between was cut off");
        assertThat(reroute.ask("history", "--verify").text()).contains("the journal is not whole: rows 2 to ");
    }
}
