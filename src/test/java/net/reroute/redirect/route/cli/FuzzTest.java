package net.reroute.redirect.route.cli;

import static net.reroute.redirect.route.cli.CliHome.HOST1;
import static net.reroute.redirect.route.cli.CliHome.HOST2;
import static net.reroute.redirect.route.cli.CliHome.WWW1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.cli.SimulatedCli.Ssh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions whose answers arrive in random pieces, with system messages, garbage and losses in them. Whatever comes: nothing
 * hangs, success is claimed only where the device did it, and no line is typed in a mode it does not belong to.
 */
@Timeout(600)
class FuzzTest {

    private static final int SESSIONS = 100_000;
    /** Short, so that it often seems to be over where it is not. */
    private static final Duration QUIET = Duration.ofMillis(30);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** Far more than all deadlines of a session together: a slow machine is no hang. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    @TempDir
    Path folder;

    private record Tally(int good, int failed, List<String> wrong) {}

    @Test
    void survivesAHundredThousandSessionsOfPiecesMessagesAndGarbage() throws Exception {
        RouterSpec spec = spec();
        int threads = 128; // most of them wait for what a fault took away
        int good = 0;
        int failed = 0;
        List<String> wrong = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Tally>> tallies = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t;
                tallies.add(pool.submit((Callable<Tally>) () -> sessions(spec, first, threads)));
            }
            for (Future<Tally> tally : tallies) {
                good += tally.get().good();
                failed += tally.get().failed();
                wrong.addAll(tally.get().wrong());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(good + failed).isEqualTo(SESSIONS);
        // Pieces and messages alone are no reason to fail, and they are most of what comes.
        assertThat(good).isGreaterThan(SESSIONS * 3 / 4);
        assertThat(failed).isPositive();
    }

    private RouterSpec spec() throws IOException {
        try (SimulatedCli ios = SimulatedCli.start("cisco-ios", Setup.of("gw1", "admin", "p", ""), CliHome.links(),
                Ssh.MODERN,
                l -> {
                })) {
            return new CliHome(folder).spec(ios, "cisco-ios", "");
        }
    }

    private static Tally sessions(RouterSpec spec, int first, int step) {
        int good = 0;
        int failed = 0;
        List<String> wrong = new ArrayList<>();
        for (int seed = first; seed < SESSIONS && wrong.size() < 5; seed += step) {
            long began = System.nanoTime();
            FuzzedDevice device = new FuzzedDevice(seed);
            boolean claimed = session(spec, device);
            good += claimed ? 1 : 0;
            failed += claimed ? 0 : 1;
            device.wrong().ifPresent(w -> wrong.add(w));
            if (claimed && !device.hops().equals(List.of(HOST2.toString()))) {
                wrong.add("seed " + seed + ": success was claimed, but the device has " + device.hops());
            }
            if (!claimed && device.isHarmless()) {
                wrong.add("seed " + seed + ": pieces and messages alone made it fail: " + device.heard());
            }
            if (System.nanoTime() - began > LONGEST_NANOS) {
                wrong.add("seed " + seed + ": hung");
            }
        }
        return new Tally(good, failed, wrong);
    }

    private static boolean session(RouterSpec spec, FuzzedDevice device) {
        try {
            Dialogue dialogue = new Dialogue(device.remote(), device, spec.cli().orElseThrow().dialect(),
                    new Transcript("gw1"), QUIET);
            CliSession session = new CliSession(spec, dialogue,
                    device.isHarmless() ? Duration.ofSeconds(30) : PATIENCE, dialogue.standingAt(device.first()));
            try (CliRouter router = new CliRouter(spec, session)) {
                Route before = router.routes(List.of(WWW1)).get(WWW1);
                if (before == null || !before.hops().equals(List.of(HOST1))) {
                    return false;
                }
                ReadBack back = router.apply(List.of(CliHome.change(WWW1, before, false, HOST2)));
                return Optional.ofNullable(back.routes().get(WWW1)).map(Route::hops).equals(Optional.of(List.of(HOST2)))
                        && HOST2.equals(back.lookups().get(WWW1.firstUsable()));
            }
        } catch (RouterException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
