package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import org.junit.jupiter.api.Test;

/** What a name in DNS lists: route first, DNS the slow backstop. */
class NamesInDnsTest {

    private static final String WWW = "www.widgetco.example";
    private static final Duration SOAK = Duration.ofMinutes(1);

    private static Rules rules(int answers, Choose choose) {
        return new Rules(Policy.ANY, answers, choose, true, SOAK);
    }

    /** Three services, each at its home and able to move to host4, and a name that lists them all. */
    private static Given movable() {
        return given(3, Choose.ORDERED, "host4");
    }

    /** As {@link #movable}, but each service has one server only. */
    private static Given fixed() {
        return given(3, Choose.ORDERED);
    }

    private static Given given(int answers, Choose choose, String... backups) {
        Given given = new Given();
        for (int i = 1; i <= 3; i++) {
            List<String> servers = new java.util.ArrayList<>(List.of("host" + i));
            servers.addAll(List.of(backups));
            given.service("www-" + i, "192.168.1." + i * 32 + "/27", Given.rules(), servers.toArray(String[]::new))
                    .at("www-" + i, Origin.MOVED, "host" + i);
        }
        return given.name(WWW, rules(answers, choose), "www-1", "www-2", "www-3").at(WWW, Origin.MOVED, "www-1",
                "www-2",
                "www-3");
    }

    private static Decision decision(Given given) {
        return given.decide().getLast();
    }

    @Test
    void aServiceWithoutAnyServerIsTakenOffTheList() {
        Decision decision = decision(fixed().down("host2"));
        assertThat(decision.kind()).isEqualTo(Kind.FAILOVER);
        assertThat(decision.to()).containsExactly("www-1", "www-3");
        assertThat(decision.reason().text())
                .isEqualTo("www-2 is DOWN (at host2, which is DOWN, and no other server is UP);"
                        + " www-1+www-3 carry on");
    }

    @Test
    void aServiceThatItsRouteMovesStaysListed() {
        assertThat(decision(movable().down("host2")).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void aServiceThatNobodyMovesIsTakenOffTheListWhenThePatienceIsOver() {
        Decision decision = decision(movable().is("host2", State.DOWN, Duration.ofSeconds(5)));
        assertThat(decision.to()).containsExactly("www-1", "www-3");
        assertThat(decision.reason().text()).contains("has not been moved for 5s");
        assertThat(decision(movable().is("host2", State.DOWN, Duration.ofMillis(4999))).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void anotherServerThatIsUnknownOrInDoubtMayStillTakeTheService() {
        assertThat(decision(movable().down("host2").inDoubt("host4")).kind()).isEqualTo(Kind.STAY);
        assertThat(decision(movable().down("host2").is("host4", State.UNKNOWN, Duration.ZERO)).kind())
                .isEqualTo(Kind.STAY);
        assertThat(decision(movable().down("host2", "host4")).to()).containsExactly("www-1", "www-3");
    }

    @Test
    void whatIsUnknownStaysListed() {
        assertThat(decision(fixed().is("host2", State.UNKNOWN, Duration.ZERO)).kind()).isEqualTo(Kind.STAY);
        assertThat(decision(fixed().nowhere("www-2")).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void whenAllAreSickAllAreListed() {
        Decision decision = decision(fixed().down("host1", "host2", "host3").at(WWW, Origin.MOVED, "www-2"));
        assertThat(decision.kind()).isEqualTo(Kind.FAILOVER);
        assertThat(decision.to()).containsExactly("www-1", "www-2", "www-3");
        assertThat(decision.reason().text()).endsWith("none is left, so all are listed");
        Decision still = decision(fixed().down("host1", "host2", "host3"));
        assertThat(still.kind()).isEqualTo(Kind.HOLD);
        assertThat(still.reason().text()).endsWith("none is left, so all are listed");
    }

    private static Comparison compare(Given given, boolean lastResort) {
        List<String> all = List.of("www-1", "www-2", "www-3");
        return Comparison.of(decision(given), new Seen.At(all, all, false, "", Optional.of(lastResort)),
                Comparison.Memory.NONE, given.snapshot(), false);
    }

    @Test
    void aListOfTheSickIsOfAnotherFormThanOneOfTheWell() {
        Given sick = fixed().down("host1", "host2", "host3");
        Comparison.Needed needed = (Comparison.Needed) compare(sick, false);
        assertThat(needed.shift().lastResort()).isTrue();
        assertThat(compare(sick, true)).isInstanceOf(Comparison.Same.class);
        assertThat(((Comparison.Needed) compare(fixed(), true)).shift().lastResort()).isFalse();
        assertThat(compare(fixed(), false)).isInstanceOf(Comparison.Same.class);
        Given unknown = fixed().is("host1", State.UNKNOWN, Duration.ZERO).is("host2", State.UNKNOWN, Duration.ZERO)
                .is("host3", State.UNKNOWN, Duration.ZERO);
        assertThat(compare(unknown, true)).as("after a start nothing is known yet").isInstanceOf(Comparison.Same.class);
    }

    @Test
    void aServiceThatIsBackIsListedOnceItHasSoaked() {
        Given given = fixed().at(WWW, Origin.MOVED, "www-1", "www-3").is("host2", State.UP, Duration.ofSeconds(59));
        assertThat(decision(given).kind()).isEqualTo(Kind.STAY);
        assertThat(decision(given.is("host2", State.UP, SOAK)).to()).containsExactly("www-1", "www-2", "www-3");
    }

    @Test
    void whatSomebodyElseTookOffTheListStaysOffUntilReleased() {
        Given given = fixed().at(WWW, Origin.FOUND, "www-1", "www-3");
        assertThat(decision(given).kind()).isEqualTo(Kind.STAY);
        assertThat(decision(given.at(WWW, Origin.RELEASED, "www-1", "www-3")).to())
                .containsExactly("www-1", "www-2", "www-3");
    }

    @Test
    void aNameGetsItsFirstRecordsOnlyIfAskedTo() {
        Given given = fixed().nowhere(WWW);
        assertThat(decision(given).kind()).isEqualTo(Kind.HOLD);
        assertThat(decision(given).reason().text()).isEqualTo("no records of " + WWW + " have been seen");
        assertThat(decision(given.asked(WWW)).to()).containsExactly("www-1", "www-2", "www-3");
    }

    @Test
    void onlySoManyAreListedAsThereShallBeAnswers() {
        Given given = given(2, Choose.ORDERED);
        assertThat(decision(given).to()).as("too many").containsExactly("www-1", "www-2");
        assertThat(decision(given.at(WWW, Origin.MOVED, "www-1", "www-2").down("host1")).to())
                .containsExactly("www-2", "www-3");
    }

    @Test
    void theLeastBusyAreListedAndSmallDifferencesDoNotCount() {
        Given given = given(2, Choose.LOAD).at(WWW, Origin.MOVED, "www-1", "www-2").load("host1", 4).load("host2", 1);
        assertThat(decision(given.load("host3", 2.9)).to()).containsExactly("www-2", "www-3");
        assertThat(decision(given.load("host3", 2.9)).reason().text()).isEqualTo("www-3 is less busy, its load is 2.9");
        assertThat(decision(given.load("host3", 3.1)).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void aLoadThatIsNotKnownMovesNothing() {
        Given given = given(2, Choose.LOAD).at(WWW, Origin.MOVED, "www-1", "www-2").load("host1", 4);
        assertThat(decision(given).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void aPinnedServiceIsListedAloneOnlyIfItIsToStay() {
        assertThat(decision(fixed().pinned(WWW, "www-3", true)).to()).containsExactly("www-3");
        assertThat(decision(fixed().pinned(WWW, "www-3", false)).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void anotherOrderInTheInventoryMovesNothing() {
        assertThat(decision(fixed().at(WWW, Origin.MOVED, "www-3", "www-1", "www-2")).kind()).isEqualTo(Kind.STAY);
        assertThat(
                decision(fixed().at(WWW, Origin.MOVED, "www-3", "www-1", "www-2").pinned(WWW, "www-2", false)).kind())
                .isEqualTo(Kind.STAY);
    }

    @Test
    void aPinToAServiceThatHasLeftTheInventoryDoesNotCount() {
        assertThat(decision(fixed().pinned(WWW, "www-9", true)).kind()).isEqualTo(Kind.STAY);
        assertThat(decision(fixed().pinned(WWW, "www-9", false)).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void aPausedNameIsHeld() {
        Given given = fixed().down("host2").intent(Intent.pause(Given.ANNA));
        assertThat(decision(given).kind()).isEqualTo(Kind.HOLD);
    }

    @Test
    void ifAServerWereDownTheNameIsDecidedWithIt() {
        List<Decision> then = Planner.decide(Planner.ifDown(fixed().snapshot(), "host3"));
        assertThat(then.getLast().to()).containsExactly("www-1", "www-2");
    }
}
