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

    private World environment;
    private Redirector redirector;

    protected abstract World environment();

    @BeforeEach
    void open() throws RedirectException {
        environment = environment();
        redirector = environment.open();
    }

    @AfterEach
    void close() {
        try {
            if (redirector != null) {
                redirector.close();
            }
        } finally {
            environment.close();
        }
    }

    private Seen seen(Service service) throws RedirectException {
        return redirector.look(List.of(service)).get(service.name());
    }

    private Shift shift(Service service, String... to) throws RedirectException {
        return new Shift(service, seen(service), List.of(to), true, Optional.empty(), "for a test");
    }

    private Done apply(Shift shift) throws RedirectException {
        return redirector.apply(List.of(shift)).done().get(shift.service().name());
    }

    @Test
    void everyServiceIsInALook() throws RedirectException {
        environment.takeAway(environment.second());
        Map<String, Seen> seen = redirector.look(List.of(environment.first(), environment.second()));
        assertThat(seen).containsOnlyKeys(environment.first().name(), environment.second().name());
        assertThat(seen.get(environment.first().name())).isInstanceOf(Seen.At.class);
        assertThat(seen.get(environment.first().name()).servers()).containsExactly("host1");
        assertThat(seen.get(environment.first().name()).shown()).isNotEmpty();
        assertThat(seen.get(environment.second().name())).isInstanceOf(Seen.Nobody.class);
    }

    @Test
    void aPreviewChangesNothing() throws RedirectException {
        String before = environment.exact(environment.first());
        assertThat(redirector.preview(List.of(shift(environment.first(), "host2"))).get(environment.first().name()))
                .isNotEmpty();
        assertThat(environment.exact(environment.first())).isEqualTo(before);
        assertThat(seen(environment.first()).servers()).containsExactly("host1");
    }

    @Test
    void whatIsDoneIsReallyDoneAndReadBack() throws RedirectException {
        Done done = apply(shift(environment.first(), "host2"));
        assertThat(done.kind()).as(done.text()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(done.seen().servers()).containsExactly("host2");
        assertThat(done.typed()).isNotEmpty();
        assertThat(environment.holders(environment.first())).containsExactly("host2");
        assertThat(seen(environment.first()).servers()).containsExactly("host2");
        assertThat(environment.holders(environment.second())).as("what nobody spoke of").containsExactly("host1");
    }

    @Test
    void whatIsTypedIsWhatWasShown() throws RedirectException {
        Shift shift = shift(environment.first(), "host2");
        List<String> shown = redirector.preview(List.of(shift)).get(environment.first().name());
        assertThat(apply(shift).typed()).map(environment::asShown).isEqualTo(shown);
    }

    @Test
    void manyAreDoneAtOnce() throws RedirectException {
        Map<String, Done> done = redirector
                .apply(List.of(shift(environment.first(), "host2"), shift(environment.second(), "host2")))
                .done();
        assertThat(done.values()).extracting(Done::kind).containsOnly(Outcome.Kind.MOVED).hasSize(2);
        assertThat(environment.holders(environment.first())).containsExactly("host2");
        assertThat(environment.holders(environment.second())).containsExactly("host2");
    }

    @Test
    void whatWasThereIsPutBackToTheLetter() throws RedirectException {
        String before = environment.exact(environment.first());
        Shift shift = shift(environment.first(), "host2");
        Done done = apply(shift);
        Done back = apply(shift.reversed(done.restore(), done.seen(), "the probe failed"));
        assertThat(back.kind()).as(back.text()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(back.seen().servers()).containsExactly("host1");
        assertThat(environment.exact(environment.first())).isEqualTo(before);
    }

    @Test
    void whatNobodyHadCanBeMade() throws RedirectException {
        environment.takeAway(environment.first());
        Done made = apply(shift(environment.first(), "host1"));
        assertThat(made.kind()).as(made.text()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(environment.holders(environment.first())).containsExactly("host1");
    }

    @Test
    void aServiceIsAtTwoServersWhereItCanBe() throws RedirectException {
        if (redirector.traits().shares()) {
            Done done = apply(shift(environment.first(), "host1", "host2"));
            assertThat(done.kind()).as(done.text()).isEqualTo(Outcome.Kind.MOVED);
            assertThat(seen(environment.first()).servers()).containsExactlyInAnyOrder("host1", "host2");
            assertThat(environment.holders(environment.first())).containsExactlyInAnyOrder("host1", "host2");
        }
    }

    @Test
    void whoDoesNotAnswerHasNotRefused() {
        environment.cutOff();
        assertThatThrownBy(() -> redirector.look(List.of(environment.first()))).isInstanceOfSatisfying(
                RedirectException.class, e -> assertThat(e.refused()).as(e.getMessage()).isFalse());
    }
}
