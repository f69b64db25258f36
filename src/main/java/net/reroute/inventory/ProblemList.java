package net.reroute.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects mistakes while reading goes on. */
final class ProblemList {

    private final List<Problem> found = new ArrayList<>();
    private final Map<Node, String> files = new IdentityHashMap<>();
    private boolean syntax;

    /** Remembers the file of a node; YAML's own marks do not have it. */
    void came(Node node, String file) {
        files.put(node, file);
    }

    void at(Node node, String sentence) {
        Mark mark = node.getStartMark();
        found.add(new Problem(files.getOrDefault(node, "inventory"), mark.getLine() + 1, mark.getColumn() + 1,
                sentence));
    }

    /** Reports a mistake of a whole file. */
    void in(Path file, String sentence) {
        found.add(new Problem(Problem.shown(file), 1, 1, sentence));
    }

    /** Reports a file or folder that could not be read. */
    void unread(Path file, String sentence) {
        syntax(new Problem(Problem.shown(file), 1, 1, sentence));
    }

    /** Reports a file that could not be read in full. Mistakes that follow from the missing part would be noise. */
    void syntax(Problem problem) {
        found.add(problem);
        syntax = true;
    }

    boolean anySyntax() {
        return syntax;
    }

    int count() {
        return found.size();
    }

    List<Problem> sorted() {
        return found.stream().distinct().sorted().toList();
    }

    String place(Node node) {
        return files.getOrDefault(node, "inventory") + ":" + (node.getStartMark().getLine() + 1);
    }
}
