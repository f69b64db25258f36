package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Commands that start another command, or show which one would start. */
final class LaunchCommands {

    private static final Set<String> BUILT_IN = Set.of("echo", "printf", "true", "false", ":", "exit", "export", "set",
            "unset", "cd", "pwd", "test", "[", "command", "exec", "eval", "read", "logout", "type");

    private LaunchCommands() {}

    static Map<String, LinuxCommand> all() {
        Map<String, LinuxCommand> all = new HashMap<>();
        List.of("sh", "bash", "dash").forEach(name -> all.put(name, LaunchCommands::sh));
        all.put("exec", LaunchCommands::exec);
        all.put("sudo", LaunchCommands::sudo);
        all.put("env", LaunchCommands::env);
        all.put("timeout", LaunchCommands::timeout);
        all.put("command", LaunchCommands::command);
        all.put("type", LaunchCommands::command);
        all.put("which", LaunchCommands::which);
        return all;
    }

    /** Replaces the shell: when the other program ends, so does the shell. */
    private static int exec(LinuxCall call) throws IOException {
        if (call.args().isEmpty()) {
            return 0;
        }
        throw new ShellExit(start(call, call.args()));
    }

    private static int start(LinuxCall call, List<String> words) throws IOException {
        if (!call.starter().has(words.getFirst())) {
            call.shell().complain(call.io(), 1, call.name() + ": " + words.getFirst() + ": not found");
            return 127;
        }
        return call.starter().program(call.with(words.getFirst(), words.subList(1, words.size())));
    }

    /** A new shell, for the script of -c or for the standard input, line by line. */
    private static int sh(LinuxCall call) throws IOException {
        List<String> args = call.args().stream().dropWhile(a -> a.startsWith("-") && !a.endsWith("c")).toList();
        boolean script = !args.isEmpty() && args.getFirst().startsWith("-");
        if (script && args.size() < 2 || !script && !args.isEmpty()) {
            return call.fail(2, script
                    ? "0: -c requires an argument"
                    : "0: cannot open " + args.getFirst()
                            + ": No such file");
        }
        ShellState shell = new ShellState(script && args.size() > 2 ? args.get(2) : call.name(), call.shell().host(),
                call.shell().variables(), script ? args.stream().skip(3).toList() : List.of());
        return call.starter().script(shell, script ? ShellSource.of(args.get(1)) : typed(call), call.io());
    }

    /** The lines of the standard input. */
    private static ShellSource.Lines typed(LinuxCall call) {
        if (!call.io().interactive()) {
            return more -> ShellIo.line(call.io().in());
        }
        String prompt = call.shell().host().user().equals("root") ? "# " : "$ ";
        return more -> call.io().terminal().orElseThrow().line(more ? "> " : prompt);
    }

    private static int sudo(LinuxCall call) throws IOException {
        List<String> words = call.args().stream().dropWhile(a -> a.startsWith("-")).toList();
        boolean shell = call.args().stream().anyMatch(a -> a.equals("-s") || a.equals("-i"));
        if (words.isEmpty() && !shell) {
            call.err("usage: sudo -h | -K | -k | -V\n");
            return 1;
        }
        if (words.isEmpty()) {
            return start(call, List.of("sh"));
        }
        if (!call.starter().has(words.getFirst())) {
            return call.fail(1, words.getFirst() + ": command not found");
        }
        return start(call, words);
    }

    /** What runs here ends soon. */
    private static int timeout(LinuxCall call) throws IOException {
        if (call.args().size() < 2) {
            return call.fail(125, "missing operand");
        }
        return start(call, call.args().subList(1, call.args().size()));
    }

    private static int env(LinuxCall call) throws IOException {
        Map<String, String> before = new LinkedHashMap<>(call.shell().variables());
        List<String> words = call.args();
        while (!words.isEmpty() && words.getFirst().matches("(?s)\\w+=.*")) {
            LinuxBuiltins.assign(call, words.getFirst());
            words = words.subList(1, words.size());
        }
        if (words.isEmpty()) {
            return LinuxBuiltins.print(call);
        }
        int status = start(call, words);
        call.shell().restore(before);
        return status;
    }

    private static int command(LinuxCall call) throws IOException {
        boolean verbose = call.name().equals("type");
        if (!verbose && !call.args().isEmpty() && !call.args().getFirst().equals("-v")) {
            return start(call, call.args());
        }
        int status = 0;
        for (String name : verbose ? call.args() : call.args().stream().skip(1).toList()) {
            Optional<String> path = path(call, name);
            status = path.isPresent() ? status : 127;
            String told = path.map(p -> " is " + (p.equals(name) ? "a shell builtin" : p)).orElse(": not found");
            call.out(verbose ? name + told + "\n" : path.map(p -> p + "\n").orElse(""));
        }
        return status;
    }

    private static Optional<String> path(LinuxCall call, String name) {
        return call.starter().has(name) ? Optional.of(path(name)) : Optional.empty();
    }

    private static String path(String name) {
        if (BUILT_IN.contains(name) || name.startsWith("/")) {
            return name;
        }
        return (Set.of("ip", "sysctl").contains(name) ? "/usr/sbin/" : "/usr/bin/") + name;
    }

    private static int which(LinuxCall call) throws IOException {
        int status = 0;
        for (String name : call.args()) {
            Optional<String> path = path(call, name)
                    .map(p -> p.equals(name) && !p.startsWith("/") ? "/usr/bin/" + p : p);
            status = path.isPresent() ? status : 1;
            call.out(path.map(p -> p + "\n").orElse(""));
        }
        return status;
    }
}
