package net.reroute.simulation.linux;

import java.util.List;
import java.util.Optional;

/** The syntax tree of a script. */
sealed interface ShellNode {

    /**
     * @param fd 0, 1 or 2
     * @param sign as typed; {@code <<} has its text as the target
     * @param target file name, number or text
     */
    record Redirect(int fd, String sign, ShellWord target) {}

    /** NAME=value before a command. */
    record Assignment(String name, ShellWord value) {}

    /** @param line number of its first line */
    record Simple(List<Assignment> assignments, List<ShellWord> words, List<Redirect> redirects,
            int line) implements ShellNode {}

    /** @param not true to invert the status */
    record Pipe(List<ShellNode> parts, boolean not) implements ShellNode {}

    /** @param and true: the second runs if the first succeeded; false: if it failed */
    record Either(ShellNode first, boolean and, ShellNode second) implements ShellNode {}

    record Block(List<ShellNode> nodes) implements ShellNode {}

    /** @param sub true: in a subshell */
    record Group(ShellNode body, boolean sub, List<Redirect> redirects) implements ShellNode {}

    record If(ShellNode condition, ShellNode then, Optional<ShellNode> otherwise) implements ShellNode {}

    record While(ShellNode condition, boolean until, ShellNode body) implements ShellNode {}

    record For(String name, List<ShellWord> words, ShellNode body) implements ShellNode {}
}
