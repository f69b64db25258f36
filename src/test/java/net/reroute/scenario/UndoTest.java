package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.Ask;
import net.reroute.control.LastIntent;
import net.reroute.core.Actor;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Attribution;
import net.reroute.core.Given;
import net.reroute.core.RequestRefusedException;
import net.reroute.journal.JournalReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose wish an undo takes back. */
class UndoTest {

    private static final Actor ANNA = new Actor.Human("anna", "");
    /** A person whose login is what the program calls itself. */
    private static final Actor REROUTE = new Actor.Human("reroute", "");
    private static final Actor PLAYBOOK = new Actor.Playbook("respawn");

    @TempDir
    Path state;

    private Stage stage;

    @BeforeEach
    void start() {
        Given given = Given.one().service("www-2", "192.168.1.64/27", Given.rules(), "host2", "host3", "host4")
                .at("www-2", Origin.MOVED, "host2");
        stage = new Stage(state, given, Map.of("gw1", new FakeDevice())).start();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private static Ask ask(Actor actor) {
        return new Ask(new Attribution(actor, "", Given.NOW), Optional.empty(), false, false);
    }

    private void pins(Actor actor, String service, String server) throws RequestRefusedException {
        stage.byHand().move(stage.service(service), server, false, ask(actor));
        stage.settle();
    }

    private LastIntent last(Actor caller) throws RequestRefusedException, IOException {
        try (JournalReader journal = JournalReader.open(state)) {
            return LastIntent.find(journal, caller);
        }
    }

    private void undoes(Actor actor) throws RequestRefusedException, IOException {
        stage.byHand().undo(last(actor), ask(actor));
        stage.settle();
    }

    private boolean pinned(String service) {
        return stage.controller.intents().pin(service, Given.NOW).isPresent();
    }

    @Test
    void aPersonWhoIsCalledLikeTheProgramTakesBackHisOwn() throws Exception {
        pins(ANNA, "www-2", "host3");
        pins(REROUTE, "www-1", "host2");
        assertThat(last(REROUTE).actor()).isEqualTo(REROUTE);
        undoes(REROUTE);
        assertThat(stage.at("www-1")).containsExactly("host1");
        assertThat(pinned("www-2")).isTrue();
        assertThat(last(ANNA).said(Given.NOW)).startsWith("pin www-2 to host3 by anna");
    }

    @Test
    void anybodyTakesBackAColleaguesWishAndSeesWhoseItIs() throws Exception {
        pins(ANNA, "www-2", "host3");
        assertThat(last(REROUTE).actor()).isEqualTo(ANNA);
        undoes(REROUTE);
        assertThat(pinned("www-2")).isFalse();
        assertThatThrownBy(() -> last(ANNA)).isInstanceOf(RequestRefusedException.class)
                .hasMessage("there is no wish to undo");
    }

    @Test
    void aPlaybookTakesBackItsOwnAndNobodyElses() throws Exception {
        pins(PLAYBOOK, "www-2", "host3");
        assertThat(last(ANNA).said(Given.NOW)).startsWith("pin www-2 to host3 by playbook respawn");
        pins(ANNA, "www-1", "host2");
        assertThatThrownBy(() -> last(new Actor.Playbook("other"))).isInstanceOf(RequestRefusedException.class)
                .hasMessageStartingWith("playbook other has wished for nothing");
        undoes(PLAYBOOK);
        assertThat(pinned("www-2")).isFalse();
        assertThat(pinned("www-1")).isTrue();
    }

    @Test
    void whatAPersonPlayedByHandIsHis() throws Exception {
        pins(new Actor.Human("anna", "respawn"), "www-2", "host3");
        undoes(ANNA);
        assertThat(pinned("www-2")).isFalse();
    }

    @Test
    void aWishThatAnotherHasReplacedIsNotUndone() throws Exception {
        pins(PLAYBOOK, "www-1", "host2");
        pins(ANNA, "www-1", "host3");
        assertThatThrownBy(() -> undoes(PLAYBOOK)).isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("is in force no more (pin www-1 to host3 by anna)");
        assertThat(stage.at("www-1")).isEqualTo(List.of("host3"));
    }

    @Test
    void theKindOfAnActorSurvivesARestart() throws Exception {
        pins(REROUTE, "www-1", "host2");
        stage.stop();
        stage.start();
        assertThat(stage.controller.intents().pin("www-1", Given.NOW).orElseThrow().by().actor()).isEqualTo(REROUTE);
        undoes(REROUTE);
        assertThat(pinned("www-1")).isFalse();
    }
}
