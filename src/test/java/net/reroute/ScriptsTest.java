package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts beside the program: no compiler looks at the names of classes in them. */
class ScriptsTest {

    private static final Pattern CLASS = Pattern.compile("net\\.reroute(\\.[a-z]+)*\\.[A-Z]\\w+");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("bin"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void theClassesThatAScriptRunsAreThere(Path script) throws IOException {
        CLASS.matcher(Files.readString(script)).results()
                .forEach(found -> assertThatCode(() -> Class.forName(found.group())).as(found.group())
                        .doesNotThrowAnyException());
    }

    /** npm asks the registry that it is set up with, and compares checksums. */
    @Test
    void theLockOfTheSiteNamesNoPlaceToGetItsPartsFrom() throws IOException {
        assertThat(Files.readString(Path.of("site/package-lock.json"))).contains("\"integrity\"")
                .doesNotContain("\"resolved\"");
    }

    @Test
    void theFilesThatTheArchitectureNamesAreThere() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.map(f -> "/" + f).toList();
        }
        Pattern.compile("(?<![*\\w/])[\\w/]+\\.java").matcher(Files.readString(Path.of("docs/architecture.md")))
                .results()
                .map(MatchResult::group)
                .forEach(named -> assertThat(sources).as(named).anyMatch(s -> s.endsWith("/" + named)));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void theFilesThatAScriptNamesBesideItAreThere(Path script) throws IOException {
        Pattern.compile("(?<![\\w/$.])(bin|\\.ci|systemd)/[\\w-]+").matcher(Files.readString(script)).results()
                .forEach(found -> assertThat(Path.of(found.group())).exists());
    }
}
