package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Outcome;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorContract;
import org.junit.jupiter.api.Test;

/** The LAN of a rehearsal keeps what a real LAN keeps, and its clients and strangers do as real ones. */
class SimulatedLanRedirectorTest extends RedirectorContract {

    @Override
    protected World world() {
        return new SimulatedLanWorld();
    }

    private static Done moved(SimulatedLanWorld world, String to) throws RedirectException {
        Service mail = world.first();
        try (Redirector redirector = world.open()) {
            return redirector
                    .apply(List.of(new Shift(mail, redirector.look(List.of(mail)).get("mail"), List.of(to),
                            true, false, Optional.empty(), "for a test")))
                    .done().get("mail");
        }
    }

    private static boolean isBelievedAt(SimulatedLanWorld world, String host) {
        Address address = world.first().address();
        return world.host(host).holds(address, world.lan.believed(address).orElseThrow());
    }

    @Test
    void aClientSendsToTheServerThatAnnouncedTheAddressLast() throws RedirectException {
        try (SimulatedLanWorld world = new SimulatedLanWorld()) {
            assertThat(isBelievedAt(world, "host1")).isTrue();
            assertThat(moved(world, "host2").kind()).isEqualTo(Outcome.Kind.MOVED);
            assertThat(isBelievedAt(world, "host2")).isTrue();
            assertThat(moved(world, "host1").kind()).isEqualTo(Outcome.Kind.MOVED);
            assertThat(isBelievedAt(world, "host1")).isTrue();
        }
    }

    @Test
    void aStrangerThatAnswersForTheAddressIsFoundAndNamed() throws RedirectException {
        try (SimulatedLanWorld world = new SimulatedLanWorld()) {
            world.plug("stranger", "192.168.1.9", "192.168.1.20");
            Done done = moved(world, "host2");
            assertThat(done.kind()).isEqualTo(Outcome.Kind.REFUSED);
            assertThat(done.text())
                    .contains(
                            "another machine answers for 192.168.1.20 (02:00:00:03:00:01), which is none of its servers");
            assertThat(world.holders(world.first())).containsExactly("host1");
        }
    }
}
