package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.reroute.core.Address;
import net.reroute.core.Dialect;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;

/** Makes the move of a recording on the device that plays it, and compares what came of it. */
final class Playback {

    private static final List<String> LINE_BY_LINE = List.of("cisco-ios", "frr");

    private Playback() {}

    /** @param piece how many bytes the device sends at a time, at most */
    static void of(CliHome home, String dialect, Recording recording, int piece) throws IOException {
        RouterSpec spec = home.cliSpec(dialect, recording.one("device"));
        try (RecordedDevice device = new RecordedDevice(recording, piece)) {
            try (CliSession session = login(spec, device).begin(CliHome.PATIENCE)) {
                shows(recording, new CliRouter(spec, session), spec.cli().orElseThrow().dialect());
            } catch (RouterException e) {
                throw new AssertionError(device.complaint() + "; " + e.getMessage(), e);
            }
            assertThat(device.complaint()).isEmpty();
        }
    }

    static CliLogin login(RouterSpec spec, RecordedDevice device) throws IOException {
        return new CliLogin(spec, new Dialogue(device.remote(), () -> {
        }, spec.cli().orElseThrow().dialect(), new Nobody(), spec.cli().orElseThrow().quiet()), CliHome.PATIENCE);
    }

    private static void shows(Recording recording, CliRouter router, Dialect dialect) throws java.io.IOException {
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

    private static final class Nobody implements LineListener {

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
