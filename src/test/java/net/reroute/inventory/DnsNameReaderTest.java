package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Zone.NameServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names in DNS as the inventory writes them, and every mistake in one sentence. */
class DnsNameReaderTest extends InInventoryHome {

    private static final String NAME = """
                                       names:
                                         www.widgetco.example: {zone: widgetco.example, services: [www-1, www-2],
                                           servers: ["192.168.1.53"], tsig: {name: reroute, key: {file: tsig.key}}}
                                       """;
    private static final String REST = """
                                       routers:
                                         gw1: {dialect: linux, address: 192.168.1.1, user: root, key: tsig.key}
                                       servers:
                                         host1: {address: 192.168.1.2}
                                       checks:
                                         web: {http: "http://{server}/", load: "$.queues[0].length"}
                                       services:
                                         www-1: {prefix: 192.168.1.32/30, servers: [host1], checks: [web]}
                                         www-2: {prefix: 192.168.1.64/27, servers: [host1], checks: [web]}
                                       """;

    @BeforeEach
    void makeKey() throws IOException {
        secret("tsig.key", "c2VjcmV0");
    }

    private Inventory named(String names) throws IOException, BadInventoryException {
        return read(REST + names);
    }

    private String mistake(String from, String to) throws IOException {
        String names = NAME.replace(from, to);
        assertThat(names).isNotEqualTo(NAME);
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> named(names));
        assertThat(bad).as(names).isNotNull();
        assertThat(bad.problems()).as(bad.problems().toString()).hasSize(1);
        return bad.problems().getFirst().toString();
    }

    @Test
    void aNameIsAServiceWhoseServersAreServices() throws IOException, BadInventoryException {
        Service www = named(NAME).names().get("www.widgetco.example");
        DnsName dns = www.dnsName().orElseThrow();
        assertThat(www.servers()).containsExactly("www-1", "www-2");
        assertThat(www.rules().share()).isEqualTo(2);
        assertThat(dns.records().get("www-2")).containsExactly(Address.parse("192.168.1.65"));
        assertThat(dns.zone().servers()).containsExactly(new NameServer(Address.parse("192.168.1.53"), 53));
        assertThat(dns.zone().key().orElseThrow().algorithm()).isEqualTo("hmac-sha256");
        assertThat(dns.lives().whole()).isEqualTo(Duration.ofMinutes(5));
        assertThat(dns.lives().degraded()).isEqualTo(Duration.ofSeconds(30));
        assertThat(www.routers()).containsExactly("dns:widgetco.example");
    }

    @Test
    void aWeightIsThatManyAddressesOfThePrefix() throws IOException, BadInventoryException {
        Service www = named(NAME.replace("[www-1, www-2],", "[www-1, www-2], weights: {www-2: 3},")).names()
                .get("www.widgetco.example");
        assertThat(www.dnsName().orElseThrow().records().get("www-2")).extracting(Address::toString)
                .containsExactly("192.168.1.65", "192.168.1.66", "192.168.1.67");
    }

    @Test
    void everyMistakeIsOneSentenceThatSaysWhatToDo() throws IOException {
        assertThat(mistake("www-2]", "www-3]")).contains("unknown service 'www-3'");
        assertThat(mistake("www.widgetco.example:", "WWW.widgetco.example:")).contains("small letters");
        assertThat(mistake("www.widgetco.example:", "www:")).contains("write it whole");
        assertThat(mistake("zone: widgetco.example", "zone: other.example"))
                .contains("www.widgetco.example is not in the zone other.example");
        assertThat(mistake("servers: [\"192.168.1.53\"], ", "")).contains("needs 'servers:'");
        assertThat(mistake("\"192.168.1.53\"", "\"ns1.widgetco.example\"")).contains("by its address");
        assertThat(mistake("key: {file: tsig.key}", "key: c2VjcmV0")).contains("never stands in the inventory");
        assertThat(mistake("name: reroute", "name: reroute, algorithm: hmac-md5")).contains("hmac-sha256");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], answers: 3,")).contains("the number of services is 2");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], weights: {www-1: 3},")).contains("has no 3 addresses");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], weights: {www-4: 3},")).contains("none of the services");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], ttl: 10s, degraded-ttl: 20s,"))
                .contains("never longer than 'ttl'");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], ttl: 1500ms,")).contains("whole seconds");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], reload: [rndc],"))
                .contains("'reload' belongs to 'file:'");
        assertThat(mistake("[www-1, www-2],", "[www-1, www-2], tll: 10s,")).contains("did you mean 'ttl'?");
    }

    @Test
    void namesOfOneZoneAgreeOnItsServers() throws IOException {
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> named(NAME
                + "  mail.widgetco.example: {zone: widgetco.example, services: [www-1], servers: [\"192.168.1.54\"]}\n"));
        assertThat(bad.problems()).hasSize(1);
        assertThat(bad.problems().getFirst().toString()).contains("all names of a zone have the same");
    }

    @Test
    void aLoadIsAPlaceInJson() throws IOException, BadInventoryException {
        assertThat(named(NAME).checks().get("web").test()).asString().contains("[queues, 0, length]");
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class,
                () -> named(NAME.replace("names:", "  www-9: {}\nnames:").replace("  www-9: {}\n", "")
                        + "checks:\n  other: {http: \"http://{server}/\", load: \"$..x\"}\n"));
        assertThat(bad.problems().toString()).contains("is no place in JSON");
        assertThat(List.of(bad.problems().size())).containsExactly(1);
    }
}
