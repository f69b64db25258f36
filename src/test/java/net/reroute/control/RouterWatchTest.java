package net.reroute.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.reroute.core.MoveApproval;
import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import net.reroute.ssh.Fence;
import org.junit.jupiter.api.Test;

/** When a router is looked at for what it tells; time is moved by hand. */
class RouterWatchTest {

    private final List<String> looks = new ArrayList<>();
    private final List<String> unwatched = new ArrayList<>();
    private final List<Timed> timers = new ArrayList<>();
    private final Telling router = new Telling();
    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final RouterWatch watch = new RouterWatch("gw1", List.of(), new Parts(null, null, null,
            () -> now, null, (delay, what) -> timers.add(new Timed(now.plus(delay), what)), () -> May.ACT,
            MoveApproval.OPEN, Fence.NONE, true), new RouterWatch.Listener() {
                @Override
                public void look(String why) {
                    looks.add(why);
                }

                @Override
                public void unwatched(String why) {
                    unwatched.add(why);
                }
            });

    private record Timed(Instant at, Runnable what) {}

    private void pass(long millis) {
        Instant end = now.plusMillis(millis);
        for (Optional<Timed> next = due(end); next.isPresent(); next = due(end)) {
            timers.remove(next.get());
            now = next.get().at();
            next.get().what().run();
        }
        now = end;
    }

    private Optional<Timed> due(Instant end) {
        return timers.stream().filter(t -> !t.at().isAfter(end)).min((a, b) -> a.at().compareTo(b.at()));
    }

    private void follow() {
        watch.follow(router.traits());
        pass(1000);
        if (router.told != null) {
            router.told.accept(Traits.Watch.BEGINS);
            pass(1000);
            looks.clear();
        }
    }

    @Test
    void otherPrefixesAreWatchedWithinASecondAndTheSameOnesGoOnUndisturbed() {
        follow();
        List<Prefix> two = List.of(Prefix.parse("10.0.0.0/24"), Prefix.parse("10.0.1.0/24"));
        watch.watchOnly(two);
        assertThat(watch.isOpen()).isFalse();
        pass(1000);
        assertThat(router.watched).isEqualTo(two);
        assertThat(router.opened).isEqualTo(2);
        router.told.accept(Traits.Watch.BEGINS);
        watch.watchOnly(two.reversed());
        pass(10_000);
        assertThat(router.opened).isEqualTo(2);
        assertThat(watch.isOpen()).isTrue();
    }

    @Test
    void aSwarmOfEventsIsOneLookAndAnEndlessOneIsAFewASecond() {
        follow();
        for (int i = 0; i < 1000; i++) {
            router.told.accept("10.0.0.0/24 via 192.168.1.2 dev eth0");
        }
        pass(50);
        assertThat(looks).hasSize(1);
        for (int i = 0; i < 300; i++) {
            router.told.accept("10.0.0.0/24 via 192.168.1.2 dev eth0");
            pass(10);
        }
        assertThat(looks).hasSizeBetween(8, 11);
    }

    @Test
    void whatIsNotTakenIsTriedAgainSoonAndNotForEver() {
        follow();
        router.told.accept("2: eth0: <BROADCAST>");
        pass(50);
        for (int i = 0; i < 100; i++) {
            int before = looks.size();
            watch.looked(RouterWatch.Led.REFUSED);
            pass(1000);
            if (i == 0) {
                assertThat(looks.size()).isGreaterThan(before);
            }
        }
        pass(60_000);
        assertThat(looks).hasSizeBetween(5, 12);
        watch.looked(RouterWatch.Led.NOTHING);
        pass(60_000);
        int settled = looks.size();
        watch.looked(RouterWatch.Led.REFUSED);
        pass(400);
        assertThat(looks).hasSize(settled + 1);
    }

    @Test
    void whoUndoesWhatWeDoIsNotFoughtForEver() {
        follow();
        for (int i = 0; i < 6000; i++) {
            int before = looks.size();
            router.told.accept("Deleted 10.0.0.0/24 via 192.168.1.2 dev eth0");
            pass(100);
            if (looks.size() > before) {
                watch.looked(RouterWatch.Led.MENDED);
            }
        }
        assertThat(looks).hasSizeBetween(38, 50); // in ten minutes
        pass(600_000);
        int quiet = looks.size();
        router.told.accept("Deleted 10.0.0.0/24 via 192.168.1.2 dev eth0");
        pass(50);
        assertThat(looks).hasSize(quiet + 1);
    }

    @Test
    void aMonitorThatEndsIsOpenedAgainAfterAGrowingPause() {
        follow();
        assertThat(router.opened).isEqualTo(1);
        router.told.accept("");
        pass(1000);
        assertThat(router.opened).isEqualTo(2);
        assertThat(watch.isOpen()).isFalse();
        router.told.accept("Object \"monitor\" is unknown, try \"ip help\".");
        router.told.accept("");
        assertThat(unwatched)
                .containsExactly("its monitor ended at once: Object \"monitor\" is unknown, try \"ip help\".");
        pass(1000);
        assertThat(looks).isEmpty();
        assertThat(router.opened).isEqualTo(2);
        pass(1000);
        assertThat(router.opened).isEqualTo(3);
        router.open = false;
        router.told.accept("");
        pass(600_000);
        assertThat(router.opened).isEqualTo(3);
    }

    @Test
    void aRouterThatTellsNothingIsComplainedOfOnce() {
        router.refuses = true;
        follow();
        follow();
        assertThat(unwatched).containsExactly("no second session");
        assertThat(watch.isOpen()).isFalse();
    }

    @Test
    void afterItsEndNothingIsLookedAt() {
        follow();
        router.told.accept("10.0.0.0/24 via 192.168.1.2 dev eth0");
        watch.close();
        pass(60_000);
        assertThat(looks).isEmpty();
        assertThat(watch.isOpen()).isFalse();
    }

    /** Tells what the test says. */
    private static final class Telling implements Traits.Monitoring, Traits.Session {

        private Consumer<String> told;
        private Collection<Prefix> watched = List.of();
        private int opened;
        private boolean open = true;
        private boolean refuses;

        Traits traits() {
            return new Traits(false, Duration.ZERO, Set.of(), Optional.of(this), Optional.empty(), Optional.of(this));
        }

        @Override
        public Traits.Watch watch(Collection<Prefix> prefixes, Consumer<String> to) throws RedirectException {
            if (refuses) {
                throw new RedirectException(true, "no second session", null);
            }
            told = to;
            watched = prefixes;
            opened++;
            return new Traits.Watch() {
                private boolean over;

                @Override
                public boolean isOpen() {
                    return !over;
                }

                @Override
                public void close() {
                    if (!over) {
                        over = true;
                        to.accept(""); // as the real one tells of its end
                    }
                }
            };
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean ping() {
            return false;
        }
    }
}
