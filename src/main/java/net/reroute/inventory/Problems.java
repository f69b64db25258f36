package net.reroute.inventory;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects mistakes while reading goes on. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private boolean syntax;

    void at(Node node, String sentence) {
        at(node.getStartMark(), sentence);
    }

    void at(Mark mark, String sentence) {
        found.add(new Problem(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1, sentence));
    }

    void inFile(String file, String sentence) {
        found.add(new Problem(file, 1, 1, sentence));
    }

    /** A file that could not be read whole: what it would have defined is missing, and complaining of that is noise. */
    void syntax(Problem problem) {
        found.add(problem);
        syntax = true;
    }

    boolean anySyntax() {
        return syntax;
    }

    List<Problem> sorted() {
        return found.stream().distinct().sorted().toList();
    }

    static String place(Node node) {
        Mark mark = node.getStartMark();
        return mark.getName() + ":" + (mark.getLine() + 1);
    }
}
