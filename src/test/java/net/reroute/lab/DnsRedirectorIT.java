package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Login.Secret;
import net.reroute.core.Outcome;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Zone;
import net.reroute.core.Zone.Key;
import net.reroute.core.Zone.NameServer;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorContract;
import net.reroute.redirect.dns.DnsRedirector;
import net.reroute.redirect.dns.GivenNames;
import net.reroute.ssh.Fence;
import org.junit.jupiter.api.Test;

/** What the controller relies on, of names in a zone of real BIND. */
class DnsRedirectorIT extends RedirectorContract {

    private InBind bind;

    @Override
    protected World world() {
        LabNeeds.check();
        bind = new InBind(LabBind.here("allow-update { key reroute; };",
                "www A 192.168.1.33\nmail A 192.168.1.97\nmail MX 10 mail\n"));
        return bind;
    }

    @Test
    void whatAnotherProgramChangedBetweenTheLookAndTheActIsNotOverwritten() throws RedirectException {
        try (Redirector redirector = bind.open()) {
            Service www = bind.first();
            Service mail = bind.second();
            Map<String, Seen> seen = redirector.look(List.of(www, mail));
            List<Shift> shifts = List.of(toHost2(www, seen), toHost2(mail, seen));
            bind.bind().nsupdate("update add www.widgetco.example 60 A 203.0.113.9");

            Map<String, Done> done = redirector.apply(shifts).done();

            assertThat(done.get(www.name()).kind()).isEqualTo(Outcome.Kind.REFUSED);
            assertThat(bind.exact(www)).as("as the other program left it").contains("203.0.113.9", "192.168.1.33")
                    .doesNotContain("192.168.1.65");
            assertThat(bind.holders(mail)).as("the other name is not held up by it").containsExactly("host2");
            Map<String, Seen> again = redirector.look(List.of(www));
            assertThat(redirector.apply(List.of(toHost2(www, again))).done().get(www.name()).kind())
                    .as("what was read again may be changed").isEqualTo(Outcome.Kind.MOVED);
            assertThat(bind.exact(www)).contains("203.0.113.9", "192.168.1.65").doesNotContain("192.168.1.33");
        }
    }

    private static Shift toHost2(Service name, Map<String, Seen> seen) {
        return new Shift(name, seen.get(name.name()), List.of("host2"), true, false, Optional.empty(), "for a test");
    }

    /** Two names, and two services that they may list. */
    private record InBind(LabBind bind) implements World {

        private Zone zone() {
            return new Zone("widgetco.example", List.of(new NameServer(Address.parse(bind.address()), LabBind.HERE)),
                    Optional.of(new Key("reroute", "hmac-sha256", new Secret.InFile(bind.key()))), Optional.empty());
        }

        @Override
        public Redirector open() throws RedirectException {
            return DnsRedirector.open(RouterSpec.of(zone()), Duration.ofSeconds(2), name -> Set.of(),
                    InstantSource.system(), Fence.NONE);
        }

        @Override
        public Service first() {
            return GivenNames.name("www.widgetco.example", zone(),
                    Map.of("host1", "192.168.1.33", "host2", "192.168.1.65"));
        }

        @Override
        public Service second() {
            return GivenNames.name("mail.widgetco.example", zone(),
                    Map.of("host1", "192.168.1.97", "host2", "192.168.1.129"));
        }

        @Override
        public List<String> holders(Service service) {
            List<String> there = bind.dig("A", service.name()).lines().toList();
            return service.dnsName().orElseThrow().records().entrySet().stream()
                    .filter(e -> there.contains(e.getValue().getFirst().toString())).map(Map.Entry::getKey).sorted()
                    .toList();
        }

        @Override
        public String exact(Service service) {
            return bind.answer(service.name());
        }

        @Override
        public void takeAway(Service service) {
            bind.nsupdate("update delete " + service.name() + " A");
        }

        @Override
        public void cutOff() {
            bind.kill();
        }

        @Override
        public void close() {
            bind.close();
        }
    }
}
