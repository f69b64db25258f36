package net.reroute.lab;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Login.Secret;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Zone;
import net.reroute.core.Zone.Key;
import net.reroute.core.Zone.NameServer;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorContract;
import net.reroute.redirect.dns.DnsRedirector;
import net.reroute.redirect.dns.GivenNames;

/** What the controller relies on, of names in a zone of real BIND. */
class DnsRedirectorIT extends RedirectorContract {

    @Override
    protected World world() {
        LabNeeds.check();
        return new InBind(LabBind.here("allow-update { key reroute; };",
                "www A 192.168.1.33\nmail A 192.168.1.97\nmail MX 10 mail\n"));
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
                    InstantSource.system());
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
