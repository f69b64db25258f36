package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the configurations of ExaBGP's healthcheck, heartbeat and ldirectord. */
class ConvertOthersTest {

    @TempDir
    Path home;

    // ---- ExaBGP ------------------------------------------------------------------------------------------------------

    @Test
    void eachPrefixOfAHealthcheckIsARoutedServiceOnTheRouterThatWasTheNeighbour() {
        Conversion conversion = Conversion.of(home, Samples.EXABGP);
        Service web = conversion.inventory().services().get("web");
        assertThat(web.prefix()).hasToString("10.9.0.1/32");
        assertThat(web.servers().getFirst()).isEqualTo("server-172.16.9.11");
        assertThat(web.routers()).containsExactly("router-172.16.9.1");
        assertThat(conversion.inventory().services().get("web-2").prefix()).hasToString("10.9.0.2/32");
        assertThat(conversion.inventory().checks().get("ping").timers()).isEqualTo(new Timers(Duration.ofSeconds(4),
                Duration.ofMillis(500), Duration.ofSeconds(2), 4, 2));
    }

    @Test
    void theCommandOnTheServerIsToBeWrittenAsACheckFromOutside() {
        Conversion conversion = Conversion.of(home, Samples.EXABGP);
        assertThat(conversion.told()).contains("curl -sf http://127.0.0.1/ok", "http: \"http://{server}/\"",
                "--withdraw-on-down", "--disable /etc/maintenance", "peer-as 65001");
        assertThat(conversion.text()).doesNotContain("hush");
    }

    @Test
    void filesOfSeveralServersMakeOneServiceInTheOrderOfTheirMetrics() {
        Conversion conversion = Conversion.of(home, Samples.EXABGP.replace("--up-metric 50", "--up-metric 80"),
                Samples.EXABGP.replace("172.16.9.11", "172.16.9.12"));
        assertThat(conversion.inventory().services().get("web").servers()).containsExactly("server-172.16.9.12",
                "server-172.16.9.11");
    }

    @Test
    void theMetricOfOneServerAloneIsTold() {
        assertThat(Conversion.of(home, Samples.EXABGP.replace("--up-metric 50", "--up-metric 80")).text())
                .contains("its metric is 80");
    }

    @Test
    void aCommandLineAloneAndAFileOfOptionsAreUnderstood() {
        Conversion line = Conversion.of(home,
                "exec /usr/bin/python3 -m exabgp healthcheck \\\n  --ip=10.1.1.1/32 -i 2 -c /bin/check\n");
        assertThat(line.inventory().services().values()).extracting(s -> s.prefix().toString())
                .containsExactly("10.1.1.1/32");
        Conversion file = Conversion.of(home,
                "# options\ncommand = /bin/check it\nip = 10.1.1.2/32\nrise=2\ndebounce\n");
        assertThat(file.inventory().services().values()).extracting(s -> s.prefix().toString())
                .containsExactly("10.1.1.2/32");
        assertThat(file.inventory().checks().values()).extracting(c -> c.timers().rise()).containsExactly(2);
    }

    @Test
    void anUnknownOptionIsAMistakeOfItsLine() {
        assertThat(Conversion.refusal("process a {\n run healthcheck --ip 10.0.0.1/32 stray;\n}")).singleElement()
                .asString().startsWith("etc/source:2: 'stray' is no option");
    }

    // ---- heartbeat ---------------------------------------------------------------------------------------------------

    @Test
    void addressesOfHaresourcesAreTakenOverAndPreferTheirNode() {
        Conversion conversion = Conversion.of(home, Samples.HARESOURCES);
        Map<String, Service> services = conversion.inventory().services();
        assertThat(services).containsOnlyKeys("ip-10.3.0.5", "ip-10.3.0.6", "ip-10.3.0.7");
        assertThat(services.get("ip-10.3.0.6").servers()).containsExactly("alpha", "beta");
        assertThat(services.get("ip-10.3.0.7").servers()).containsExactly("beta", "alpha");
        assertThat(services.values()).allMatch(Service::livesOnLan);
        assertThat(conversion.text()).contains("interface: eth1");
        assertThat(conversion.told()).contains("the interface of the address", "Filesystem /dev/sdb1 /srv ext4",
                "resource httpd", "10.3.0.255", "the address of alpha", "deadtime");
    }

    @Test
    void aSecondNodeIsToBeFilledInWhereThereIsOne() {
        Conversion conversion = Conversion.of(home, "alpha 10.3.0.5/24/eth0\n");
        assertThat(conversion.inventory().services().get("ip-10.3.0.5").servers()).containsExactly("alpha", "node2");
        assertThat(conversion.told()).contains("the other node");
    }

    // ---- ldirectord --------------------------------------------------------------------------------------------------

    @Test
    void aVirtualServerOfLdirectordIsSpreadWithItsRangeOfServers() {
        Conversion conversion = Conversion.of(home, Samples.LDIRECTORD);
        Service service = conversion.inventory().services().get("vs-10.4.0.1-80");
        assertThat(service.servers()).containsExactly("server-192.168.4.2", "server-192.168.4.3", "server-192.168.4.4",
                "server-192.168.4.9");
        assertThat(service.balanced().orElseThrow().direct()).isTrue();
        assertThat(service.balanced().orElseThrow().weights()).containsEntry("server-192.168.4.3", 2);
        Http http = (Http) conversion.inventory().checks().get("http-80").test();
        assertThat(http.request().path()).isEqualTo("/alive.html");
        assertThat(http.request().hostHeader()).contains("www.shop.example");
        assertThat(http.wanted().bodyRegex()).contains("fine|good");
        assertThat(conversion.inventory().checks().get("http-80").timers()).isEqualTo(new Timers(Duration.ofSeconds(5),
                Duration.ofSeconds(5), Duration.ofSeconds(3), 2, 1));
    }

    @Test
    void whatLdirectordHasMoreIsToldAndItsPasswordIsNot() {
        Conversion conversion = Conversion.of(home, Samples.LDIRECTORD);
        assertThat(conversion.told()).contains("fallback=127.0.0.1:80 gate (source1:9)", "quiescent=no", "virtual=5",
                "fewest connections", "login=", "passwd=...");
        assertThat(conversion.text()).doesNotContain("topsecret")
                .contains("mail: [ops@shop.example, night@shop.example]");
    }

    // ---- recognition -------------------------------------------------------------------------------------------------

    @Test
    void eachKindIsRecognisedByWhatIsInIt() throws BadSourceException {
        for (int i = 0; i < Samples.ALL.size(); i++) {
            assertThat(Recognition.of(new Source("x", Samples.ALL.get(i)))).isEqualTo(Kind.values()[i]);
        }
    }

    @Test
    void whatIsNotRecognisedIsRefusedWithWhatToDo() {
        assertThat(Conversion.refusal("hello world\nof text\n")).singleElement().asString()
                .contains("etc/source: this is not recognised", "--from keepalived, exabgp");
        assertThat(Conversion.refusal("")).singleElement().asString().contains("not recognised");
    }

    @Test
    void severalKindsBecomeOneInventory() {
        Conversion conversion = Conversion.of(home, Samples.ALL.toArray(String[]::new));
        assertThat(conversion.inventory().services()).hasSizeGreaterThan(6);
        assertThat(conversion.inventory().services().get("web").routers()).containsExactly("router-172.16.9.1");
        assertThat(conversion.inventory().services().get("vs-10.7.0.80-80").routers()).containsExactly("router1");
        assertThat(conversion.inventory().switches()).isNotEmpty();
    }

    @Test
    void aSourceWithoutAnythingToMoveIsRefusedWithWhatIsInIt() throws BadSourceException {
        assertThat(Conversion.refusal("global_defs {\n router_id a\n}\n"))
                .contains("no counterpart: router_id a (source:2)")
                .first().asString().contains("nothing in it can be a service");
        assertThat(Kind.named("nonsense")).isEqualTo(Optional.empty());
        assertThat(Kind.words()).isEqualTo(List.of("keepalived", "exabgp", "haresources", "ldirectord", "haproxy"));
    }
}
