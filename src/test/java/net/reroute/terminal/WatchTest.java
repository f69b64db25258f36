package net.reroute.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A status that stays on the screen, and one that flows where there is none. */
@Timeout(30)
class WatchTest {

    private final List<String> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private int code;

    private Asker.Answer ask(List<String> words, int width, boolean colour) {
        asked.add(String.join(" ", words));
        return new Asker.Answer(code, List.of(answers.isEmpty() ? "all well" : answers.pop()));
    }

    /** Types keys at a screen of 80 columns and 24 lines. */
    private String type(String keys) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (Terminal terminal = new ExternalTerminal("test", "xterm",
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.US_ASCII)), seen, StandardCharsets.UTF_8)) {
            terminal.setSize(Size.of(80, 24));
            LiveScreen.show(this::ask, List.of("status"), terminal);
        }
        asked.removeIf("status"::equals);
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theScreenShowsTheStatusAndItsKeys() throws IOException {
        assertThat(type("q")).contains("all well", "e explain", "q quit");
        assertThat(asked).isEmpty();
    }

    @Test
    void aDrainShowsFirstWhatItWouldDoAndIsDoneWhenThatIsConfirmed() throws IOException {
        assertThat(type("dhost1\ry q")).contains("Drain which server?", "Do it?");
        assertThat(asked).containsExactly("drain host1 --dry-run", "drain host1");
    }

    @Test
    void anyOtherKeyThanYesChangesNothing() throws IOException {
        type("mwww-1\rhost2\rnq");
        assertThat(asked).containsExactly("www-1 to host2 --dry-run");
    }

    @Test
    void whatIsRefusedIsNotAskedFor() throws IOException {
        code = 3;
        assertThat(type("dhost1\ryq")).contains("Refused");
        assertThat(asked).containsExactly("drain host1 --dry-run");
    }

    @Test
    void anEmptyNameChangesNothing() throws IOException {
        type("d\rq");
        assertThat(asked).isEmpty();
    }

    @Test
    void whereThereIsNoTerminalEachEventIsALineAndTheHeadlineWhenItChanges() {
        answers.add(status("all well", "", ""));
        answers.add(status("all well", "", ""));
        answers.add(status("1 of 2 services OUT", "7", "host1 is DOWN"));
        answers.add("{\"error\": \"no daemon answers\", \"exit\": 6}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PlainWatch watch = new PlainWatch(this::ask, List.of("status"), new PrintStream(out, true,
                StandardCharsets.UTF_8));
        for (int i = 0; i < 4; i++) {
            watch.step();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(l -> l.substring("HH:mm:ss  ".length())))
                .containsExactly("all well", "host1 is DOWN", "1 of 2 services OUT", "no daemon answers");
    }

    private static String status(String headline, String id, String text) {
        String row = id.isEmpty()
                ? ""
                : "{\"id\": " + id + ", \"at\": \"2026-01-01T05:00:00Z\", \"text\": \"" + text + "\"}";
        return "{\"headline\": \"" + headline + "\", \"headlineParts\": [\"" + headline + "\"], \"happened\": [" + row
                + "]}";
    }
}
