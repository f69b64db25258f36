package net.reroute.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Outcome;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.redirect.Applied.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the controller relies on, of every way to redirect. */
@Timeout(120)
public abstract class RedirectorContract {

    /** Two services at host1, that host2 may carry as well, and what they are redirected by. */
    public interface World extends AutoCloseable {

        Redirector open() throws RedirectException;

        Service first();

        Service second();

        /** Who really has a service, asked for without the redirector. */
        List<String> holders(Service service);

        /** All that is really there of a service, to the letter. */
        String exact(Service service);

        /** A line that was typed, as it is shown by who has not found out yet what it depends on. */
        default String asShown(String typed) {
            return typed;
        }

        /** Somebody else takes it away from everybody. */
        void takeAway(Service service);

        /** Nobody answers there any more. */
        void cutOff();

        @Override
        void close();
    }

    private World world;
    private Redirector redirector;

    protected abstract World world();

    @BeforeEach
    void open() throws RedirectException {
        world = world();
        redirector = world.open();
    }

    @AfterEach
    void close() {
        try {
            if (redirector != null) {
                redirector.close();
            }
        } finally {
            world.close();
        }
    }

    private Seen seen(Service service) throws RedirectException {
        return redirector.look(List.of(service)).get(service.name());
    }

    private Shift shift(Service service, String... to) throws RedirectException {
        return new Shift(service, seen(service), List.of(to), true, false, Optional.empty(), "for a test");
    }

    private Done apply(Shift shift) throws RedirectException {
        return redirector.apply(List.of(shift)).done().get(shift.service().name());
    }

    @Test
    void everyServiceIsInALook() throws RedirectException {
        world.takeAway(world.second());
        Map<String, Seen> seen = redirector.look(List.of(world.first(), world.second()));
        assertThat(seen).containsOnlyKeys(world.first().name(), world.second().name());
        assertThat(seen.get(world.first().name())).isInstanceOf(Seen.At.class);
        assertThat(seen.get(world.first().name()).servers()).containsExactly("host1");
        assertThat(seen.get(world.first().name()).shown()).isNotEmpty();
        assertThat(seen.get(world.second().name())).isInstanceOf(Seen.Nobody.class);
    }

    @Test
    void aPreviewChangesNothing() throws RedirectException {
        String before = world.exact(world.first());
        assertThat(redirector.preview(List.of(shift(world.first(), "host2"))).get(world.first().name()))
                .isNotEmpty();
        assertThat(world.exact(world.first())).isEqualTo(before);
        assertThat(seen(world.first()).servers()).containsExactly("host1");
    }

    @Test
    void whatIsDoneIsReallyDoneAndReadBack() throws RedirectException {
        Done done = apply(shift(world.first(), "host2"));
        assertThat(done.kind()).as(done.text()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(done.seen().servers()).containsExactly("host2");
        assertThat(done.typed()).isNotEmpty();
        assertThat(world.holders(world.first())).containsExactly("host2");
        assertThat(seen(world.first()).servers()).containsExactly("host2");
        assertThat(world.holders(world.second())).as("what nobody spoke of").containsExactly("host1");
    }

    @Test
    void whatIsTypedIsWhatWasShown() throws RedirectException {
        Shift shift = shift(world.first(), "host2");
        List<String> shown = redirector.preview(List.of(shift)).get(world.first().name());
        assertThat(apply(shift).typed()).map(world::asShown).isEqualTo(shown);
    }

    @Test
    void manyAreDoneAtOnce() throws RedirectException {
        Map<String, Done> done = redirector
                .apply(List.of(shift(world.first(), "host2"), shift(world.second(), "host2")))
                .done();
        assertThat(done.values()).extracting(Done::kind).containsOnly(Outcome.Kind.MOVED).hasSize(2);
        assertThat(world.holders(world.first())).containsExactly("host2");
        assertThat(world.holders(world.second())).containsExactly("host2");
    }

    @Test
    void whatWasThereIsPutBackToTheLetter() throws RedirectException {
        String before = world.exact(world.first());
        Shift shift = shift(world.first(), "host2");
        Done done = apply(shift);
        Done back = apply(shift.reversed(done.restore(), done.seen(), "the probe failed"));
        assertThat(back.kind()).as(back.text()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(back.seen().servers()).containsExactly("host1");
        assertThat(world.exact(world.first())).isEqualTo(before);
    }

    @Test
    void whatNobodyHadCanBeMade() throws RedirectException {
        world.takeAway(world.first());
        Done made = apply(shift(world.first(), "host1"));
        assertThat(made.kind()).as(made.text()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(world.holders(world.first())).containsExactly("host1");
    }

    @Test
    void aServiceIsAtTwoServersWhereItCanBe() throws RedirectException {
        if (redirector.traits().shares()) {
            Done done = apply(shift(world.first(), "host1", "host2"));
            assertThat(done.kind()).as(done.text()).isEqualTo(Outcome.Kind.MOVED);
            assertThat(seen(world.first()).servers()).containsExactlyInAnyOrder("host1", "host2");
            assertThat(world.holders(world.first())).containsExactlyInAnyOrder("host1", "host2");
        } else {
            apply(shift(world.first(), "host1", "host2"));
            assertThat(world.holders(world.first())).hasSize(1);
        }
    }

    /** Taking back what was made out of nothing: it is gone, or the answer is that it stays. */
    @Test
    void whatWasMadeIsTakenAwayOrSaidToStay() throws RedirectException {
        world.takeAway(world.first());
        Shift making = shift(world.first(), "host1");
        Done made = apply(making);
        Done back = apply(making.reversed(made.restore(), made.seen(), "the probe failed"));
        assertThat(back.kind()).as(back.text()).isIn(Outcome.Kind.MOVED, Outcome.Kind.REFUSED);
        assertThat(back.seen().servers()).isEqualTo(world.holders(world.first()));
        assertThat(world.holders(world.first()))
                .hasSize(back.kind() == Outcome.Kind.MOVED ? 0 : 1);
    }

    @Test
    void whoDoesNotAnswerHasNotRefused() {
        world.cutOff();
        assertThatThrownBy(() -> redirector.look(List.of(world.first()))).isInstanceOfSatisfying(
                RedirectException.class, e -> assertThat(e.refused()).as(e.getMessage()).isFalse());
    }
}
