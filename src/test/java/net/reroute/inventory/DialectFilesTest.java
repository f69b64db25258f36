package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Family;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectFilesTest {

    private static final String GOOD = """
                                       prompt: {user: '{host}>', privileged: '{host}#', config: '{host}\\(\\w+\\)#'}
                                       mode: {privileged: enable, config: configure terminal, leave: end}
                                       refused: ['^%']
                                       ipv4:
                                         table: show ip route
                                         route: ['^S (?<prefix>\\S+) via (?<hop>\\S+)']
                                         lookup: 'show ip route {address}'
                                         found: ['^(?<prefix>\\S+) via (?<hop>\\S+)']
                                         config: show running-config
                                         line: '^ip route (?<prefix>\\S+) (?<rest>.+)$'
                                         add: 'ip route {prefix} {hop}'
                                         remove: 'no ip route {prefix} {hop}'
                                       """;

    @TempDir
    Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("routers"));
        Files.writeString(home.resolve("inventory/a.yaml"), "servers: {host1: {address: 192.168.1.2}}\n");
    }

    private List<String> problemsAfter(String what, String instead) throws IOException {
        assertThat(GOOD).contains(what);
        Files.writeString(home.resolve("routers/mine.yaml"), GOOD.replace(what, instead));
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> InventoryReader.read(home));
        assertThat(bad).isNotNull();
        return bad.problems().stream().map(p -> p.toString().replace(home + "/", "")).toList();
    }

    @Test
    void everyFileThatIsShippedIsReadWithoutAMistake() {
        ProblemList problems = new ProblemList();
        DialectFiles reader = new DialectFiles(home, problems);
        List<String> names = reader.known().stream().filter(n -> !n.equals(DialectFiles.LINUX)).toList();
        assertThat(names).hasSize(8);
        for (String name : names) {
            assertThat(reader.named(name)).as(name).isPresent();
        }
        assertThat(problems.count()).isZero();
    }

    @Test
    void everyFileThatIsShippedKnowsBothFamiliesAndRemovesOneNextHopOnly() {
        DialectFiles reader = new DialectFiles(home, new ProblemList());
        reader.known().stream().filter(n -> !n.equals(DialectFiles.LINUX)).map(n -> reader.named(n).orElseThrow())
                .forEach(DialectFilesTest::isWhole);
    }

    private static void isWhole(Dialect dialect) {
        List<Family> families = Stream.of(dialect.ipv4(), dialect.ipv6()).flatMap(f -> f.stream()).toList();
        assertThat(families).as(dialect.name()).hasSize(2)
                .allSatisfy(f -> assertThat(f.remove().names()).contains("hop"))
                .allSatisfy(f -> assertThat(f.add().names()).contains("hop"));
    }

    @Test
    void theFileThatIsBrokenBelowIsGoodBefore() throws IOException {
        Files.writeString(home.resolve("routers/mine.yaml"), GOOD);
        ProblemList problems = new ProblemList();
        assertThat(new DialectFiles(home, problems).named("mine")).isPresent();
        assertThat(problems.count()).isZero();
    }

    @Test
    void aFileOfTheHomeFolderTakesThePlaceOfTheOneThatIsShipped() throws IOException {
        Files.writeString(home.resolve("routers/cisco-ios.yaml"), GOOD);
        Dialect dialect = new DialectFiles(home, new ProblemList()).named("cisco-ios").orElseThrow();
        assertThat(dialect.ipv6()).isEmpty();
    }

    @Test
    void tellsAKeyThatNobodyKnows() throws IOException {
        assertThat(problemsAfter("refused:", "refussed:")).containsExactly("routers/mine.yaml:3:1: unknown key"
                + " 'refussed' in dialect mine, did you mean 'refused'?");
    }

    @Test
    void tellsWhatIsNoRegularExpression() throws IOException {
        assertThat(problemsAfter("'^%'", "'^(%'")).containsExactly("routers/mine.yaml:3:11: not a regular expression:"
                + " Unclosed group near position 3 in '^(%'");
    }

    @Test
    void tellsARemoveWithoutANextHop() throws IOException {
        assertThat(problemsAfter("'no ip route {prefix} {hop}'", "'no ip route {prefix}'")).containsExactly(
                "routers/mine.yaml:12:11: 'remove' needs {hop}: without it every next hop would go");
    }

    @Test
    void tellsANameInALineThatNobodyFillsIn() throws IOException {
        assertThat(problemsAfter("'ip route {prefix} {hop}'", "'ip route {prefx} {hop}'")).containsExactly(
                "routers/mine.yaml:11:8: unknown {prefx}, did you mean 'prefix'?; known are address, distance, hop,"
                        + " interface, mask, network, prefix, tag, vrf, way");
    }

    @Test
    void tellsAGroupInAPatternThatNobodyReads() throws IOException {
        assertThat(problemsAfter("(?<rest>", "(?<test>")).containsExactly(
                "routers/mine.yaml:10:9: unknown group (?<test>...), did you mean 'rest'?; known are attribute, device, distance, hop,"
                        + " interface, mask, network, parent, prefix, recursive, rest, tag, vrf, way");
    }

    @Test
    void tellsAPromptThatIsAnybodys() throws IOException {
        assertThat(problemsAfter("'{host}#'", "'[a-z]+#'")).containsExactly(
                "routers/mine.yaml:1:39: a prompt needs {host} for the device's name: '[a-z]+#'");
    }

    @Test
    void tellsPatternsThatFindNoNextHop() throws IOException {
        assertThat(problemsAfter("'^S (?<prefix>\\S+) via (?<hop>\\S+)'", "'^S (?<prefix>\\S+)'")).containsExactly(
                "routers/mine.yaml:6:10: ipv4 of dialect mine needs a pattern with a group (?<hop>...) in 'route:'");
    }

    @Test
    void tellsWhatIsMissing() throws IOException {
        assertThat(problemsAfter("  lookup: 'show ip route {address}'\n", "")).containsExactly(
                "routers/mine.yaml:5:3: ipv4 of dialect mine needs 'lookup:'");
    }

    @Test
    void tellsEveryMistakeAtOnce() throws IOException {
        assertThat(problemsAfter("mode: {privileged: enable, config: configure terminal, leave: end}",
                "mode: {config: conf t}\nsave: {done: OK, inside: perhaps}")).containsExactly(
                        "routers/mine.yaml:2:7: mode of dialect mine needs 'leave:'",
                        "routers/mine.yaml:3:7: save of dialect mine needs 'type:'",
                        "routers/mine.yaml:3:26: 'inside' is true or false, not 'perhaps'");
    }
}
