package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import net.reroute.core.Dialect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an answer is whole, of a device that paints its line anew behind the echo. */
class AnswerMatcherTest {

    private static final String PROMPT = "[admin@r1] > ";
    private static final String COMMAND = "/ip route print terse";

    @TempDir
    Path folder;

    private AnswerMatcher matcher;

    @BeforeEach
    void deviceAtItsPrompt() throws IOException {
        Dialect dialect = new CliHome(folder).dialect("mikrotik");
        Prompt prompt = Prompt.ofAnybody(dialect).learn(PROMPT);
        matcher = new AnswerMatcher(dialect, prompt, COMMAND, Optional.of(PROMPT + COMMAND));
    }

    private boolean isWhole(String soFar) {
        return matcher.matches(soFar, false).isSuccessful();
    }

    @Test
    void thePromptOfTheLinePaintedAnewIsNotTakenForTheEndOfAnEmptyAnswer() {
        String cut = COMMAND + "\r\n\r" + PROMPT;
        assertThat(isWhole(cut)).isFalse();
        String painted = cut + COMMAND + "\r\n";
        assertThat(isWhole(painted)).isFalse();
        assertThat(isWhole(painted + "0 As dst-address=10.0.0.0/24\r\n\r\r\r" + PROMPT)).isTrue();
    }

    @Test
    void aPromptThatNothingFollowsIsTheEndAllTheSame() {
        String early = COMMAND + "\r\n\r" + PROMPT;
        assertThat(isWhole(early)).isFalse();
        matcher.isSilent();
        assertThat(isWhole(early)).isTrue();
    }
}
