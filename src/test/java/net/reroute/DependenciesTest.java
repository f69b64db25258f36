package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Libraries are those that are named, under their licences, and none of a version that is known to be bad. */
class DependenciesTest {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*)\\.jar");
    private static final Pattern ROW = Pattern.compile("\\| ([\\w.-]+) \\| (\\d\\S*) \\| (.+) \\|");
    /** What only tests are made with. */
    private static final Pattern FOR_TESTS = Pattern
            .compile(
                    "(junit|assertj|commonmark|opentest4j|apiguardian|byte-buddy|jspecify|open-test|maven-|surefire|univocity"
                            + "|selenium|guava|failureaccess|listenablefuture|opentelemetry|auto-|error_prone|jcommander|j2objc|annotations).*");

    private static Map<String, String> onThePath() {
        Map<String, String> versions = new TreeMap<>();
        Stream.of(System.getProperty("java.class.path").split(":")).map(p -> Path.of(p).getFileName().toString())
                .map(JAR::matcher).filter(Matcher::matches).forEach(m -> versions.put(m.group(1), m.group(2)));
        return versions;
    }

    @Test
    void eachHasItsLicenceNamed() throws IOException {
        Map<String, String> named = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of("THIRD-PARTY.md"))) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(m -> named.put(m.group(1), m.group(2)));
        }
        Map<String, String> there = onThePath();
        there.keySet().removeIf(name -> FOR_TESTS.matcher(name).matches());
        assertThat(there).isEqualTo(named);
    }

    @Test
    void noneIsOfAVersionThatIsKnownToBeBad() throws IOException {
        Map<String, String> there = onThePath();
        for (String line : Files.readAllLines(Path.of(".ci/known-bad.tsv"))) {
            String[] columns = line.split("\t");
            if (columns.length == 3 && there.containsKey(columns[0])) {
                assertThat(compare(there.get(columns[0]), columns[1])).as(columns[0] + " " + there.get(columns[0])
                        + " is below " + columns[1] + ": " + columns[2]).isNotNegative();
            }
        }
        assertThat(compare("1.5.9", "1.5.13")).isNegative();
        assertThat(compare("3.54.1.0", "3.41.2.2")).isPositive();
    }

    private static int compare(String a, String b) {
        String[] left = a.split("\\.");
        String[] right = b.split("\\.");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int difference = number(left, i) - number(right, i);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int i) {
        return i < parts.length ? Integer.parseInt(parts[i].replaceAll("\\D.*", "")) : 0;
    }
}
