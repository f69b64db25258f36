package net.reroute.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Dialect;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.core.RouterSpec;
import net.reroute.router.Router.ReadBack;
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
    private static final List<String> LINE_BY_LINE = List.of("cisco-ios", "frr");
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
        try (RecordedDevice device = new RecordedDevice(new Recording(List.of(), other), Integer.MAX_VALUE);
                CliSession session = session(spec, device)) {
            assertThatThrownBy(() -> session.begin(CliHome.PATIENCE)).isInstanceOf(RouterException.class);
            assertThat(device.complaint())
                    .isEqualTo("typed 'terminal length 0' where 'terminal length 24' is recorded");
        }
    }

    private static CliSession session(RouterSpec spec, RecordedDevice device) throws IOException {
        return new CliSession(spec, new Dialogue(device.remote(), () -> {
        }, spec.cli().orElseThrow().dialect(), new Silence()), CliHome.PATIENCE);
    }

    private void play(String name, int piece) throws Exception {
        String dialect = name.replaceFirst("/.*", "");
        Recording recording = Recording.read(SHELF.resolve(name));
        RouterSpec spec = new CliHome(folder).cliSpec(dialect, recording.one("device"));
        try (RecordedDevice device = new RecordedDevice(recording, piece); CliSession session = session(spec, device)) {
            try {
                session.begin(CliHome.PATIENCE);
                shows(recording, new CliRouter(spec, session), spec.cli().orElseThrow().dialect());
            } catch (RouterException e) {
                throw new AssertionError(device.complaint(), e);
            }
            assertThat(device.complaint()).isEmpty();
        }
    }

    private static void shows(Recording recording, CliRouter router, Dialect dialect) throws RouterException {
        Prefix prefix = Prefix.parse(recording.one("move").replaceFirst(" .*", ""));
        Route before = router.routes(List.of(prefix)).get(prefix);
        assertThat(before.hops()).isEqualTo(addresses(recording.one("before")));
        Change change = CliHome.change(prefix, before, recording.one("planned").equals("yes"),
                addresses(recording.one("move").replaceFirst(".* to ", "")).toArray(Address[]::new));
        ReadBack back = router.apply(List.of(change));
        understood(recording, prefix, back);
        OptionalInt from = before(recording, dialect.ways().configure());
        assertThat(from.isPresent()).isEqualTo(!recording.all("typed").isEmpty());
        assertThat(router.awaited() - from.orElse(router.awaited()))
                .isLessThanOrEqualTo(most(recording, dialect));
        if (recording.typed().stream().anyMatch(dialect.writing().save().orElse("-")::equals)) {
            assertThat(router.save()).isEmpty();
        }
    }

    /** Answers waited for before it is configured; empty where it never is. */
    private static OptionalInt before(Recording recording, String configure) {
        List<String> typed = recording.typed();
        return IntStream.range(0, typed.size())
                .filter(i -> typed.get(i).equals(configure) || typed.get(i).startsWith(configure + " revert"))
                .findFirst();
    }

    /** What one changed prefix may cost in answers, from there on. */
    private static int most(Recording recording, Dialect dialect) {
        int most = LINE_BY_LINE.contains(dialect.name()) ? 6 : 10;
        return recording.one("most").isEmpty() ? most : Integer.parseInt(recording.one("most"));
    }

    private static void understood(Recording recording, Prefix prefix, ReadBack back) {
        assertThat(back.routes().get(prefix).hops()).isEqualTo(addresses(recording.one("after")));
        assertThat(back.lookups()).isEqualTo(Map.of(prefix.firstUsable(),
                Address.parse(recording.one("lookup"))));
        assertThat(back.typed().lines().getOrDefault(prefix, List.of())).isEqualTo(recording.all("typed"));
        assertThat(back.typed().remarks()).isEmpty();
        if (recording.one("complaint").isEmpty()) {
            assertThat(back.complaints()).isEmpty();
        } else {
            assertThat(back.complaints().get(prefix)).contains(recording.one("complaint"));
        }
    }

    private static List<Address> addresses(String text) {
        return Arrays.stream(text.split(" +")).map(Address::parse).sorted().toList();
    }

    private static final class Silence implements Dialogue.Listener {

        @Override
        public void typed(String line) {
            // nobody listens
        }

        @Override
        public void heard(String raw) {
            // nobody listens
        }
    }
}
