package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.reroute.core.CheckSpec.Test.Http;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.SwitchSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of haproxy.cfg. */
class ConvertHaproxyTest {

    private static final String ONE = """
                                      listen a
                                          bind 10.5.0.9:80
                                          server s1 192.168.5.31:80 check
                                          server s2 192.168.5.32:80 check
                                      """;

    @TempDir
    Path home;

    private SwitchSpec spec(Conversion conversion, String name) {
        return conversion.inventory().switches().get(name).switched().orElseThrow().spec();
    }

    @Test
    void aFrontendAndItsBackendAreASwitchForEachPlaceWhereItListens() {
        Conversion conversion = Conversion.of(home, Samples.HAPROXY);
        assertThat(conversion.inventory().switches()).containsOnlyKeys("web", "web-2", "mail");
        SwitchSpec web = spec(conversion, "web");
        assertThat(web.listen()).hasToString("10.5.0.1:443");
        assertThat(spec(conversion, "web-2").listen()).hasToString("10.5.0.2:443");
        assertThat(web.backends()).extracting(Object::toString).containsExactly("192.168.5.11:8443",
                "192.168.5.12:8443");
        assertThat(web.choose()).isEqualTo(SwitchSpec.Choose.LEAST);
        assertThat(conversion.text()).contains("most: 900", "connect: 4s", "idle: 60s",
                "weights: {\"a:8443\": 20, \"b:8443\": 10}");
    }

    @Test
    void aHeaderOfAProxyIsTakenWhereTheSourceTakesOneAndNowhereElse() {
        Conversion conversion = Conversion.of(home, ONE.replace("80\n    server s1",
                "80\n    bind 10.5.0.9:81 accept-proxy\n    server s1"));
        assertThat(spec(conversion, "a").listen()).hasToString("10.5.0.9:80");
        assertThat(spec(conversion, "a").proxy().from()).isEmpty();
        assertThat(spec(conversion, "a-2").listen()).hasToString("10.5.0.9:81");
        assertThat(spec(conversion, "a-2").proxy().from()).as("nobody, until the admin fills it in")
                .hasToString("[192.0.2.0/24]");
        assertThat(conversion.text()).contains("TO DO: 'proxy-from': the networks of the proxies before it");
    }

    @Test
    void branchesOfAConditionAreAllReadAndThatIsTold() {
        assertThat(Conversion.of(home, ".if defined(X)\n" + ONE + ".endif\n").text())
                .contains("no counterpart: .if defined(X)").contains("every branch was read");
    }

    @Test
    void timersComeFromTheServerAndFromItsDefaults() {
        Conversion conversion = Conversion.of(home, Samples.HAPROXY);
        assertThat(conversion.inventory().checks().get("http-8080").timers()).isEqualTo(new Timers(
                Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(3), 2, 4));
        Http http = (Http) conversion.inventory().checks().get("http-8080").test();
        assertThat(http.request().path()).isEqualTo("/up");
        assertThat(http.wanted().statuses()).containsExactly(200);
    }

    @Test
    void oneServerAndItsBackupsAreTakenInTurn() {
        Conversion conversion = Conversion.of(home, Samples.HAPROXY);
        SwitchSpec mail = spec(conversion, "mail");
        assertThat(mail.choose()).isEqualTo(SwitchSpec.Choose.IN_TURN);
        assertThat(mail.backends()).hasSize(2);
        assertThat(conversion.text()).contains("proxy-to: v1", "listen: \"0.0.0.0:25\"");
    }

    @Test
    void backupsOfSeveralServersAreTold() {
        Conversion conversion = Conversion.of(home, ONE + "    server s3 192.168.5.33:80 check backup\n");
        assertThat(spec(conversion, "a").backends()).hasSize(2);
        assertThat(conversion.told()).contains("the backup server s3 (source1:5)");
    }

    @Test
    void whatLooksIntoRequestsIsToldAndPasswordsAreNot() {
        Conversion conversion = Conversion.of(home, Samples.HAPROXY);
        assertThat(conversion.told()).contains("acl img path_beg /img (source1:13): a switch looks into no request",
                "cookie b", "global {daemon, maxconn}", "stats auth (the rest is left out");
        assertThat(conversion.text()).doesNotContain("topsecret");
    }

    @Test
    void twoThatListenAtOnePortLeaveTheSecondInAComment() {
        Conversion conversion = Conversion.of(home, ONE + ONE.replace("listen a", "listen b").replace("10.5.0.9", "*"));
        assertThat(conversion.inventory().switches()).containsOnlyKeys("a");
        assertThat(conversion.text()).contains("# b:");
        assertThat(conversion.told()).contains("left in a comment: a listens at that port already");
    }

    @Test
    void aServerNamedInDnsHasAPlaceholderThatIsToBeFilledIn() {
        Conversion conversion = Conversion.of(home, ONE.replace("192.168.5.31", "www1.shop.example"));
        assertThat(conversion.inventory().servers().get("s1").address()).hasToString("192.0.2.1");
        assertThat(conversion.told()).contains("the address of www1.shop.example");
    }

    @Test
    void namesAreMadeLegalAndUnique() {
        Conversion conversion = Conversion.of(home, ONE.replace("listen a", "listen status").replace("server s2",
                "server s1"));
        assertThat(conversion.inventory().switches()).containsOnlyKeys("status-2");
        assertThat(conversion.inventory().servers()).containsOnlyKeys("s1", "s1-2");
    }

    @Test
    void whereTlsEndedItIsToBeDecidedWhoHasTheCertificate() {
        Conversion conversion = Conversion.of(home,
                ONE.replace("10.5.0.9:80", "10.5.0.9:443 ssl crt /etc/ssl/site.pem"));
        assertThat(conversion.told()).contains("TLS ended here (source1:2)");
    }

    @Test
    void linesBeforeTheFirstSectionAreAMistake() {
        assertThat(Conversion.refusal("bind :80\n" + ONE)).singleElement().asString()
                .startsWith("etc/source:1: 'bind' stands before the first section");
    }
}
