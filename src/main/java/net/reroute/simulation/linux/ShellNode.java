package net.reroute.simulation.linux;

import java.util.List;
import java.util.Optional;

/** What a shell's parser makes of a script. */
sealed interface ShellNode {

    /**
     * @param fd 0, 1 or 2
     * @param sign as typed; {@code <<} comes with its text as target
     * @param target file name, number or text
     */
    record Redirect(int fd, String sign, ShellWord target) {}

    /** NAME=value in front of a command. */
    record Assignment(String name, ShellWord value) {}

    /** @param line on which it stands */
    record Simple(List<Assignment> assignments, List<ShellWord> words, List<Redirect> redirects,
            int line) implements ShellNode {}

    /** @param not its status is turned round */
    record Pipe(List<ShellNode> parts, boolean not) implements ShellNode {}

    /** @param and the second runs if the first succeeded; else if it failed */
    record Either(ShellNode first, boolean and, ShellNode second) implements ShellNode {}

    record Block(List<ShellNode> nodes) implements ShellNode {}

    /** @param sub in a shell of its own */
    record Group(ShellNode body, boolean sub, List<Redirect> redirects) implements ShellNode {}

    record If(ShellNode condition, ShellNode then, Optional<ShellNode> otherwise) implements ShellNode {}

    record While(ShellNode condition, boolean until, ShellNode body) implements ShellNode {}

    record For(String name, List<ShellWord> words, ShellNode body) implements ShellNode {}
}
