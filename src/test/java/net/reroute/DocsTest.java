package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.Docs.Page;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the documentation gets where its links lead. */
class DocsTest {

    private static final Pattern SCRIPT = Pattern
            .compile("(?<![\\w/.-])(?:/opt/reroute/)?((?:bin|\\.ci)/[a-z][\\w-]*)");

    static List<Page> pages() {
        return Docs.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Page page) {
        Stream<String> links = page.all(Link.class).stream().map(Link::getDestination);
        Stream<String> pictures = page.all(Image.class).stream().map(Image::getDestination);
        assertThat(Stream.concat(links, pictures).filter(to -> !to.matches("(?i)(https?|mailto):.*"))
                .flatMap(to -> wrong(page, to).stream())).as(page.file().toString()).isEmpty();
    }

    /** bin/site makes pages of these folders alone, and fails where a link leads out of them. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkStaysInWhatTheSiteIsMadeOf(Page page) throws IOException {
        String stage = Files.readString(Path.of("site/stage.mjs"));
        assertThat(page.all(Link.class).stream().map(Link::getDestination)
                .filter(to -> !to.matches("(?i)(https?|mailto):.*|#.*"))
                .map(to -> page.file().resolveSibling(to.split("#", 2)[0]).normalize())
                .filter(to -> to.getNameCount() > 1 && !stage.contains("'" + to.getName(0) + "'"))).isEmpty();
    }

    private static Optional<String> wrong(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
        if (parts[0].startsWith("/") || !Files.exists(file)) {
            return Optional.of(link + " leads nowhere");
        }
        boolean there = parts.length == 1
                || file.toString().endsWith(".md") && Page.of(file).anchors().contains(parts[1]);
        return there ? Optional.empty() : Optional.of(link + ": " + file + " has no such heading");
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        assertNamed(Path.of("docs"), "README.md");
        assertNamed(Path.of("docs/decisions"), "README.md");
    }

    private static void assertNamed(Path folder, String index) throws IOException {
        List<String> named = Page.of(folder.resolve(index)).all(Link.class).stream()
                .map(l -> l.getDestination().replaceFirst("#.*", "")).toList();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(named).containsAll(files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".md") && !f.equals(index)).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theScriptsThatAPageNamesAreThere(Page page) {
        Stream.concat(page.inline().stream(), page.blocks().stream().map(b -> b.getValue()))
                .flatMap(code -> SCRIPT.matcher(code).results())
                .forEach(found -> assertThat(Path.of(found.group(1))).as(page.file().toString()).exists());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Kept connections | kept-connections", "What is `share: 2`? | what-is-share-2",
            "A, b & c | a-b--c", "snake_case 1.5 | snake_case-15"})
    void anAnchorIsMadeOfAHeadingAsGitHubDoes(String heading, String anchor) {
        assertThat(Docs.anchor(heading)).isEqualTo(anchor);
    }
}
