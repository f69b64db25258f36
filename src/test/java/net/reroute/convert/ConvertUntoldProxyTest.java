package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Test.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of haproxy.cfg that were once left out without a word, or became something else. */
class ConvertUntoldProxyTest {

    private static final String PROXY = """
                                        listen a
                                            bind 10.5.0.9:80
                                            server s1 192.168.5.31:80 check
                                            server s2 192.168.5.32:80 check
                                        """;

    @TempDir
    Path home;

    private Conversion proxy(String line) {
        return Conversion.of(home, PROXY + "    " + line + "\n");
    }

    private CheckSpec check(Conversion conversion, String name) {
        return conversion.inventory().checks().get(name);
    }

    @Test
    void aTimeOfChecksThatCannotBeReadIsTold() {
        assertThat(proxy("timeout check 5x").told()).contains("timeout check 5x (source1:5): this is no time");
    }

    @Test
    void headersBehindTheVersionAreReadWithTheirEscapes() {
        Conversion conversion = proxy("option httpchk GET /up HTTP/1.0\\r\\nHost:\\ shop.example\\r\\nX-Probe:\\ yes");
        Http http = (Http) check(conversion, "http-80").test();
        assertThat(http.request().path()).isEqualTo("/up");
        assertThat(conversion.text()).contains("host: shop.example", "the source says HTTP/1.0");
        assertThat(conversion.told()).contains("what the check sends: X-Probe: yes");
    }

    @Test
    void theBackslashesOfAnExpressionStay() {
        assertThat(proxy("option httpchk\n    http-check expect rstring ^ok\\.\\d").text())
                .contains("body-regex: \"^ok\\\\.\\\\d\"");
    }

    @Test
    void aSecondExpectationOfAKindIsTold() {
        Conversion conversion = proxy("option httpchk\n http-check expect status 200\n http-check expect status 204");
        assertThat(conversion.text()).contains("status: [200]");
        assertThat(conversion.told()).contains("http-check expect status 204 (source1:7): one of each kind");
    }

    @Test
    void whatIsSaidAboutChecksIsToldWhereNoServerHasOne() {
        Conversion conversion = Conversion.of(home, PROXY.replace(" check", " inter 3s")
                + "    option httpchk\n    http-check expect status 204\n");
        assertThat(conversion.told()).contains("option httpchk (source1:5)", "http-check expect status 204",
                "server s1 (source1:3): inter 3s");
    }

    @Test
    void theLastChoiceOfACheckCountsBeforeTheDefaults() {
        Conversion other = Conversion.of(home, "defaults\n    option httpchk\n" + PROXY + "    option tcp-check\n");
        assertThat(other.inventory().checks()).containsOnlyKeys("tcp-80");
        Conversion none = Conversion.of(home, "defaults\n    option httpchk\n" + PROXY + "    no option httpchk\n");
        assertThat(none.inventory().checks()).containsOnlyKeys("tcp-80");
    }

    @Test
    void defaultsOfServersAddUp() {
        Conversion conversion = Conversion.of(home, "defaults\n    default-server inter 7s\n" + PROXY
                + "    default-server rise 4\n");
        assertThat(check(conversion, "tcp-80").timers()).satisfies(t -> {
            assertThat(t.every()).isEqualTo(Duration.ofSeconds(7));
            assertThat(t.rise()).isEqualTo(4);
        });
    }

    @Test
    void defaultsTakeOverWhatTheyComeFrom() {
        Conversion conversion = Conversion.of(home, "defaults base\n    timeout client 9s\n    retries 2\n"
                + "defaults two from base\n    timeout connect 4s\n" + PROXY);
        assertThat(conversion.text()).contains("idle: 9s", "connect: 4s");
        assertThat(conversion.told()).containsOnlyOnce("retries 2 (source1:3)").doesNotContain("timeout client");
    }

    @Test
    void aDisabledSectionIsNoSwitch() {
        Conversion conversion = Conversion.of(home,
                PROXY + PROXY.replace("listen a", "listen b").replace("10.5.0.9", "10.5.0.8") + "    disabled\n");
        assertThat(conversion.inventory().switches()).containsOnlyKeys("a");
        assertThat(conversion.told()).contains("listen b (source1:5): the source has it disabled");
    }

    @Test
    void tlsToServersAndProxyHeadersToSomeAreTold() {
        Conversion conversion = Conversion.of(home, PROXY.replace("31:80 check", "31:80 check ssl send-proxy"));
        assertThat(conversion.told()).contains("'ssl' of s1: a switch passes bytes", "'send-proxy' of s1");
    }

    @Test
    void aWordOfAnotherOptionIsNoOptionOfItsOwn() {
        Conversion conversion = Conversion.of(home, PROXY.replace("31:80 check", "31:80 check proxy-v2-options ssl"));
        assertThat(conversion.told()).contains("proxy-v2-options ssl").doesNotContain("'ssl' of");
    }

    @Test
    void valuesThatAreOutOfRangeOrTwiceAreTold() {
        Conversion conversion = Conversion.of(home,
                PROXY.replace("31:80 check", "31:80 check port 70000 rise 3 rise 5"));
        assertThat(conversion.told()).contains("server s1 (source1:3): rise 3 port 70000");
    }

    @Test
    void quicIsNoTcpAndSixIsNotFour() {
        Conversion conversion = Conversion.of(home, PROXY.replace("10.5.0.9:80", "ipv6@:81,quic4@:443"));
        assertThat(conversion.text()).contains("listen: \"[::]:81\"").doesNotContain(":443\"");
        assertThat(conversion.told()).contains("the place quic4@:443");
    }

    @Test
    void theCheckOfAServerThatIsLeftOutDoesNotCount() {
        Conversion conversion = Conversion.of(home, PROXY.replace("31:80 check", "31:80 check inter 9s weight 0"));
        assertThat(check(conversion, "tcp-80").timers().every()).isEqualTo(Duration.ofSeconds(2));
    }
}
