package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.simulation.LoginProgram;

/** A login shell: one command, a script on the standard input, or a dialogue on a terminal. */
final class LinuxLogin implements LoginProgram {

    private final LinuxHost host;
    private final LinuxPrograms programs;

    LinuxLogin(LinuxHost host, LinuxPrograms programs) {
        this.host = host;
        this.programs = programs;
    }

    @Override
    public int run(Streams streams, Optional<String> command) throws IOException {
        if (!streams.terminal()) {
            ShellIo io = new ShellIo(streams.in(), streams.out(), streams.err(), Optional.empty());
            return command.isPresent()
                    ? once(command.get(), io)
                    : run(shell("sh"), more -> ShellIo.line(io.in()), io);
        }
        LinuxTerminal terminal = new LinuxTerminal(streams.in(), streams.out());
        ShellIo io = new ShellIo(terminal.in(), terminal.out(), terminal.out(), Optional.of(terminal));
        return command.isPresent() ? once(command.get(), io) : talk(terminal, io);
    }

    private int run(ShellState shell, ShellSource.Lines lines, ShellIo io) throws IOException {
        return new LinuxShell(shell, programs).runAll(lines, io);
    }

    private int once(String script, ShellIo io) throws IOException {
        return run(shell("sh"), ShellSource.of(script), io);
    }

    private int talk(LinuxTerminal terminal, ShellIo io) throws IOException {
        ShellState shell = shell("-bash");
        io.print(SystemTools.banner(host));
        return run(shell, more -> {
            Optional<String> line = terminal.line(more ? "> " : prompt(shell));
            if (line.isEmpty()) {
                io.print("logout\n");
            }
            return line;
        }, io);
    }

    private String prompt(ShellState shell) {
        String where = shell.variables().getOrDefault("PWD", host.home());
        return host.user() + "@" + host.name() + ":" + (where.equals(host.home()) ? "~" : where)
                + (host.user().equals("root") ? "# " : "$ ");
    }

    private ShellState shell(String name) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", host.home());
        environment.put("LOGNAME", host.user());
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("PWD", host.home());
        environment.put("SHELL", "/bin/bash");
        environment.put("USER", host.user());
        return new ShellState(name, host, environment, List.of());
    }
}
