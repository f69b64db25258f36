package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one simple command. */
final class ShellSimple {

    private static final List<String> FOLDERS = List.of("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/");

    private final LinuxShell shell;
    private final ShellNode.Simple node;

    ShellSimple(LinuxShell shell, ShellNode.Simple node) {
        this.shell = shell;
        this.node = node;
    }

    int run(ShellIo io) throws IOException {
        ShellExpansion expansion = new ShellExpansion(shell, io);
        List<String> words = expansion.words(node.words());
        Map<String, String> before = new LinkedHashMap<>(shell.variables());
        for (ShellNode.Assignment assignment : node.assignments()) {
            shell.variables().put(assignment.name(), expansion.one(assignment.value()));
        }
        Optional<ShellIo> redirected = shell.redirect(node.redirects(), io, node.line());
        if (redirected.isEmpty()) {
            return 2;
        }
        if (words.isEmpty()) {
            return node.assignments().isEmpty() ? 0 : assigned();
        }
        Map<String, String> during = new LinkedHashMap<>(shell.variables());
        int status = command(new LinuxCall(shell, words.getFirst(), words.subList(1, words.size()), redirected.get()));
        if (!node.assignments().isEmpty() && during.equals(shell.variables())) {
            shell.variables().clear();
            shell.variables().putAll(before);
        }
        return status;
    }

    /** The status of an assignment is that of the last command substituted in it. */
    private int assigned() {
        boolean substituted = node.assignments().stream()
                .anyMatch(a -> a.value().parts().stream().anyMatch(p -> p.kind() == ShellWord.Kind.COMMAND));
        return substituted ? shell.status() : 0;
    }

    private int command(LinuxCall call) throws IOException {
        Optional<LinuxCommand> command = find(call.name(), shell.host());
        if (command.isPresent()) {
            return command.get().run(call);
        }
        if (shell.name().startsWith("-")) {
            call.err(shell.name() + ": " + call.name()
                    + (call.name().indexOf('/') < 0 ? ": command not found\n" : ": No such file or directory\n"));
        } else {
            shell.complain(call.io(), node.line(), call.name() + ": not found");
        }
        return 127;
    }

    /** By its name or by its full path. */
    static Optional<LinuxCommand> find(String name, LinuxHost host) {
        String plain = name;
        for (String folder : FOLDERS) {
            plain = name.startsWith(folder) ? name.substring(folder.length()) : plain;
        }
        return host.command(plain);
    }
}
