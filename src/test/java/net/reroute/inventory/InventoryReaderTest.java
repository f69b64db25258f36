package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.CheckSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.WebSpec;
import org.junit.jupiter.api.Test;

class InventoryReaderTest extends InInventoryHome {

    private static final String GOOD = """
                                       routers:
                                         gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id}
                                       servers:
                                         host1: {address: 192.168.1.2}
                                         host2: {address: 192.168.1.3}
                                       checks:
                                         web: {http: "http://{server}/", host: www.widgetco.com, status: 200, body: "</html>"}
                                       services:
                                         www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}
                                       """;

    /** The problems, without the folder. */
    private List<String> problems(String text) throws IOException {
        write(text);
        return problems();
    }

    private List<String> problems() {
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> InventoryReader.read(home));
        assertThat(bad).isNotNull();
        String folder = home + "/";
        return bad.problems().stream().map(p -> p.toString().replace(folder, "")).toList();
    }

    private List<String> problemsAfter(String what, String instead) throws IOException {
        assertThat(GOOD).contains(what);
        return problems(GOOD.replace(what, instead));
    }

    @Test
    void readsTheReferenceNetworkThatIsShipped() throws Exception {
        Inventory inventory = InventoryReader.read(Path.of("").toAbsolutePath());
        assertThat(inventory.services()).hasSize(4);
        assertThat(inventory.services().get("www-3").servers()).containsExactly("host3", "host4", "host1", "host2");
    }

    @Test
    void fillsInTheDefaults() throws Exception {
        Inventory inventory = read(GOOD);
        CheckSpec.Timers timers = inventory.checks().get("web").timers();
        assertThat(timers).isEqualTo(
                new CheckSpec.Timers(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(1), 3, 3));
        Service service = inventory.services().get("www-1");
        assertThat(service.address()).hasToString("192.168.1.33");
        assertThat(service.routers()).containsExactly("gw1");
        assertThat(service.rules()).isEqualTo(new Service.Rules(Service.Policy.ANY, 1, Service.Choose.ORDERED, true,
                Duration.ofMinutes(1)));
        assertThat(inventory.servers().get("host1").nextHop()).hasToString("192.168.1.2");
        assertThat(inventory.settings().act()).isTrue();
    }

    @Test
    void readsEveryField() throws Exception {
        Inventory inventory = read(
                """
                routers:
                  gw1: {dialect: linux, address: "[2001:db8::1]:2222", user: admin, agent: true, become: sudo, table: 100}
                servers:
                  a: {address: "2001:db8::2", next-hop: "2001:db8:1::2", user: root, key: id, port: 2022}
                  b: {address: "2001:db8::3"}
                checks:
                  up: {icmp: "{server}", every: 50ms, timeout: 50ms, fall: 2, rise: 5}
                  port: {tcp: "[{server}]:80", fast: 1s}
                  tls: {http: "https://{server}:8443/x?y", status: [200, 301], body-regex: "a+", name: w.example}
                services:
                  s: {prefix: "2001:db8:33::/64", servers: [a, b], checks: [up, port, tls], routers: gw1, policy: all,
                      address: "2001:db8:33::5", share: 2, choose: spread, failback: manual, soak: 5m, redirect: route}
                settings: {mode: observe, history: 30d}
                """);
        assertThat(inventory.routers().get("gw1").login()).hasToString("admin@[2001:db8::1]:2222");
        assertThat(inventory.routers().get("gw1").table()).contains("100");
        assertThat(inventory.servers().get("a").login().get().port()).isEqualTo(2022);
        assertThat(inventory.checks().get("up").timers().fast()).isEqualTo(Duration.ofMillis(50));
        assertThat(inventory.services().get("s").rules()).isEqualTo(new Service.Rules(Service.Policy.ALL, 2,
                Service.Choose.SPREAD, false, Duration.ofMinutes(5)));
        assertThat(inventory.settings())
                .isEqualTo(new Inventory.Settings(false, Duration.ofDays(30), Duration.ofHours(1), Optional.empty(),
                        List.of(), Optional.of(WebSpec.USUAL)));
    }

    @Test
    void tellsEveryMistakeAtOnceWithItsPlace() throws Exception {
        assertThat(problems("""
                            routers:
                              gw1: {dialect: linx, address: 192.168.1.1, user: root, key: id, adress: 1}
                            servers:
                              host1: {address: 192.168.1.2}
                              host2: {address: 192.168.1.300}
                            checks:
                              web: {http: "{server}/"}
                            services:
                              www-1: {prefix: 192.168.1.33/27, servers: [host1, hots2], checks: [wbe]}
                            """)).containsExactly(
                "inventory/a.yaml:2:18: unknown dialect 'linx', did you mean 'linux'?",
                "inventory/a.yaml:2:67: unknown key 'adress' in router gw1, did you mean 'address'?",
                "inventory/a.yaml:5:20: '192.168.1.300' is not an IP address; write it like 192.168.1.2 or \"2001:db8::2\"",
                "inventory/a.yaml:7:15: '{server}/' is not a URL; write it like \"http://{server}/\"",
                "inventory/a.yaml:9:19: 192.168.1.33/27 has host bits set; the prefix is 192.168.1.32/27",
                "inventory/a.yaml:9:53: unknown server 'hots2', did you mean 'host2'?",
                "inventory/a.yaml:9:70: unknown check 'wbe', did you mean 'web'?");
    }

    @Test
    void aDeviceIsGivenTimeToFinishItsGreeting() throws Exception {
        String cli = GOOD.replace("linux", "cisco-ios");
        assertThat(read(cli).routers().get("gw1").cli().get().quiet()).hasMillis(150);
        assertThat(read(cli.replace("key: id", "key: id, quiet: 2s")).routers().get("gw1").cli().get().quiet())
                .hasSeconds(2);
        assertThat(problems(cli.replace("key: id", "key: id, quiet: 1ms"))).containsExactly("inventory/a.yaml:2:79:"
                + " 'quiet' is a time from 20ms to 5s, in which a device that has finished its greeting says nothing"
                + " more, not '1ms'");
        assertThat(problemsAfter("key: id", "key: id, quiet: 2s")).containsExactly(
                "inventory/a.yaml:2:75: 'quiet' means nothing to dialect linux; leave it out");
    }

    @Test
    void tellsOverlappingPrefixes() throws Exception {
        assertThat(problems(GOOD + "  www-2: {prefix: 192.168.1.32/28, servers: [host2], checks: [web]}\n"))
                .containsExactly(
                        "inventory/a.yaml:10:3: the prefix 192.168.1.32/28 of www-2 overlaps the prefix 192.168.1.32/27"
                                + " of www-1 at inventory/a.yaml:9");
    }

    @Test
    void tellsAKeySetTwiceInOneFileAndInTwo() throws Exception {
        Files.writeString(home.resolve("inventory/b.yaml"), "servers:\n  host2: {address: 192.168.1.9}\n");
        assertThat(problems(GOOD.replace("host1: {address: 192.168.1.2}",
                "host1: {address: 192.168.1.2, address: 192.168.1.7}"))).containsExactly(
                        "inventory/a.yaml:4:33: 'address' is set twice in server host1, first at inventory/a.yaml:4",
                        "inventory/b.yaml:2:3: 'host2' in servers is set twice, first at inventory/a.yaml:5");
    }

    @Test
    void tellsTwoServersWithOneAddress() throws Exception {
        assertThat(problemsAfter("192.168.1.3}", "192.168.1.2}")).containsExactly(
                "inventory/a.yaml:5:3: host2 has the same address 192.168.1.2 as host1 at inventory/a.yaml:4",
                "inventory/a.yaml:5:3: host2 has the same next hop 192.168.1.2 as host1 at inventory/a.yaml:4");
    }

    @Test
    void tellsANextHopThatIsTheRouterItself() throws Exception {
        assertThat(
                problemsAfter("host1: {address: 192.168.1.2}", "host1: {address: 192.168.1.2, next-hop: 192.168.1.1}"))
                .containsExactly("inventory/a.yaml:4:3: the next hop 192.168.1.1 of host1 is the router gw1 itself");
    }

    @Test
    void tellsAServiceWithoutServersOrChecks() throws Exception {
        assertThat(problemsAfter("servers: [host1, host2], checks: [web]", "servers: []")).containsExactly(
                "inventory/a.yaml:9:10: service www-1 has no checks, so no server could ever be UP; write checks: [web]",
                "inventory/a.yaml:9:45: service www-1 has no servers; write servers: [host1, host2]");
    }

    @Test
    void tellsImpossibleTimers() throws Exception {
        assertThat(problemsAfter("body: \"</html>\"", "every: 100ms, fast: 2s, timeout: 5s, fall: 0, rise: x"))
                .containsExactly("inventory/a.yaml:7:92: 'fast' (2s) is never longer than 'every' (100ms)",
                        "inventory/a.yaml:7:105: 'timeout' (5s) is never longer than 'every' (100ms), or rounds would"
                                + " overlap",
                        "inventory/a.yaml:7:115: 'fall' is a number from 1 to 9999, not '0'",
                        "inventory/a.yaml:7:124: 'rise' is a number from 1 to 9999, not 'x'");
    }

    @Test
    void tellsAMissingKeyFileAndOneThatEverybodyCanRead() throws Exception {
        assertThat(problemsAfter("key: id", "key: nokey"))
                .containsExactly(
                        "inventory/a.yaml:2:64: there is no readable file nokey; correct the path,"
                                + " or its owner");
        Files.setPosixFilePermissions(home.resolve("id"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(problems(GOOD)).containsExactly("inventory/a.yaml:2:64: id "
                + "can be read by everybody; run: chmod 600 id");
    }

    @Test
    void namesWhatCannotBeHonouredInAnSshConfig() throws Exception {
        Files.writeString(home.resolve("cfg"), "Host 192.168.1.*\n ProxyJump bastion\nHost other\n ProxyJump x\n");
        assertThat(problemsAfter("key: id", "key: id, ssh-config: cfg")).singleElement().asString()
                .contains(
                        "ProxyJump bastion in cfg line 2, which applies to 192.168.1.1, leads through something else");
        assertThat(problemsAfter("key: id", "key: id, ssh-config: nocfg")).singleElement().asString()
                .contains("the ssh-config nocfg cannot be read");
    }

    @Test
    void refusesAPasswordInTheInventoryWithoutRepeatingIt() throws Exception {
        assertThat(problemsAfter("key: id", "password: hunter2")).containsExactly(
                "inventory/a.yaml:2:69: a password never stands in the inventory; write password: {file: FILE} or"
                        + " password: {env: NAME}");
    }

    @Test
    void tellsThatIpv6WantsQuotes() throws Exception {
        assertThat(problemsAfter("{address: 192.168.1.2}", "{address: ::1, b: 2}").getFirst())
                .contains("an IPv6 address must stand in quotes");
        assertThat(problemsAfter("address: 192.168.1.1,", "address: [2001:db8::1]:22,").getFirst())
                .contains("an IPv6 address must stand in quotes");
        assertThat(problemsAfter("{prefix: 192.168.1.32/27,", "{prefix: ::/0,").getFirst())
                .contains("an IPv6 address must stand in quotes");
    }

    @Test
    void refusesBombsAndTags() throws Exception {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assertThat(problems(bomb)).containsExactly(
                "inventory/a.yaml:1:4: tags (!...) and aliases (*...) are not used here; write the value out");
        assertThat(problems("servers: !!javax.script.ScriptEngineManager []\n").getFirst())
                .contains("tag");
        assertThat(problems("a: " + "[".repeat(5000)).getFirst()).contains("not YAML");
    }

    @Test
    void anEmptyInventoryIsAMistake() throws Exception {
        assertThat(problems("").getFirst()).contains("no services are defined");
        assertThat(problems("# nothing yet\n---\n").getFirst()).contains("no services are defined");
        Files.delete(home.resolve("inventory/a.yaml"));
        Files.delete(home.resolve("inventory"));
        assertThat(problems().getFirst()).contains("there is no such folder; say --home FOLDER");
    }

    @Test
    void readsAnInventoryOfTenMegabytes() throws Exception {
        StringBuilder large = new StringBuilder(GOOD);
        int n = 0;
        while (large.length() < 10 << 20) {
            large.append("  s").append(n).append(": {prefix: 10.").append(n >> 16).append('.').append(n >> 8 & 255)
                    .append('.').append(n & 255).append("/32, servers: [host1, host2], checks: [web]}")
                    .append(" ".repeat(40)).append('\n');
            n++;
        }
        assertThat(read(large.toString()).services()).hasSize(n + 1);
    }

    @Test
    void whatIsNotTextIsNamed() throws Exception {
        Files.write(home.resolve("inventory/a.yaml"), new byte[]{0, 1, 2, (byte) 0xff, (byte) 0xfe});
        assertThat(problems()).hasSize(1).first().asString().startsWith("inventory/a.yaml:1:");
    }

    @Test
    void aBrokenFileDoesNotMakeTheOthersLookWrong() throws Exception {
        Files.writeString(home.resolve("inventory/b.yaml"), "servers:\n\thost3: {address: 192.168.1.4}\n");
        assertThat(problems(GOOD.replace("[host1, host2]", "[host1, host3]"))).hasSize(1).first().asString()
                .startsWith("inventory/b.yaml:2:1: not YAML").contains("never with tabs");
    }

    @Test
    void namesThatAreCommandsAreRefused() throws Exception {
        assertThat(problemsAfter("www-1:", "status:").getFirst())
                .isEqualTo("inventory/a.yaml:9:3: 'status' is a word of the command line; choose another name");
    }
}
