package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.reroute.core.Inventory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that have one sensible reading: it is said, once, and nothing is said that only follows from it. */
class AdviceTest {

    private static final String GOOD = """
                                       routers:
                                         gw1: {dialect: linux, address: 192.168.1.1, user: root, agent: true}
                                       servers:
                                         host1: {address: 192.168.1.2}
                                         host2: {address: 192.168.1.3}
                                       checks:
                                         web: {icmp: "{server}"}
                                       services:
                                         www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}
                                         www-2: {prefix: 192.168.1.64/27, servers: [host2, host1], checks: [web]}
                                       """;

    @TempDir
    Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
    }

    private Inventory read(String text) throws IOException, BadInventoryException {
        Files.writeString(home.resolve("inventory/a.yaml"), text);
        return InventoryReader.read(home);
    }

    private List<String> problems() {
        return problems(home);
    }

    private List<String> problems(Path of) {
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> InventoryReader.read(of));
        assertThat(bad).isNotNull();
        return bad.problems().stream().map(p -> p.toString().replace(home + "/", "")).toList();
    }

    private String problemAfter(String what, String instead) throws IOException {
        int at = GOOD.indexOf(what);
        assertThat(at).isNotNegative();
        Files.writeString(home.resolve("inventory/a.yaml"),
                GOOD.substring(0, at) + instead + GOOD.substring(at + what.length()));
        assertThat(problems()).hasSize(1);
        return problems().getFirst();
    }

    // ---- one mistake, one sentence -------------------------------------------------------------------------------

    @Test
    void aServerInUseWithAMistakeIsOneMistake() throws IOException {
        assertThat(problemAfter("host2: {address", "host2: {adress")).isEqualTo(
                "inventory/a.yaml:5:11: unknown key 'adress' in server host2, did you mean 'address'?");
        assertThat(problemAfter("192.168.1.3", "www.example.com")).startsWith(
                "inventory/a.yaml:5:20: 'www.example.com' is not an IP address")
                .endsWith("'getent hosts www.example.com' tells the address");
        assertThat(problemAfter("host2: {address: 192.168.1.3}", "host2:")).isEqualTo(
                "inventory/a.yaml:5:9: server host2 is written as {key: value, ...}");
        assertThat(problemAfter("address: 192.168.1.3", "address: 192.168.1.3, next-hop: x:y:z")).contains("'x:y:z'");
    }

    @Test
    void aSectionThatIsMisspeltOrOfTheWrongKindIsOneMistake() throws IOException {
        assertThat(problemAfter("servers:\n", "sevrers:\n")).endsWith("unknown key 'sevrers', did you mean 'servers'?");
        assertThat(problemAfter("servers:\n", "machines:\n")).contains("unknown key 'machines'; a file has");
        assertThat(problemAfter("  web: {icmp: \"{server}\"}", "  - web: {icmp: \"{server}\"}"))
                .contains("'checks' holds entries, each written as NAME: {...}, without dashes or brackets");
    }

    @Test
    void aPlaybookMayNameWhatHasMistakes() throws IOException {
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("playbooks/p.yaml"),
                "when: {event: server-down, service: www-2, server: host2}\nsteps: [{undrain: {server: host2}}]\n");
        assertThat(problemAfter("host2: {address", "host2: {adress")).contains("did you mean 'address'?");
        assertThat(problemAfter("192.168.1.64/27, servers", "192.168.1.65/27, servers")).contains("has host bits set");
    }

    // ---- prefixes ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "192.168.1.32|'192.168.1.32' has no length; write 192.168.1.32/32 for one address, or its length, such as 192.168.1.32/27",
            "192.168.1.33|'192.168.1.33' has no length; write 192.168.1.33/32",
            "192.168.1.32/255.255.255.224|'192.168.1.32/255.255.255.224' is not a prefix; write 192.168.1.32/27",
            "192.168.1.32/+27|'192.168.1.32/+27' is not a prefix; write it like 192.168.1.32/27 or \"2001:db8::/64\"",
            "0.0.0.0/0|0.0.0.0/0 is every address there is, and the way to all servers and routers with it; write the prefix that clients use",
            "224.0.0.0/24|no server can have 224.0.0.0/24: it begins with a multicast address",
            "127.0.0.0/8|no router forwards 127.0.0.0/8: its addresses mean something on one machine only"})
    void aPrefixIsNeitherGuessedNorEverything(String written, String sentence) throws IOException {
        assertThat(problemAfter("192.168.1.32/27", written)).endsWith(": " + sentence);
    }

    @Test
    void anAddressThatIsTakenOverHasOneReadingWithoutALength() throws IOException {
        assertThat(problemAfter("prefix: 192.168.1.64/27", "redirect: arp, interface: eth0, prefix: 192.168.1.64"))
                .endsWith("'192.168.1.64' has no length; write 192.168.1.64/32");
    }

    @Test
    void aPrefixMustNotHoldTheWayToMachines() throws IOException {
        assertThat(problemAfter("192.168.1.32/27", "192.168.1.0/27")).isEqualTo("inventory/a.yaml:9:3: the prefix"
                + " 192.168.1.0/27 of www-1 contains 192.168.1.2 of host1, 192.168.1.3 of host2, 192.168.1.1 of router"
                + " gw1: a move would take the way there along; a prefix holds addresses of services only");
        Files.writeString(home.resolve("inventory/a.yaml"), GOOD.replace("host1: {", "host1: {next-hop: 10.9.0.7, ")
                .replace("192.168.1.32/27", "10.9.0.0/16")
                + "settings: {peer: {address: 192.168.1.70, user: x, agent: true}}\n");
        assertThat(problems()).hasSize(2);
        assertThat(problems().getFirst()).contains("10.9.0.0/16 of www-1 contains 10.9.0.7 of host1:");
        assertThat(problems().getLast()).contains("of www-2 contains 192.168.1.70 of the other controller:");
    }

    // ---- addresses -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"224.0.0.5|a multicast address", "255.255.255.255|the broadcast address",
            "0.0.0.0|the unspecified address, which means every address or none", "\"ff02::1\"|a multicast address",
            "\"::\"|the unspecified address, which means every address or none",
            "0.1.2.3|in 0.0.0.0/8, which is reserved",
            "250.1.1.1|in 240.0.0.0/4, which is reserved"})
    void anAddressThatNoMachineCanHaveIsRefused(String address, String what) throws IOException {
        String bare = address.replace("\"", "");
        assertThat(problemAfter("192.168.1.3}", address + "}"))
                .endsWith("no machine can have " + bare + ": it is " + what);
        assertThat(problemAfter("192.168.1.3}", "192.168.1.3, next-hop: " + address + "}"))
                .endsWith("no machine can have " + bare + ": it is " + what);
        if (!address.startsWith("\"")) {
            assertThat(problemAfter("192.168.1.1,", address + ",")).contains("no machine can have " + bare);
        }
        assertThat(problemAfter("\"{server}\"", address)).contains("no machine answers at " + bare);
    }

    @Test
    void theRoutersOwnAddressIsNoServers() throws IOException {
        assertThat(
                problemAfter("host2: {address: 192.168.1.3}", "host2: {address: 192.168.1.1, next-hop: 192.168.1.3}"))
                .endsWith("the address 192.168.1.1 of host2 is the router gw1 itself");
    }

    @Test
    void aLinkLocalNextHopNeedsAndHasAnInterface() throws Exception {
        String six = """
                     routers: {gw1: {dialect: DIALECT, address: 192.168.1.1, user: root, agent: true}}
                     servers:
                       host1: {address: "2001:db8::1", next-hop: "fe80::2%eth0"}
                       host2: {address: "2001:db8::2", next-hop: "fe80::2%eth1"}
                     checks: {up: {icmp: "{server}"}}
                     services:
                       six: {prefix: "2001:db8:33::/64", servers: [host1, host2], checks: up}
                     """;
        assertThat(read(six.replace("DIALECT", "linux")).servers().get("host2").nextHop()).hasToString("fe80::2%eth1");
        Files.writeString(home.resolve("inventory/a.yaml"), six.replace("DIALECT", "frr"));
        assertThat(problems())
                .containsExactly("inventory/a.yaml:3:3: the next hop fe80::2%eth0 of host1 is link-local, and"
                        + " on the router gw1 of six (frr) none can be written; give it a global one");
        Files.writeString(home.resolve("inventory/a.yaml"), six.replace("DIALECT", "linux").replace("%eth0", ""));
        assertThat(problems()).containsExactly("inventory/a.yaml:3:45: fe80::2 is link-local, and the router has to be"
                + " told by which interface of its own; write next-hop: \"fe80::2%eth0\", with the router's name for it");
        Files.writeString(home.resolve("inventory/a.yaml"),
                six.replace("DIALECT", "linux").replace("fe80::2%eth0", "2001:db8::9%eth0"));
        assertThat(problems()).containsExactly("inventory/a.yaml:3:45: 2001:db8::9 is not link-local and needs no"
                + " interface; write it without %eth0");
        Files.writeString(home.resolve("inventory/a.yaml"),
                six.replace("DIALECT", "linux").replace("%eth0", "%eth0;reboot"));
        assertThat(problems().getFirst()).contains("'eth0;reboot' is not the name of an interface");
        Files.writeString(home.resolve("inventory/a.yaml"),
                six.replace("DIALECT", "linux").replace("address: \"2001:db8::1\"", "address: \"fe80::1\""));
        assertThat(problems().getFirst()).contains("fe80::1 is link-local and means something on one link only");
    }

    // ---- lists and values ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"host1 host2", "host1, host2", "[host1 host2]", "{host1: , host2: }",
            "\"host1;host2\""})
    void aListThatIsNoneIsShownAsOne(String written) throws IOException {
        String flow = written.equals("host1, host2") ? "\"host1, host2\"" : written;
        assertThat(problemAfter("servers: [host1, host2]", "servers: " + flow))
                .endsWith("write a list: servers: [host1, host2]".substring(flow.startsWith("{") ? 14 : 0));
    }

    @Test
    void valuesWithOneReadingAreGiven() throws IOException {
        assertThat(problemAfter("address: 192.168.1.3", "address: [192.168.1.3]"))
                .endsWith("'address' of server host2 is one value; write address: 192.168.1.3");
        assertThat(problemAfter("192.168.1.3", "192.168.1.3/27")).endsWith("without a length: 192.168.1.3");
        assertThat(problemAfter("192.168.1.3", "192.168.1.3:22")).endsWith("without a port: 192.168.1.3");
        assertThat(problemAfter("address: 192.168.1.3", "address:"))
                .endsWith("'address' of server host2 has no value; write one, or leave the key out");
        assertThat(problemAfter("agent: true", "agent: yes")).endsWith("'yes' is written true");
        assertThat(problemAfter("192.168.1.1,", "192.168.1.1:99999,")).endsWith("a port is from 1 to 65535, not 99999");
        assertThat(problemAfter("192.168.1.1,", "192.168.1.300,")).contains("'192.168.1.300' is not an IP address");
        assertThat(problemAfter("192.168.1.1,", "\"2001:db8::1\",")).endsWith("like \"[2001:db8::1]\"");
        assertThat(problemAfter("agent: true", "password: {}")).contains("{file: FILE} or password: {env: NAME}");
        assertThat(problemAfter("agent: true", "key: \"a\\0b\"")).contains("cannot be the name of a file");
    }

    @Test
    void hostNamesInChecksMayHaveUnderscores() throws Exception {
        assertThat(read(GOOD.replace("icmp: \"{server}\"", "http: \"http://{server}/\", host: my_site.example.com"))
                .checks()).hasSize(1);
    }

    @Test
    void whatCannotBeSeenIsShown() throws IOException {
        assertThat(problemAfter("host2: {address", "host2: {\u00a0address")).contains("'\\u00a0address'");
        assertThat(problemAfter("192.168.1.3", "\"\\e[2J\"")).contains("'\\u001b[2J'");
        assertThat(problemAfter("192.168.1.3", "x".repeat(5000)).length()).isLessThan(400);
    }

    // ---- files ---------------------------------------------------------------------------------------------------

    private String onlyProblem(Path of) {
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class,
                () -> InventoryReader.read(home, List.of(of)));
        assertThat(bad).isNotNull();
        assertThat(bad.problems()).hasSize(1);
        return bad.problems().getFirst().toString().replace(home + "/", "");
    }

    @Test
    void filesThatAreMeantAndNotReadAreTold() throws Exception {
        read(GOOD);
        for (String name : List.of("b.yml", "b.json", "b.YAML")) {
            Files.writeString(home.resolve("inventory").resolve(name), "servers: {}");
            assertThat(problems()).containsExactly("inventory/" + name
                    + ":1:1: is not read; an inventory's file ends in .yaml: rename it to b.yaml");
            Files.delete(home.resolve("inventory").resolve(name));
        }
        Files.createSymbolicLink(home.resolve("inventory/.#a.yaml"), Path.of("admin@host.123")); // as Emacs locks
        Files.writeString(home.resolve("inventory/README.md"), "how we do it");
        assertThat(InventoryReader.read(home).services()).hasSize(2);
    }

    @Test
    void jsonIsReadWithItsTabs() throws Exception {
        Path json = home.resolve("net.json");
        Files.writeString(json, """
                                {
                                \t"servers": {"host1": {"address": "192.168.1.2"}},
                                \t"checks": {"up": {"icmp": "{server}"}},
                                \t"services": {
                                \t\t"www": {"prefix": "10.0.0.0/24", "servers": ["host1"], "checks": ["up"]}
                                \t}
                                }
                                """);
        assertThat(InventoryReader.read(home, List.of(json)).services()).hasSize(1);
    }

    @Test
    void aPlaybookInPlaceOfAnInventoryIsKnownForOne() {
        assertThat(onlyProblem(Path.of("playbooks/drill.yaml"))).endsWith("this is a playbook; put it into playbooks/,"
                + " where 'reroute validate' reads it together with the inventory");
    }

    @Test
    void pathsThatAreNoFilesAreNamedForWhatTheyAre() throws IOException {
        Files.writeString(home.resolve("network.yaml"), GOOD);
        assertThat(onlyProblem(home.resolve("netwrok.yaml")))
                .isEqualTo("netwrok.yaml:1:1: there is no such file, did you mean 'network.yaml'?");
        assertThat(onlyProblem(home.resolve("inventory"))).isEqualTo("inventory:1:1: is a folder, not a file");
        Files.createSymbolicLink(home.resolve("circle.yaml"), home.resolve("circle.yaml"));
        assertThat(onlyProblem(home.resolve("circle.yaml"))).endsWith("is a symbolic link that leads in a circle");
        Files.createSymbolicLink(home.resolve("gone.yaml"), home.resolve("nowhere"));
        assertThat(onlyProblem(home.resolve("gone.yaml"))).endsWith("is a symbolic link that leads nowhere");
        assertThat(onlyProblem(Path.of("/dev/null"))).endsWith("is a pipe or a device, not a file");
        Files.writeString(home.resolve("empty.yaml"), "");
        assertThat(onlyProblem(home.resolve("empty.yaml"))).startsWith("empty.yaml:1:1: no services are defined");
    }

    @Test
    void bytesThatAreNoTextAreNamed() throws IOException {
        Path file = home.resolve("a.yaml");
        Files.write(file, "servers:\n  h\u00f6st: {}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(onlyProblem(file)).isEqualTo("a.yaml:2:1: is not UTF-8 text here; save it as UTF-8");
        Files.write(file, GOOD.getBytes(StandardCharsets.UTF_16LE));
        assertThat(onlyProblem(file)).endsWith("is UTF-16 text; save it as UTF-8");
        Files.write(file, "servers: {a\0: 1}".getBytes(StandardCharsets.UTF_8));
        assertThat(onlyProblem(file)).startsWith("a.yaml:1:12: has a character here that is no text (U+0000)");
        Files.writeString(file, GOOD + "---\n" + GOOD);
        assertThat(onlyProblem(file)).startsWith("a.yaml:11:1: not YAML: a second document begins here");
    }

    @Test
    void aByteOrderMarkIsNoMistake() throws Exception {
        assertThat(read("\uFEFF" + GOOD).services()).hasSize(2);
        Files.write(home.resolve("inventory/a.yaml"), ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16LE));
        assertThat(InventoryReader.read(home).services()).hasSize(2);
    }

    @Test
    void aHomeThatIsNoneIsNamedForWhatItIs() throws IOException {
        Files.writeString(home.resolve("net.yaml"), GOOD);
        assertThat(problems(home.resolve("net.yaml")))
                .containsExactly("net.yaml:1:1: is a file, and a home is the folder"
                        + " that holds inventory/; to look at this file alone: reroute validate FILE");
        assertThat(problems(home.resolve("nowhere"))).containsExactly(
                "nowhere:1:1: there is no such folder; --home names the one that holds inventory/");
        assertThat(problems(home.resolve("inventory")).getFirst()).endsWith("did you mean --home " + home + "?");
        assertThat(problems()).containsExactly(
                "inventory:1:1: holds no file that ends in .yaml; put one like widgetco.yaml there");
        Files.delete(home.resolve("inventory"));
        Files.writeString(home.resolve("inventory"), "a file");
        assertThat(problems()).containsExactly("inventory:1:1: is a file, not a folder");
    }
}
