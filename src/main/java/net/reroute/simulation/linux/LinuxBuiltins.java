package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in commands of a shell. */
final class LinuxBuiltins {

    private LinuxBuiltins() {}

    static Map<String, LinuxCommand> all() {
        Map<String, LinuxCommand> all = new HashMap<>();
        all.put("exit", LinuxBuiltins::exit);
        all.put("logout", LinuxBuiltins::exit);
        all.put("eval", call -> call.starter().script(call.shell(), ShellSource.of(String.join(" ", call.args())),
                call.io()));
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
                throw new ShellExit(2);
            }
            status = Integer.parseInt(call.args().getFirst()) & 255;
        }
        if (call.shell().ofLogin()) {
            call.out("logout\n");
        }
        throw new ShellExit(status);
    }

    static int print(LinuxCall call) throws IOException {
        for (Map.Entry<String, String> variable : call.shell().variables().entrySet()) {
            call.out(variable.getKey() + "=" + variable.getValue() + "\n");
        }
        return 0;
    }

    static void assign(LinuxCall call, String text) {
        int equals = text.indexOf('=');
        call.shell().variables().put(text.substring(0, equals), text.substring(equals + 1));
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
        call.shell().variables().put("PWD", switch (to) {
            case "~" -> home;
            case "." -> where(call);
            default -> to;
        });
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
