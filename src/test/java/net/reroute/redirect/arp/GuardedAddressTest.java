package net.reroute.redirect.arp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Takeover;
import net.reroute.core.Takeover.Announce;
import net.reroute.core.Takeover.Commands;
import net.reroute.core.Takeover.Fence;
import net.reroute.core.Takeover.Means;
import net.reroute.core.Takeover.Use;
import org.junit.jupiter.api.Test;

/** Answers claims, but not without end, and tells people when they should look. Its time is moved by hand. */
class GuardedAddressTest {

    private static final HardwareAddress STRANGER = new HardwareAddress("52:54:00:aa:bb:99");
    private static final ArpObservation CLAIM = new ArpObservation(ArpObservation.Meaning.CLAIM, STRANGER,
            Address.parse("192.168.77.50"));
    private static final ArpObservation ASK = new ArpObservation(ArpObservation.Meaning.ASK, STRANGER,
            Address.parse("192.168.77.50"));

    private static final Instant START = Instant.parse("2026-01-01T05:00:00Z");
    private static final int MOST = 3;
    private static final Address ADDRESS = Address.parse("192.168.77.50");

    private final GuardedAddress watch = new GuardedAddress(held(Duration.ofSeconds(10)));

    private static HeldAddress held(Duration refresh) {
        Takeover how = new Takeover(Use.REDIRECT, Map.of("host1", "eth0", "host2", "eth0"), Announce.SERVER, refresh,
                new Fence(Means.ALIAS, Duration.ofMinutes(5)), new Commands(List.of(), List.of()));
        return new HeldAddress(
                new TakeoverRequest(ADDRESS, "host2", "host1", List.of("host1"), how, Means.ALIAS, Map.of(), false),
                true);
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    /** Somebody else claims it at each of these seconds. */
    private void claimedEvery(int seconds, int from, int to) {
        IntStream.iterate(from, s -> s <= to, s -> s + seconds).forEach(s -> watch.heard(CLAIM, at(s)));
    }

    @Test
    void aFewClaimsOfASecondAreAnsweredAndNoMore() {
        for (int i = 0; i < MOST; i++) {
            assertThat(watch.heard(CLAIM, at(i / 10.0))).isTrue();
        }
        assertThat(watch.heard(CLAIM, at(0.6))).isFalse();
        assertThat(watch.heard(CLAIM, at(0.999))).isFalse();
    }

    @Test
    void theNextSecondIsAnsweredAgain() {
        for (int i = 0; i < 100; i++) {
            watch.heard(CLAIM, at(0.5));
        }
        assertThat(watch.heard(CLAIM, at(1.5))).isTrue();
        assertThat(watch.heard(ASK, at(1.6))).isTrue();
    }

    @Test
    void questionsAreAnsweredFromTheSameFew() {
        for (int i = 0; i < MOST; i++) {
            assertThat(watch.heard(i % 2 == 0 ? CLAIM : ASK, START)).isTrue();
        }
        assertThat(watch.heard(ASK, START)).isFalse();
    }

    @Test
    void claimsAreCountedAlsoThoseThatAreNotAnsweredAndQuestionsAreNot() {
        for (int i = 0; i < 8; i++) {
            watch.heard(CLAIM, START);
            watch.heard(ASK, START);
        }
        assertThat(watch.report(START).contested()).isEqualTo(8);
    }

    @Test
    void announcementsAreCounted() {
        watch.announced();
        watch.announced();
        assertThat(watch.report(at(10)).announced()).isEqualTo(2);
    }

    @Test
    void aMinuteOfClaimsIsToldExactlyOnce() {
        claimedEvery(10, 0, 50);
        assertThat(watch.alert(at(59.999))).isEmpty();
        watch.heard(CLAIM, at(60));
        assertThat(watch.alert(at(60))).contains("somebody else (52:54:00:aa:bb:99) has claimed it for 1m, 7 times;"
                + " find that machine and take the address off it");
        claimedEvery(10, 70, 300);
        assertThat(watch.alert(at(301))).isEmpty();
    }

    @Test
    void claimsThatStoppedAreNotTold() {
        claimedEvery(5, 0, 40);
        for (int s = 41; s < 200; s++) {
            assertThat(watch.alert(at(s))).as("after %d s", s).isEmpty();
        }
    }

    @Test
    void claimsWithLongPausesAreNotOneLongClaim() {
        claimedEvery(16, 0, 160);
        assertThat(watch.alert(at(161))).isEmpty();
    }

    @Test
    void claimsThatComeBackAreToldAgain() {
        claimedEvery(10, 0, 60);
        assertThat(watch.alert(at(60))).isPresent();
        claimedEvery(10, 1000, 1060);
        assertThat(watch.alert(at(1059))).isEmpty();
        assertThat(watch.alert(at(1060))).isPresent();
        assertThat(watch.alert(at(1061))).isEmpty();
    }

    @Test
    void questionsOfClientsAreNoReasonToAlert() {
        IntStream.range(0, 120).forEach(s -> watch.heard(ASK, at(s)));
        assertThat(watch.alert(at(120))).isEmpty();
        assertThat(watch.report(at(120)).trouble()).isEmpty();
    }

    @Test
    void troubleIsToldOnceAndAgainWhenItComesBack() {
        assertThat(watch.trouble("host2 is silent")).contains("host2 is silent");
        assertThat(watch.trouble("host2 is silent")).isEmpty();
        assertThat(watch.trouble("host2 lost it")).contains("host2 lost it");
        assertThat(watch.trouble("")).isEqualTo(Optional.empty());
        assertThat(watch.trouble("host2 lost it")).contains("host2 lost it");
    }

    @Test
    void aReportSaysWhoClaimsItForAsLongAsThatIsNews() {
        watch.heard(CLAIM, START);
        assertThat(watch.report(at(14)).trouble()).isEqualTo("claimed by 52:54:00:aa:bb:99");
        assertThat(watch.report(at(15)).trouble()).isEmpty();
    }

    @Test
    void aReportNamesTroubleOfItsOwnFirst() {
        watch.heard(CLAIM, START);
        watch.trouble("host2 is silent");
        assertThat(watch.report(START))
                .isEqualTo(new GuardedAddress.AddressReport(ADDRESS, "host2", true, 0, 1, "host2 is silent"));
    }

    @Test
    void itIsDueAtOnceAndThenEveryRefresh() {
        assertThat(watch.isDue(START)).isTrue();
        watch.looked(START);
        assertThat(watch.isDue(at(9.999))).isFalse();
        assertThat(watch.isDue(at(10))).isTrue();
        watch.held(held(Duration.ofSeconds(2)));
        assertThat(watch.isDue(at(2))).isTrue();
    }
}
