package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Forecast.Coming;
import net.reroute.core.Health.State;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static List<String> told(Given given) {
        return Forecast.of(given.snapshot()).stream().map(ForecastTest::told).toList();
    }

    private static String told(Coming coming) {
        return "+" + Duration.between(Given.NOW, coming.at()).toSeconds() + "s " + coming.what() + ": "
                + (coming.decision().isMove() ? coming.decision().arrow() : "stays");
    }

    private static Given away() {
        return Given.one().at("www-1", Origin.MOVED, "host2");
    }

    @Test
    void nothingComesWhereEverythingIsAtHome() {
        assertThat(told(Given.one())).isEmpty();
    }

    @Test
    void theHomeGetsItsServiceBackWhenTheSoakEnds() {
        assertThat(told(away().is("host1", State.UP, Duration.ofSeconds(54))))
                .containsExactly("+6s the soak of host1 ends: www-1 host2 -> host1");
    }

    @Test
    void aHomeThatIsDownOrAServiceFoundElsewhereGoesNowhere() {
        assertThat(told(away().down("host1"))).isEmpty();
        assertThat(told(Given.one().at("www-1", Origin.FOUND, "host2"))).isEmpty();
    }

    @Test
    void aPinEndsAndAMaintenanceSoaks() {
        assertThat(told(Given.one().at("www-1", Origin.MOVED, "host3").intent(Intent.pin("www-1", "host3", Given.ANNA,
                Optional.of(Given.NOW.plusSeconds(100)), false))))
                .containsExactly("+100s pin www-1 ends: www-1 host3 -> host1");
        assertThat(
                told(away().intent(Intent.maintenance("host1", Given.ANNA, Optional.of(Given.NOW.plusSeconds(100))))))
                .containsExactly("+160s the soak of host1 ends: www-1 host2 -> host1");
    }

    @Test
    void aPlannedMaintenanceTakesServicesAwayAndBringsThemBack() {
        Intent window = Intent.window("host1", Given.ANNA, Given.NOW.plusSeconds(100), Given.NOW.plusSeconds(200),
                false);
        assertThat(told(Given.one().intent(window))).containsExactly(
                "+100s the maintenance of host1 begins: www-1 host1 -> host2",
                "+260s the soak of host1 ends: www-1 host2 -> host1");
        assertThat(told(Given.one().down("host2", "host3", "host4").intent(window)))
                .containsExactly("+100s the maintenance of host1 begins, or would: stays");
        assertThat(told(Given.one().intent(window).intent(Intent.pause(Given.ANNA)))).isEmpty();
    }

    @Test
    void aServerThatWasSetAsideIsTriedAgain() {
        assertThat(told(away().setAside("www-1", "host1")))
                .containsExactly("+10s host1 is tried again: www-1 host2 -> host1");
    }
}
