package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of keepalived.conf. */
class ConvertKeepalivedTest {

    private static final String ONE = """
                                      virtual_server 10.7.0.80 80 {
                                          lb_kind NAT
                                          real_server 192.168.7.11 80 {
                                              TCP_CHECK { connect_timeout 2 }
                                          }
                                      }
                                      """;

    @TempDir
    Path home;

    private Conversion sample() {
        return Conversion.of(home, Samples.KEEPALIVED);
    }

    @Test
    void aVirtualServerIsSpreadByTheRouterWithItsWeightsAndItsPage() {
        Service shop = sample().inventory().services().get("vs-10.7.0.80-80");
        Balanced spread = shop.balanced().orElseThrow();
        assertThat(spread.address()).hasToString("10.7.0.80");
        assertThat(spread.port()).isEqualTo(80);
        assertThat(spread.direct()).isFalse();
        assertThat(spread.sticky()).isTrue();
        assertThat(spread.weights()).isEqualTo(Map.of("server-192.168.7.11", 3, "server-192.168.7.12", 1));
    }

    @Test
    void retriesAreFailuresInARowAndTheIntervalsStay() {
        CheckSpec check = sample().inventory().checks().get("http-80");
        assertThat(check.timers()).isEqualTo(new Timers(Duration.ofSeconds(6), Duration.ofSeconds(1),
                Duration.ofSeconds(3), 3, 1));
        Http http = (Http) check.test();
        assertThat(http.request().path()).isEqualTo("/alive?deep=1");
        assertThat(http.wanted().statuses()).containsExactly(200, 201, 202, 203, 204);
        assertThat(sample().comments()).contains("noticed within 15s; keepalived needed up to 17s");
    }

    @Test
    void anAddressOfVrrpIsTakenOverByArpBetweenTheMachinesOfTheUnicast() {
        Conversion conversion = sample();
        Service dns = conversion.inventory().services().get("DNS");
        assertThat(dns.livesOnLan()).isTrue();
        assertThat(dns.prefix()).hasToString("192.168.7.53/32");
        assertThat(dns.servers()).containsExactly("lvs1", "peer-192.168.7.3");
        assertThat(dns.rules().soak()).isEqualTo(Duration.ofSeconds(30));
        assertThat(conversion.text()).contains("interface: eth1", "after-takeover: [\"/usr/local/sbin/tell\", master]");
        assertThat(conversion.inventory().checks().get("ping").timers().every()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void everyStatementWithoutCounterpartIsToldWithItsLine() {
        assertThat(sample().told()).contains("quorum 2 (source1:42)", "sorry_server 192.168.7.99 80 (source1:43)",
                "virtual_router_id 53 (source1:16)", "track_script {chk_named}", "vrrp_script chk_named",
                "label eth1:dns", "enable_script_security", "virtualhost_unknown x");
    }

    @Test
    void aPasswordIsNeverCopiedAndItsPlaceIsTold() {
        assertThat(sample().text()).doesNotContain("s3cret77").contains("no counterpart: authentication",
                "passwords are left out");
    }

    @Test
    void mailGoesToTheSameAddresses() {
        assertThat(sample().text()).contains("mail: [ops@shop.example, night@shop.example]", "from: lvs@shop.example",
                "smtp: \"192.168.7.25:25\"");
    }

    @Test
    void whereTheServersListenAtOtherPortsASwitchPassesConnections() {
        Conversion conversion = Conversion.of(home, ONE.replace("192.168.7.11 80", "192.168.7.11 8080"));
        assertThat(conversion.inventory().switches()).containsOnlyKeys("vs-10.7.0.80-80");
        assertThat(conversion.text()).contains("listen: \"10.7.0.80:80\"", "backends: [\"server-192.168.7.11:8080\"]");
    }

    @Test
    void directRoutingStaysDirect() {
        Conversion conversion = Conversion.of(home, ONE.replace("NAT", "DR"));
        assertThat(conversion.inventory().services().get("vs-10.7.0.80-80").balanced().orElseThrow().direct()).isTrue();
    }

    @Test
    void aCheckThatIsAScriptIsReplacedByAConnectionAndToBeFilledIn() {
        Conversion conversion = Conversion.of(home, ONE.replace("TCP_CHECK { connect_timeout 2 }",
                "MISC_CHECK { misc_path \"/usr/bin/look --password=abc\" }"));
        assertThat(conversion.told()).contains("no check for this that reroute could make", "MISC_CHECK {misc_path}");
        assertThat(conversion.text()).contains("tcp: \"{server}:80\"").doesNotContain("abc");
    }

    @Test
    void aFirewallMarkIsToldAndTheRestIsConverted() {
        Conversion conversion = Conversion.of(home,
                ONE + "virtual_server fwmark 7 {\n real_server 192.168.7.11 0 {\n }\n}");
        assertThat(conversion.inventory().services()).hasSize(1);
        assertThat(conversion.told()).contains("virtual_server fwmark 7 (source1:7)", "firewall mark");
    }

    @Test
    void otherProtocolsThanTcpAreTold() {
        Conversion conversion = Conversion.of(home, ONE + ONE.replace("10.7.0.80 80", "10.7.0.53 53")
                .replace("lb_kind NAT", "protocol UDP"));
        assertThat(conversion.inventory().services()).hasSize(1);
        assertThat(conversion.told()).contains("virtual_server 10.7.0.53 53", "TCP only");
    }

    @Test
    void aGroupIsOneServiceForEachOfItsAddresses() {
        Conversion conversion = Conversion.of(home, ONE.replace("10.7.0.80 80", "group shop")
                + "virtual_server_group shop {\n 10.7.0.1-3 80\n fwmark 4\n}");
        assertThat(conversion.inventory().services()).containsOnlyKeys("shop", "shop-2", "shop-3");
        assertThat(conversion.told()).contains("fwmark 4");
    }

    @Test
    void anAddressThatIsSpreadIsNotMovedAsWell() {
        Conversion conversion = Conversion.of(home, ONE
                + "vrrp_instance A {\n interface eth0\n virtual_ipaddress {\n 10.7.0.80\n 10.7.0.81\n }\n}");
        assertThat(conversion.inventory().services()).containsOnlyKeys("vs-10.7.0.80-80", "A");
        assertThat(conversion.told()).contains("keep this vrrp_instance in keepalived");
    }

    @Test
    void conditionalLinesAndVariablesAreToldAndNotGuessed() {
        Conversion conversion = Conversion.of(home, "$DELAY=4\n" + ONE.replace("lb_kind NAT",
                "lb_kind NAT\n @main delay_loop 3\n delay_loop ${DELAY}"));
        assertThat(conversion.told()).contains("config-id main", "$DELAY=4", "delay_loop ${DELAY}");
        assertThat(conversion.inventory().checks().get("tcp-80").timers().every()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void includedFilesAreReadAndMissingOnesTold() {
        Conversion conversion = Conversion.of(home, Map.of("more.conf", ONE), "include more.conf\ninclude none.conf");
        assertThat(conversion.inventory().services()).containsOnlyKeys("vs-10.7.0.80-80");
        assertThat(conversion.told()).contains("include none.conf (source1:2)");
        assertThat(conversion.comments()).contains("(more.conf:1)");
    }

    @Test
    void aFileThatIncludesItselfIsRefusedAtThatLine() {
        assertThat(Conversion.refusal(Map.of("a.conf", "global_defs {\n}\ninclude a.conf"),
                "virtual_server 10.0.0.1 80 {\n}\ninclude a.conf")).containsExactly(
                        "a.conf:3: the file a.conf includes itself; take one of the includes away");
    }

    @Test
    void mistakesInTheSyntaxAreToldWithFileAndLine() {
        assertThat(Conversion.refusal("vrrp_instance A {\n interface eth0\n")).singleElement().asString()
                .startsWith("etc/source:1: the block 'vrrp_instance A' is not closed");
        assertThat(Conversion.refusal("global_defs {\n}\n}\n")).singleElement().asString()
                .startsWith("etc/source:3: this '}' closes nothing");
        assertThat(Conversion.refusal("global_defs {\n router_id \"a\n}\n")).singleElement().asString()
                .startsWith("etc/source:2: a quote (\") is not closed");
    }
}
