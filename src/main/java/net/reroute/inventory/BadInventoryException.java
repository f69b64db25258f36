package net.reroute.inventory;

import java.util.List;
import java.util.stream.Collectors;

/** The inventory has mistakes; no part of it is used. */
public final class BadInventoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final boolean unbegun;

    BadInventoryException(List<Problem> problems) {
        this(problems, false);
    }

    BadInventoryException(List<Problem> problems, boolean unbegun) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems;
        this.unbegun = unbegun;
    }

    /** True if nothing is wrong but that there are no routers, servers and services yet, as after an installation. */
    public boolean isUnbegun() {
        return unbegun;
    }

    /** All mistakes, by file and line. */
    public List<Problem> problems() {
        return problems;
    }
}
