package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.router.RouterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dialect against the sessions in src/test/resources/recorded. */
@Timeout(60)
class RecordedTest {

    private static final Path SHELF = Path.of("src/test/resources/recorded");
    private static final List<String> EIGHT = List.of("arista-eos", "cisco-ios", "cisco-nxos", "cisco-xr", "frr",
            "juniper-junos", "mikrotik", "vyos");

    @TempDir
    Path folder;

    static List<String> recordings() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SHELF)) {
            files.filter(f -> f.toString().endsWith(".txt")).sorted()
                    .forEach(f -> names.add(SHELF.relativize(f).toString()));
        }
        assertThat(names.stream().map(n -> n.replaceFirst("/.*", "")).distinct()).containsAll(EIGHT);
        return names;
    }

    @ParameterizedTest(name = "{0} goes as it was recorded")
    @MethodSource("recordings")
    void aSessionGoesAsItWasRecorded(String name) throws Exception {
        play(name, Integer.MAX_VALUE);
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @ValueSource(ints = {1, 7})
    void aSessionGoesTheSameWhereItComesInPieces(int piece) throws Exception {
        for (String dialect : EIGHT) {
            play(dialect + "/planned.txt", piece);
        }
    }

    @Test
    void aLineThatIsNotRecordedIsToldAndEndsTheSession() throws Exception {
        Recording recording = Recording.read(SHELF.resolve("frr/planned.txt"));
        List<String> other = recording.lines().stream()
                .map(l -> l.equals("> terminal length 0") ? "> terminal length 24" : l).toList();
        RouterSpec spec = new CliHome(folder).cliSpec("frr", "");
        try (RecordedDevice device = new RecordedDevice(new Recording(List.of(), other), Integer.MAX_VALUE)) {
            CliLogin login = Playback.login(spec, device);
            assertThatThrownBy(() -> login.begin(CliHome.PATIENCE)).isInstanceOf(RouterException.class);
            assertThat(device.complaint())
                    .isEqualTo("typed 'terminal length 0' where 'terminal length 24' is recorded");
        }
    }

    private void play(String name, int piece) throws Exception {
        Recording recording = Recording.read(SHELF.resolve(name));
        Playback.of(new CliHome(folder), name.replaceFirst("/.*", ""), recording, piece);
    }
}
