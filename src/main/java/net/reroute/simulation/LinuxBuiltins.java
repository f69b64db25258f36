package net.reroute.simulation;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a shell does itself, and the programs that start another one. */
final class LinuxBuiltins {

    private static final Set<String> BUILT_IN = Set.of("echo", "printf", "true", "false", ":", "exit", "export", "set",
            "unset", "cd", "pwd", "test", "[", "command", "exec", "eval", "read", "logout", "type");

    private LinuxBuiltins() {}

    static Map<String, LinuxCommand> all() {
        Map<String, LinuxCommand> all = new HashMap<>();
        all.put("exit", LinuxBuiltins::exit);
        all.put("logout", LinuxBuiltins::exit);
        all.put("exec", LinuxBuiltins::exec);
        all.put("eval", call -> call.shell().runAll(ShellLexer.lines(String.join(" ", call.args())), call.io()));
        all.put("sh", LinuxBuiltins::sh);
        all.put("bash", LinuxBuiltins::sh);
        all.put("dash", LinuxBuiltins::sh);
        all.put("sudo", LinuxBuiltins::sudo);
        all.put("env", LinuxBuiltins::env);
        all.put("command", LinuxBuiltins::command);
        all.put("type", call -> command(call.with("type", call.args())));
        all.put("which", LinuxBuiltins::which);
        all.put("export", LinuxBuiltins::export);
        all.put("set", LinuxBuiltins::set);
        all.put("unset", LinuxBuiltins::unset);
        all.put("cd", LinuxBuiltins::cd);
        all.put("pwd", LinuxBuiltins::pwd);
        all.put("read", LinuxBuiltins::read);
        return all;
    }

    private static int exit(LinuxCall call) throws IOException {
        int status = call.shell().status();
        if (!call.args().isEmpty()) {
            if (!call.args().getFirst().matches("\\d{1,9}")) {
                call.shell().complain(call.io(), 1, "exit: Illegal number: " + call.args().getFirst());
                throw new LinuxShell.Exit(2);
            }
            status = Integer.parseInt(call.args().getFirst()) & 255;
        }
        if (call.shell().name().startsWith("-")) {
            call.out("logout\n");
        }
        throw new LinuxShell.Exit(status);
    }

    /** The other program takes the shell's place: with its end the shell ends. */
    private static int exec(LinuxCall call) throws IOException {
        if (call.args().isEmpty()) {
            return 0;
        }
        throw new LinuxShell.Exit(start(call, call.args()));
    }

    private static int start(LinuxCall call, List<String> words) throws IOException {
        Optional<LinuxCommand> found = ShellSimple.find(words.getFirst(), call.shell().host());
        if (found.isEmpty()) {
            call.shell().complain(call.io(), 1, call.name() + ": " + words.getFirst() + ": not found");
            return 127;
        }
        return found.get().run(call.with(words.getFirst(), words.subList(1, words.size())));
    }

    /** A new shell: of -c, or of the standard input, line by line. */
    private static int sh(LinuxCall call) throws IOException {
        List<String> args = call.args().stream().dropWhile(a -> a.startsWith("-") && !a.endsWith("c")).toList();
        boolean script = !args.isEmpty() && args.getFirst().startsWith("-");
        if (script && args.size() < 2 || !script && !args.isEmpty()) {
            return call.fail(2, script
                    ? "0: -c requires an argument"
                    : "0: cannot open " + args.getFirst()
                            + ": No such file");
        }
        LinuxShell shell = new LinuxShell(script && args.size() > 2 ? args.get(2) : call.name(), call.shell().host(),
                call.shell().variables(), script ? args.stream().skip(3).toList() : List.of());
        if (script) {
            return shell.runAll(ShellLexer.lines(args.get(1)), call.io().withIn(call.io().in()));
        }
        String prompt = call.io().interactive() ? call.shell().host().user().equals("root") ? "# " : "$ " : "";
        return shell.runAll(more -> prompt.isEmpty()
                ? ShellIo.line(call.io().in())
                : call.io().terminal().orElseThrow().line(more ? "> " : prompt), call.io());
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
        if (ShellSimple.find(words.getFirst(), call.shell().host()).isEmpty()) {
            return call.fail(1, words.getFirst() + ": command not found");
        }
        return start(call, words);
    }

    private static int env(LinuxCall call) throws IOException {
        Map<String, String> before = new LinkedHashMap<>(call.shell().variables());
        List<String> words = call.args();
        while (!words.isEmpty() && words.getFirst().matches("(?s)\\w+=.*")) {
            assign(call, words.getFirst());
            words = words.subList(1, words.size());
        }
        if (words.isEmpty()) {
            return print(call);
        }
        int status = start(call, words);
        call.shell().variables().clear();
        call.shell().variables().putAll(before);
        return status;
    }

    private static int print(LinuxCall call) throws IOException {
        for (Map.Entry<String, String> variable : call.shell().variables().entrySet()) {
            call.out(variable.getKey() + "=" + variable.getValue() + "\n");
        }
        return 0;
    }

    private static void assign(LinuxCall call, String text) {
        int equals = text.indexOf('=');
        call.shell().variables().put(text.substring(0, equals), text.substring(equals + 1));
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
            call.out(verbose
                    ? name + path.map(p -> " is " + (p.equals(name) ? "a shell builtin" : p))
                            .orElse(": not found") + "\n"
                    : path.map(p -> p + "\n").orElse(""));
        }
        return status;
    }

    private static Optional<String> path(LinuxCall call, String name) {
        return ShellSimple.find(name, call.shell().host()).map(c -> BUILT_IN.contains(name) || name.startsWith("/")
                ? name
                : (Set.of("ip", "sysctl").contains(name) ? "/usr/sbin/" : "/usr/bin/") + name);
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

    private static int export(LinuxCall call) throws IOException {
        if (call.args().isEmpty() || call.args().equals(List.of("-p"))) {
            return print(call);
        }
        call.args().stream().filter(a -> a.indexOf('=') > 0).forEach(a -> assign(call, a));
        return 0;
    }

    private static int set(LinuxCall call) throws IOException {
        return call.args().isEmpty() ? print(call) : 0;
    }

    private static int unset(LinuxCall call) {
        call.args().forEach(call.shell().variables()::remove);
        return 0;
    }

    private static int cd(LinuxCall call) throws IOException {
        String home = call.shell().host().home();
        String to = call.args().isEmpty() ? home : call.args().getFirst();
        if (!List.of(home, "/", "/root", "/tmp", "/etc", "/proc", "/var", "/home", "~", ".").contains(to)) {
            call.shell().complain(call.io(), 1, "cd: can't cd to " + to);
            return 2;
        }
        call.shell().variables().put("PWD", to.equals("~") ? home : to.equals(".") ? where(call) : to);
        return 0;
    }

    private static String where(LinuxCall call) {
        return call.shell().variables().getOrDefault("PWD", call.shell().host().home());
    }

    private static int pwd(LinuxCall call) throws IOException {
        call.out(where(call) + "\n");
        return 0;
    }

    private static int read(LinuxCall call) throws IOException {
        Optional<String> line = ShellIo.line(call.io().in());
        List<String> names = call.args().stream().filter(a -> !a.startsWith("-")).toList();
        String[] words = line.orElse("").strip().split("\\s+", Math.max(1, names.size()));
        for (int i = 0; i < names.size(); i++) {
            call.shell().variables().put(names.get(i), i < words.length ? words[i] : "");
        }
        return line.isPresent() ? 0 : 1;
    }
}
