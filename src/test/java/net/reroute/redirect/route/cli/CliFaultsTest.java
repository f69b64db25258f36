package net.reroute.redirect.route.cli;

import static net.reroute.redirect.route.cli.CliHome.HOST1;
import static net.reroute.redirect.route.cli.CliHome.HOST2;
import static net.reroute.redirect.route.cli.CliHome.PATIENCE;
import static net.reroute.redirect.route.cli.CliHome.WWW1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.cli.SimulatedCli.Ssh;
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real boxes do, and what is made of it: each refusal has its own sentence and is no unreachability. */
@Timeout(90)
class CliFaultsTest {

    private static final String OLD = "ip route 192.168.1.32 255.255.255.224 192.168.1.2";
    private static final String NEW = "ip route 192.168.1.32 255.255.255.224 192.168.1.3 name reroute";
    private static final String BANNER = "*** core router #1 >>> authorized use only ***\n"
            + "gw9# this is not the prompt\nPassword: is never asked here\nlast words: gw1>\n%SYS is watching";

    @TempDir
    Path folder;

    private SimulatedCli ios;

    @AfterEach
    void stop() throws IOException {
        if (ios != null) {
            ios.close();
        }
    }

    private void start(Setup setup, Ssh ssh) {
        try {
            ios = SimulatedCli.start("cisco-ios", setup, CliHome.links(), ssh, l -> {
            }).with(OLD);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void start() {
        start(Setup.of("gw1", "admin", "pass word", "s3cret"), Ssh.MODERN);
    }

    private Router open(String more) throws RouterException {
        return Routers.open(new CliHome(folder).spec(ios, "cisco-ios", more), PATIENCE);
    }

    private Router open() throws RouterException {
        return open(", enable: {file: enable}");
    }

    private static ReadBack move(Router router, boolean planned) throws RouterException {
        Route before = router.routes(List.of(WWW1)).get(WWW1);
        assertThat(before.hops()).containsExactly(HOST1);
        return router.apply(List.of(CliHome.change(WWW1, before, planned, HOST2)));
    }

    private void movesAllTheSame() {
        try (Router router = open()) {
            ReadBack back = move(router, true);
            assertThat(back.complaints()).isEmpty();
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST2);
            assertThat(back.lookups()).containsValue(HOST2);
        } catch (RouterException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        assertThat(ios.written()).containsExactly(NEW);
    }

    private RouterException refused(boolean planned) {
        RouterException e = catchThrowableOfType(RouterException.class, () -> {
            try (Router router = open()) {
                move(router, planned);
            }
        });
        assertThat(e).isNotNull();
        assertThat(e.refused()).as(e.getMessage()).isTrue();
        return e;
    }

    /** A leader that is replaced after some lines. */
    private static Fence leadsFor(int lines) {
        AtomicInteger left = new AtomicInteger(lines);
        return new Fence() {
            @Override
            public Pass check() {
                return Pass.FREE;
            }

            @Override
            public void confirm() throws SshException {
                if (left.getAndDecrement() <= 0) {
                    throw new SshException(SshException.Failure.REFUSED,
                            "this controller does not lead, c2 does; nothing was typed", null);
                }
            }
        };
    }

    /** Lines that a leader types while it is replaced after so many. */
    private List<String> typedBy(int lines) throws IOException {
        start();
        RouterException e = catchThrowableOfType(RouterException.class, () -> {
            try (Router router = Routers.open(new CliHome(folder).spec(ios, "cisco-ios", ", enable: {file: enable}"),
                    PATIENCE, leadsFor(lines))) {
                move(router, true);
            }
        });
        List<String> typed = List.copyOf(ios.typed());
        assertThat(e == null || e.refused() && e.getMessage().contains("c2 does")).isTrue();
        assertThat(e != null || typed.size() == 2).as("refused unless all was typed: " + typed).isTrue();
        ios.close();
        return typed;
    }

    @Test
    void whoIsReplacedInTheMiddleOfAChangeTypesNotOneLineMore() throws IOException {
        List<Integer> counts = new ArrayList<>();
        for (int lines = 0; lines < 6; lines++) {
            List<String> typed = typedBy(lines);
            assertThat(typed).isSubsetOf(NEW, "no " + OLD);
            assertThat(typed.size()).isLessThanOrEqualTo(lines);
            counts.add(typed.size());
        }
        assertThat(counts).as("it was replaced before the first line, between the two, and after").contains(0, 1, 2);
    }

    // ---- what real boxes do ------------------------------------------------------------------------------------------

    @Test
    void bannersWithPromptsInThemAreNotTakenForOne() {
        start(new Setup("gw1", "admin", "p", "s3cret", false, true, BANNER), Ssh.MODERN);
        movesAllTheSame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core-router-with-a-very-long-name-01", "rtr.example.com", "gw1_a", "enable", "configure",
            "x"})
    void oddHostNamesAreLearnt(String name) {
        start(Setup.of(name, "admin", "p", "s3cret"), Ssh.MODERN);
        movesAllTheSame();
    }

    @Test
    void aSystemMessageInTheMiddleOfALineIsTakenOut() {
        start();
        ios.faults().message("^show ip route").message("^configure").message("^ip route").message("^end");
        movesAllTheSame();
    }

    @Test
    void aPagerInSpiteOfTerminalLengthZeroIsAnswered() {
        start();
        ios.faults().page("^show");
        movesAllTheSame();
    }

    @Test
    void eightyColumnsWithScrollingEchoAreRead() {
        start(Setup.of("core-router-with-a-long-name", "admin", "p", "s3cret"), Ssh.MODERN);
        ios.faults().narrow();
        movesAllTheSame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\r\n", "\r\0\n", "\n\r", "\r\n\0"})
    void oddLineEndsAreRead(String end) {
        start();
        ios.faults().lineEnd(end);
        movesAllTheSame();
    }

    @Test
    void anEchoThatComesTwiceIsDropped() {
        start();
        ios.faults().doubleEcho();
        movesAllTheSame();
    }

    @Test
    void answersInPiecesAreReadWhole() {
        start();
        ios.faults().chunks(7);
        movesAllTheSame();
    }

    @Test
    void keyboardInteractiveLoginsAndOldAlgorithmsWork() throws IOException {
        start(Setup.of("gw1", "admin", "pass word", "s3cret"), Ssh.INTERACTIVE_LOGIN);
        movesAllTheSame();
        ios.close();
        start(Setup.of("gw1", "admin", "pass word", "s3cret"), Ssh.OLD_ALGORITHMS);
        RouterException e = catchThrowableOfType(RouterException.class, this::open);
        assertThat(e.refused()).as(e.getMessage()).isTrue();
        assertThat(e).hasMessageContaining("write legacy: true");
    }

    @Test
    void oldAlgorithmsAreSpokenWhereTheEntrySaysLegacy() throws RouterException {
        start(Setup.of("gw1", "admin", "pass word", "s3cret"), Ssh.OLD_ALGORITHMS);
        try (Router router = open(", enable: {file: enable}, legacy: true")) {
            assertThat(move(router, true).routes().get(WWW1).hops()).containsExactly(HOST2);
        }
    }

    // ---- refusals, each with its sentence ------------------------------------------------------------------------------

    @Test
    void aWrongEnablePasswordIsTriedOnceAndRefused() {
        start();
        new CliHome(folder).write("wrong", "no");
        RouterException e = catchThrowableOfType(RouterException.class, () -> {
            new CliHome(folder).write("wrong", "no");
            open(", enable: {file: wrong}").close();
        });
        assertThat(e.refused()).isTrue();
        assertThat(e).hasMessageContaining("it refused the enable password").hasMessageContaining("tried once");
        assertThat(e.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void anEnablePasswordThatIsMissingIsAskedFor() {
        start();
        RouterException e = catchThrowableOfType(RouterException.class, () -> open("").close());
        assertThat(e.refused()).isTrue();
        assertThat(e).hasMessageContaining("it asks for the enable password; write enable: {file: FILE} at gw1");
    }

    @Test
    void aLockOfSomebodyElseIsSaidToBeOne() {
        start();
        ios.faults().locked("Configuration mode locked exclusively by user 'noc' process '88' from terminal '3'."
                + " Please try later.");
        assertThat(refused(false)).hasMessageContaining("its configuration is locked by somebody else")
                .hasMessageContaining("'noc'");
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void usedUpLinesAreARefusalAndNotASilence() throws RouterException {
        start(Setup.of("gw1", "admin", "pass word", "s3cret"), Ssh.ONE_LINE);
        try (Router first = open()) {
            assertThat(first.isOpen()).isTrue();
            RouterException e = catchThrowableOfType(RouterException.class, () -> open().close());
            assertThat(e.refused()).as(e.getMessage()).isTrue();
            assertThat(e).hasMessageContaining("its lines (vty) may all be in use");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"^ip route|Command authorization failed.|Command authorization failed",
            "^ip route|% Invalid input detected at '^' marker.|Invalid input",
            "^ip route|%Inconsistent address and mask|Inconsistent address",
            "^ip route|%Invalid next hop address (it's this router)|it's this router"})
    void aLineThatIsRefusedChangesNothing(String line, String answer, String said) throws RouterException {
        start();
        ios.faults().answer(line, answer);
        try (Router router = open()) {
            ReadBack back = move(router, false);
            assertThat(back.complaints().get(WWW1)).contains(said).contains("'" + NEW + "'");
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void whenTheOldLineMayNotGoAPlannedChangeIsTakenBack() throws RouterException {
        start();
        ios.faults().answer("^no ip route .* 192.168.1.2$", "Command authorization failed.");
        try (Router router = open()) {
            ReadBack back = move(router, true);
            assertThat(back.complaints().get(WWW1)).contains("authorization failed");
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void whenTheOldLineMayNotGoAFailoverKeepsTheNewOneBesideIt() throws RouterException {
        start();
        ios.faults().answer("^no ip route .* 192.168.1.2$", "Command authorization failed.");
        try (Router router = open()) {
            assertThat(move(router, false).routes().get(WWW1).hops()).containsExactly(HOST1, HOST2);
        }
        assertThat(ios.written()).containsExactly(OLD, NEW);
    }

    @Test
    void aWarningNobodyKnowsIsReadBackBeforeTheOldLineGoes() throws RouterException {
        start();
        ios.faults().remark("^ip route", "%Something new in this release: look out");
        try (Router router = open()) {
            assertThat(move(router, true).routes().get(WWW1).hops()).containsExactly(HOST2);
        }
        assertThat(ios.written()).containsExactly(NEW);
    }

    @Test
    void aWarningNobodyKnowsWithNothingBehindItTakesNothingAway() throws RouterException {
        start();
        ios.faults().answer("^ip route", "%Something new in this release: look out");
        try (Router router = open()) {
            ReadBack back = move(router, true);
            assertThat(back.typed().remarks().get(WWW1)).contains("look out");
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void aLineThatIsTakenAndNotMadeIsFoundOut() throws RouterException {
        start();
        ios.faults().ignore("^ip route");
        try (Router router = open()) {
            ReadBack back = move(router, false);
            assertThat(back.routes().get(WWW1)).isNull();
        }
    }

    @Test
    void beingPushedBackToExecTypesNothingMore() throws RouterException {
        start();
        ios.faults().pushBack("^ip route");
        try (Router router = open()) {
            ReadBack back = move(router, false);
            assertThat(back.complaints().get(WWW1)).contains("Please try later");
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(ios.typed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^show running", "^configure", "^ip route", "^no ip route", "^end", "^show ip route 192"})
    void aReloadInTheMiddleIsUnreachableAndSaysAtWhichLine(String line) throws RouterException {
        start();
        ios.faults().drop(line);
        RouterException e = catchThrowableOfType(RouterException.class, () -> {
            try (Router router = open()) {
                move(router, false);
            }
        });
        assertThat(e.refused()).isFalse();
        assertThat(e).hasMessageContaining("it ended the session at '");
        try (Router again = open()) {
            Route now = again.routes(List.of(WWW1)).get(WWW1);
            assertThat(again.apply(List.of(CliHome.change(WWW1, now, false, HOST2))).routes().get(WWW1).hops())
                    .containsExactly(HOST2);
        }
        assertThat(ios.written()).containsExactly(NEW);
    }

    @Test
    void noPromptInConfigurationModeEndsAtTheDeadlineAndTypesNothingBlindly() {
        start();
        ios.faults().silentConfig();
        RouterException e = catchThrowableOfType(RouterException.class, () -> {
            RouterSpec spec = new CliHome(folder).spec(ios, "cisco-ios", ", enable: {file: enable}");
            CliSession session = CliLogin.open(spec, PATIENCE, Duration.ofMillis(600), new Transcript("gw1"));
            try (Router router = new CliRouter(spec, session)) {
                move(router, false);
            }
        });
        assertThat(e.refused()).isFalse();
        assertThat(e).hasMessageContaining("no answer to 'configure terminal'")
                .hasMessageContaining("service prompt config");
        assertThat(ios.written()).containsExactly(OLD);
    }

    // ---- names and questions -------------------------------------------------------------------------------------------

    /** What opening and moving came to; it has to fail, and within seconds. */
    private RouterException toldSoon() {
        long began = System.nanoTime();
        RouterException e = refused(false);
        assertThat(System.nanoTime() - began).isLessThan(15_000_000_000L);
        assertThat(ios.written()).containsExactly(OLD);
        return e;
    }

    @Test
    void aNameThatChangesInMidSessionIsLearntAnew() throws RouterException {
        start();
        try (Router router = open()) {
            ios.faults().named("edge 7 (cellar)", "edge 7 (cellar)");
            assertThat(move(router, true).routes().get(WWW1).hops()).containsExactly(HOST2);
            ios.faults().named("gw1", "");
            assertThat(router.routes(List.of(WWW1))).containsKey(WWW1);
        }
        assertThat(ios.written()).containsExactly(NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Enter the enable passcode: ", "Password for admin: ", "Enable secret:", "Enter PASSCODE: ",
            "gw1 enable password:", "admin's Password (expires in 3 days): "})
    void questionsForTheEnablePasswordAreKnownInManyWords(String question) {
        start();
        ios.faults().passwordQuestion(question);
        movesAllTheSame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Username: ", "login:", "User name: ", "gw1 login: "})
    void anEnableThatAsksForAUserFirstIsGivenTheOneOfTheLogin(String question) {
        start();
        ios.faults().asks("^enable$", question);
        movesAllTheSame();
        assertThat(ios.faults().replies()).containsExactly("admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Somebody configures. Take over? [no]: ", "Overwrite startup [yes]", "Continue (y/n) ",
            "Reason for the change:"})
    void aQuestionNobodyKnowsIsAnsweredByNothingAndTold(String question) {
        start();
        ios.faults().asks("^configure", question);
        assertThat(toldSoon()).hasMessageContaining("it asks '" + question.strip() + "' at 'configure terminal")
                .hasMessageContaining("add it to questions: in routers/cisco-ios.yaml");
        assertThat(ios.faults().replies()).isEmpty();
    }

    @Test
    void aQuestionForANameOrAPasswordElsewhereGetsNeither() {
        start();
        ios.faults().asks("^configure", "Username: ");
        assertThat(toldSoon()).hasMessageContaining("it asks for a user name at 'configure terminal'");
        ios.faults().none();
        ios.faults().asks("^configure", "Password: ");
        assertThat(toldSoon()).hasMessageContaining("it asks for a password at 'configure terminal'");
        assertThat(ios.faults().replies()).isEmpty();
    }

    @Test
    void theEnablePasswordIsNotRepeatedWhateverTheDeviceEchoes() {
        start();
        ios.faults().asks("^enable$", "Password: ", "Did you mean s3cret, or what? ");
        RouterException e = toldSoon();
        assertThat(e).hasMessageContaining("it asks 'Did you mean ********, or what?' at a password");
        assertThat(ios.faults().replies()).containsExactly("s3cret");
    }

    @Test
    void aPromptOfAnotherShapeIsToldAsItsLastLine() {
        start();
        ios.faults().asks("^configure", "gw1 configuring % ");
        assertThat(toldSoon())
                .hasMessageContaining("shows no prompt that dialect cisco-ios knows at 'configure terminal")
                .hasMessageContaining("its last line was 'gw1 configuring %'");
    }
}
