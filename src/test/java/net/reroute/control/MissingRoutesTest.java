package net.reroute.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Record;
import org.junit.jupiter.api.Test;

class MissingRoutesTest {

    private static final RouterService WWW = new RouterService("gw1", "www-1");
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private final MissingRoutes missing = new MissingRoutes();

    @Test
    void whatTheRouterToldIsTimedFromThen() {
        missing.there(WWW, NOW);
        assertThat(missing.notThere(WWW, true, NOW.plusSeconds(20)).map(Record::text))
                .contains("gw1: the route is missing");
        assertThat(missing.notThere(WWW, true, NOW.plusSeconds(21))).isEmpty();
        assertThat(missing.there(WWW, NOW.plusMillis(21_500)).map(Record::text))
                .contains("gw1: the route was missing for 1.5s; it is there again");
        assertThat(missing.there(WWW, NOW.plusSeconds(22))).isEmpty();
    }

    @Test
    void whatALookFoundIsTimedFromTheLookBefore() {
        missing.there(WWW, NOW);
        missing.notThere(WWW, false, NOW.plusSeconds(30));
        assertThat(missing.there(WWW, NOW.plusSeconds(31)).map(Record::text))
                .contains("gw1: the route was missing for at most 31s; it is there again");
    }

    @Test
    void whatWasMissingFromTheStartIsTimedFromThere() {
        missing.notThere(WWW, true, NOW);
        assertThat(missing.there(WWW, NOW.plusSeconds(5)).map(Record::text))
                .contains("gw1: the route was missing for at least 5s; it is there again");
    }
}
