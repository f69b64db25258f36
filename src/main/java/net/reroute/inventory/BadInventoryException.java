package net.reroute.inventory;

import java.util.List;
import java.util.stream.Collectors;

/** The inventory has mistakes; no part of it is used. */
public final class BadInventoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    BadInventoryException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems;
    }

    /** All mistakes, by file and line. */
    public List<Problem> problems() {
        return problems;
    }
}
