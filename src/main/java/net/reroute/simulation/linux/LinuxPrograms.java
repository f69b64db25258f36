package net.reroute.simulation.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The programs of a simulated machine. */
final class LinuxPrograms {

    private static final List<String> FOLDERS = List.of("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/");

    private final Map<String, LinuxCommand> commands = new ConcurrentHashMap<>();

    /** @param typed receives every command that changed a routing table */
    LinuxPrograms(LinuxNetwork network, Consumer<String> typed) {
        commands.put("ip", new IpCommand(network, typed));
        commands.putAll(LinuxBuiltins.all());
        commands.putAll(LaunchCommands.all());
        commands.putAll(TextTools.all());
        commands.putAll(SystemTools.all());
        commands.put("ping", new LinuxPing());
        commands.put("test", new TestCommand());
        commands.put("[", new TestCommand());
    }

    /** Adds a program that only some machines have. */
    LinuxPrograms with(String name, LinuxCommand command) {
        commands.put(name, command);
        return this;
    }

    /** Finds a program by its name or its full path. */
    Optional<LinuxCommand> find(String name) {
        String plain = name;
        for (String folder : FOLDERS) {
            plain = name.startsWith(folder) ? name.substring(folder.length()) : plain;
        }
        return Optional.ofNullable(commands.get(plain));
    }
}
