package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.reroute.core.Inventory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which checks are refused because they ask another than the server they judge, and what the admin is told to write. */
class CheckPlacesTest {

    private static final String LOGIN = ", user: root, key: id";

    @TempDir
    Path home;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        Files.writeString(home.resolve("id"), "");
        assertThat(home.resolve("id").toFile().setReadable(false, false)).isTrue();
        assertThat(home.resolve("id").toFile().setReadable(true, true)).isTrue();
    }

    private String inventory(String check, String login1, String login2, String service) {
        return """
               routers:
                 gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id}
               servers:
                 host1: {address: 192.168.1.2%s}
                 host2: {address: 192.168.1.3%s}
               checks:
                 web: {%s}
               services:
                 www-1: {%s, checks: [web]}
               """.formatted(login1, login2, check, service);
    }

    private static final String TWO = "prefix: 192.168.1.32/27, servers: [host1, host2]";

    private List<String> problems(String text) throws IOException {
        Files.writeString(home.resolve("inventory/a.yaml"), text);
        try {
            InventoryReader.read(home);
            return List.of();
        } catch (BadInventoryException e) {
            return e.problems().stream().map(p -> p.toString().replace(home + "/", "")).toList();
        }
    }

    private String problem(String check) throws IOException {
        List<String> all = problems(inventory(check, "", "", TWO));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void aCheckThatFollowsTheRouteIsRefusedWithItsPlaceAndWhatToWrite() throws IOException {
        assertThat(problem("http: \"http://{service}/\""))
                .isEqualTo("inventory/a.yaml:7:15: check web asks 192.168.1.33,"
                        + " the address of www-1, which is at whatever server the route points at; give host1, host2 a login"
                        + " ('user' and 'key'), so that each server is asked there, or write http: \"http://{server}/\", host:"
                        + " \"{service}\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "http: 'https://{service}:8443/x?y', host: w.example | http: \"https://{server}:8443/x?y\"",
            "tcp: '{service}:80' | tcp: \"{server}:80\"", "icmp: '{service}' | icmp: \"{server}\"",
            "http: 'http://192.168.1.33/' | http: \"http://{server}/\", host: \"192.168.1.33\"",
            "http: 'http://192.168.1.2:81/' | http: \"http://{server}:81/\"",
            "tcp: '[2001:db8::9]:80' | tcp: \"{server}:80\"", "icmp: 192.168.1.1 | icmp: \"{server}\""})
    void saysWhatToWrite(String check, String instead) throws IOException {
        assertThat(problem(check.replace('\'', '"'))).endsWith("write " + instead);
    }

    @Test
    void oneAddressForAllIsRefusedWithTheServersItWouldSpeakFor() throws IOException {
        assertThat(problem("tcp: \"192.168.1.2:80\"")).isEqualTo("inventory/a.yaml:7:14: check web asks 192.168.1.2 in"
                + " the name of host1, host2, so that one answer would speak for all of them; write tcp:"
                + " \"{server}:80\"");
    }

    @Test
    void anAddressThatSpeaksForServersOfSeveralServicesIsRefused() throws IOException {
        String text = inventory("tcp: \"192.168.1.2:80\"", "", "", "prefix: 192.168.1.32/27, servers: [host1]")
                + "  www-2: {prefix: 192.168.1.64/27, servers: [host2], checks: [web]}\n";
        assertThat(problems(text)).hasSize(1);
    }

    @Test
    void withALoginAtEveryServerTheServiceIsAskedThere() throws IOException, BadInventoryException {
        String good = inventory("http: \"http://{service}/\"", LOGIN, LOGIN, TWO);
        assertThat(problems(good)).isEmpty();
        Inventory read = InventoryReader.read(home);
        assertThat(read.checks().get("web").asksService()).isTrue();
        assertThat(read.checks().get("web").perService()).isTrue();
        assertThat(problems(inventory("http: \"http://{service}/\"", LOGIN, "", TWO)).getFirst())
                .contains("give host2 a login");
    }

    @Test
    void apingOfTheServiceIsRefusedEvenWithALogin() throws IOException {
        assertThat(problems(inventory("icmp: \"{service}\"", LOGIN, LOGIN, TWO)).getFirst())
                .endsWith("which is at whatever server the route points at; write icmp: \"{server}\"");
    }

    @Test
    void anAddressThatIsTakenOverIsRefusedEvenWithALogin() throws IOException {
        String arp = "prefix: 192.168.1.20/32, servers: [host1, host2], redirect: arp, interface: eth0";
        assertThat(problems(inventory("http: \"http://{service}/\"", LOGIN, LOGIN, arp)).getFirst())
                .contains("which is at whatever server has taken it over; write http: \"http://{server}/\", host:"
                        + " \"{service}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: \"http://{service}/\"", "tcp: \"192.168.1.2:80\"", "icmp: \"192.168.1.33\""})
    void aServiceWithOneServerMayAskWhatItLikes(String check) throws IOException {
        assertThat(problems(inventory(check, "", "", "prefix: 192.168.1.32/27, servers: [host1]"))).isEmpty();
    }

    @Test
    void theServicesAddressMayStandInHostPathAndBody() throws IOException {
        assertThat(problems(inventory("http: \"http://{server}/{service}\", host: \"{service}\", body: \"{service}\"",
                "", "", TWO))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "host: 'bücher.example' | 'bücher.example' is not how a host name goes over the wire; write it like xn--bcher-kva.example",
            "host: 'www.example.com/x' | 'www.example.com/x' is not a host name; write it like www.example.com",
            "host: 'www.example.com:0' | a port is from 1 to 65535, not 0",
            "host: 'www..example' | 'www..example' is not a host name; write it like www.example.com",
            "host: '{servr}' | '{servr}' is not a host name; write it like www.example.com",
            "name: 'a b' | 'a b' is not a host name; write it like www.example.com",
            "status: 100 | '100' is an interim status, which is never the answer; write it like 200 or [200, 301]"})
    void refusesWhatIsNoHost(String key, String said) throws IOException {
        assertThat(problem("http: \"http://{server}/\", " + key.replace('\'', '"'))).endsWith(": " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_host.example.com", "_a", "www.example.com.", "www.example.com:8080", "{server}",
            "{service}:81", "[{server}]:81", "192.168.1.9", "[2001:db8::1]:81", "2001:db8::1", "{server}.example.com"})
    void takesEveryHostThatARequestMayHave(String host) throws IOException {
        assertThat(problems(inventory("http: \"http://{server}/\", host: \"" + host + "\"", "", "", TWO))).isEmpty();
    }

    @Test
    void aNameToConnectToIsRefusedWithWhatIsMeant() throws IOException {
        assertThat(problem("http: \"https://www_1.example.com:81/x\"")).endsWith("names are not looked up; write http:"
                + " \"https://{server}:81/x\", host: www_1.example.com");
    }

    @Test
    void authoritiesThatAreNoneAreFoundWhenRead() throws IOException {
        Files.writeString(home.resolve("ca.pem"), "-----BEGIN NOTHING-----\n");
        assertThat(problem("http: \"https://{server}/\", ca: ca.pem")).contains("the authorities in ")
                .contains(" cannot be used: ");
    }
}
