package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that name each other in a circle have to be understood all at once. A sealed type has to name those it permits, so
 * that is not counted.
 */
class CirclesTest {

    private static final Path SOURCES = Path.of("src/main/java/net/reroute");
    private static final Pattern NO_CODE = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"");
    private static final Pattern PERMITS = Pattern.compile("(?s)\\bpermits\\b[^{]*");
    private static final Pattern TYPE = Pattern.compile("(?<![\\w.])[A-Z]\\w*");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum)\\s+([A-Z]\\w*)");

    /** Two files that belong together may name each other; in the package where decisions are carried out, none does. */
    private static final int MOST_FILES = 2;
    private static final String WITHOUT = "control";

    @Test
    void noCircleOfFilesIsLargerThanItMayBe() throws IOException {
        Map<String, List<Set<String>>> tooLarge = new TreeMap<>();
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                String name = SOURCES.relativize(folder).toString();
                List<Set<String>> circles = circles(names(folder)).stream()
                        .filter(c -> c.size() > MOST_FILES || name.equals(WITHOUT)).toList();
                if (!circles.isEmpty()) {
                    tooLarge.put(name, circles);
                }
            }
        }
        assertThat(tooLarge).isEmpty();
    }

    /** Which files of a folder each of them names. */
    private static Map<String, Set<String>> names(Path folder) throws IOException {
        Map<String, String> code = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String text = NO_CODE.matcher(Files.readString(file)).replaceAll(" ");
                code.put(file.getFileName().toString().replace(".java", ""), PERMITS.matcher(text).replaceAll(" "));
            }
        }
        Map<String, Set<String>> named = new TreeMap<>();
        code.forEach((file, text) -> {
            Set<String> others = all(TYPE, 0, text);
            others.addAll(nestedImports(folder, text));
            others.removeAll(all(DECLARED, 1, text));
            others.retainAll(code.keySet());
            named.put(file, others);
        });
        return named;
    }

    private static Set<String> all(Pattern pattern, int group, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    /** Types of the same package whose nested types are imported. */
    private static Set<String> nestedImports(Path folder, String text) {
        String own = SOURCES.relativize(folder).toString().replace('/', '.');
        return all(Pattern.compile("import net\\.reroute\\." + Pattern.quote(own) + "\\.([A-Z]\\w*)\\."), 1, text);
    }

    /** Tarjan's strongly connected components, those of more than one file. */
    private static List<Set<String>> circles(Map<String, Set<String>> graph) {
        Walk walk = new Walk(graph);
        graph.keySet().forEach(walk::from);
        return walk.circles;
    }

    private static final class Walk {

        private final Map<String, Set<String>> graph;
        private final Map<String, Integer> number = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final Set<String> onPath = new HashSet<>();
        private final List<Set<String>> circles = new ArrayList<>();

        Walk(Map<String, Set<String>> graph) {
            this.graph = graph;
        }

        void from(String file) {
            if (number.containsKey(file)) {
                return;
            }
            number.put(file, number.size());
            lowest.put(file, number.get(file));
            path.push(file);
            onPath.add(file);
            for (String other : graph.get(file)) {
                if (!number.containsKey(other)) {
                    from(other);
                    lowest.merge(file, lowest.get(other), Math::min);
                } else if (onPath.contains(other)) {
                    lowest.merge(file, number.get(other), Math::min);
                }
            }
            if (lowest.get(file).equals(number.get(file))) {
                circle(file);
            }
        }

        private void circle(String begins) {
            Set<String> circle = new TreeSet<>();
            String file;
            do {
                file = path.pop();
                onPath.remove(file);
                circle.add(file);
            } while (!file.equals(begins));
            if (circle.size() > 1) {
                circles.add(circle);
            }
        }
    }
}
