package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs simple commands. */
final class SimpleCommand {

    private final ShellState state;
    private final LinuxPrograms programs;
    private final LinuxCall.Starter starter;

    SimpleCommand(ShellState state, LinuxPrograms programs, LinuxCall.Starter starter) {
        this.state = state;
        this.programs = programs;
        this.starter = starter;
    }

    /** @return exit status */
    int run(ShellNode.Simple node, ShellExpansion expansion, ShellIo io) throws IOException {
        List<String> words = expansion.words(node.words());
        Map<String, String> before = new LinkedHashMap<>(state.variables());
        for (ShellNode.Assignment assignment : node.assignments()) {
            state.variables().put(assignment.name(), expansion.one(assignment.value()));
        }
        Optional<ShellIo> redirected = new ShellRedirect(state, expansion).apply(node.redirects(), io, node.line());
        if (redirected.isEmpty()) {
            return 2;
        }
        if (words.isEmpty()) {
            return node.assignments().isEmpty() ? 0 : assigned(node);
        }
        Map<String, String> during = new LinkedHashMap<>(state.variables());
        int status = command(node.line(), new LinuxCall(state, words.getFirst(), words.subList(1, words.size()),
                redirected.get(), starter));
        if (!node.assignments().isEmpty() && during.equals(state.variables())) {
            state.restore(before);
        }
        return status;
    }

    /** The status of an assignment: that of the last command substituted in it, else 0. */
    private int assigned(ShellNode.Simple node) {
        boolean substituted = node.assignments().stream()
                .anyMatch(a -> a.value().parts().stream().anyMatch(p -> p.kind() == ShellWord.Syntax.COMMAND));
        return substituted ? state.status() : 0;
    }

    private int command(int line, LinuxCall call) throws IOException {
        Optional<LinuxCommand> command = programs.find(call.name());
        if (command.isPresent()) {
            return command.get().run(call);
        }
        if (state.ofLogin()) {
            call.err(state.name() + ": " + call.name()
                    + (call.name().indexOf('/') < 0 ? ": command not found\n" : ": No such file or directory\n"));
        } else {
            state.complain(call.io(), line, call.name() + ": not found");
        }
        return 127;
    }
}
