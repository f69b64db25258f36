package net.reroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;
import net.reroute.core.CheckResult;
import net.reroute.core.Event;
import net.reroute.core.Outcome;
import net.reroute.core.ProgramRemarks.NotTold;
import net.reroute.core.Text;
import net.reroute.journal.PendingRow;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.SshException;
import org.junit.jupiter.api.Test;

/** What comes from elsewhere is text and nothing else, in whatever carries it, and at the last door too. */
class HarmlessTest {

    /** Every control character there is, some with what follows them, and what turns the direction of writing. */
    private static final String EVIL = "fine" + IntStream.rangeClosed(0, 0x9f).filter(c -> c < 0x20 || c > 0x7e)
            .mapToObj(Character::toString).reduce("", String::concat)
            + "\u001b[2J\u001b]0;title\u0007\u001b[31mred\u009b2J\u2028\u2029\u202e\u200b\u2066\ufeff"
            + "\r\n2026-01-01 05:00:00.000 ERROR moved www-1: forged" + "end";

    private static void isHarmless(String text) {
        assertThat(text).matches("[\\x20-\\x7e]*").contains("fine").contains("end");
    }

    private static String shown(Charset charset, boolean colour, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new Console(new PrintStream(bytes, true, charset), System.err, 80, colour,
                new Actor.Program()).out();
        out.print(text);
        out.flush();
        return bytes.toString(charset);
    }

    @Test
    void whatCarriesTheWordsOfOthersCleansThem() {
        isHarmless(new CheckResult(false, EVIL, Instant.EPOCH, Duration.ZERO).said());
        isHarmless(new SshException(SshException.Failure.REFUSED, EVIL, null).getMessage());
        isHarmless(new RouterException(true, EVIL, null).getMessage());
        isHarmless(new Attribution(new Actor.Program(), EVIL, Instant.EPOCH).why());
        isHarmless(PendingRow.now(new NotTold(EVIL, EVIL)).row(1).text());
        isHarmless(PendingRow.now(new NotTold(EVIL, EVIL)).row(1).subject());
        isHarmless(new Outcome.OnRouter("gw1", Outcome.Kind.REFUSED, EVIL, List.of()).text());
        isHarmless(new Event(Event.Kind.TROUBLE, Instant.EPOCH, Map.of("text", EVIL)).fact("text").replace("\n", " ")
                .replace("\t", " "));
    }

    @Test
    void theyAreShort() {
        assertThat(new SshException(SshException.Failure.REFUSED, "x".repeat(30_000), null).getMessage().length())
                .isLessThan(1100);
        assertThat(Text.one("x".repeat(30_000)).length()).isLessThan(1100);
    }

    @Test
    void theLastDoorLetsNothingThroughThatATerminalObeys() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            assertThat(shown(charset, false, EVIL).replace("\n", "").replace("\t", ""))
                    .doesNotContain("\u001b").doesNotMatch("(?s).*[\\x00-\\x1f\\x7f-\\x9f].*");
        }
        assertThat(shown(StandardCharsets.UTF_8, false, "\u001b\u001b[31;1mred\u001b[0m \u00fcber \u00c2\n\ttab"))
                .isEqualTo("[31;1mred[0m \u00fcber \u00c2\n\ttab");
    }

    @Test
    void coloursGoThroughWhereTheyAreWanted() {
        String red = "\u001b[31mred\u001b[0m";
        assertThat(shown(StandardCharsets.UTF_8, true, red)).isEqualTo(red);
        assertThat(shown(StandardCharsets.UTF_8, true, "\u001b[2J" + red)).doesNotContain("\u001b[2J").endsWith(red);
    }
}
