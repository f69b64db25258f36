package net.reroute.simulation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a real program said. A recording has lines of "$" for a command, ">" where it goes on, "|" for its output, "!"
 * for its complaints and "=" for its status; "\\c" is the end of a text that does not end its line.
 */
final class LinuxRecording {

    private LinuxRecording() {}

    /** Types all commands of a recording one after the other and compares. */
    static void assertSaidAgain(String recording) {
        List<String> differences = new ArrayList<>();
        LinuxBench bench = new LinuxBench();
        for (String expected : read(recording).split("(?m)^(?=\\$ )")) {
            if (expected.startsWith("$ ")) {
                String actual = replay(bench, expected.lines().findFirst().orElseThrow()
                        + expected.lines().filter(l -> l.startsWith("> ")).reduce("", (a, b) -> a + "\n" + b));
                if (!actual.equals(expected.stripTrailing())) {
                    differences.add("expected:\n" + expected + "but was:\n" + actual);
                }
            }
        }
        assertThat(String.join("\n\n", differences)).isEmpty();
    }

    private static String replay(LinuxBench bench, String line) {
        LinuxBench.Answer answer = bench.run(line.substring(2).replace("\n> ", "\n"));
        return (line + "\n" + marked('|', answer.out()) + marked('!', answer.err()) + "= " + answer.status())
                .stripTrailing();
    }

    private static String marked(char mark, String text) {
        StringBuilder all = new StringBuilder();
        String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text + "\\c";
        if (!text.isEmpty()) {
            for (String line : cut.split("\n", -1)) {
                all.append(mark).append(line).append('\n');
            }
        }
        return all.toString();
    }

    private static String read(String recording) {
        try (InputStream in = LinuxRecording.class.getResourceAsStream(recording + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
