package net.reroute.playbook;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.reroute.command.CommandResult;
import net.reroute.command.LocalCommand;
import net.reroute.command.ServerCommand;
import net.reroute.core.Attribution;
import net.reroute.core.Login;
import net.reroute.core.Server;
import net.reroute.ssh.Fence;

/** Runs the commands of steps, on this machine and on servers; on one server only a few at once. */
final class StepCommands {

    private static final int SESSIONS = 8;

    private final PlaybookContext context;
    private final Map<Login, Semaphore> rooms = new ConcurrentHashMap<>();

    StepCommands(PlaybookContext context) {
        this.context = context;
    }

    /**
     * Runs a command, and returns within the time.
     *
     * @param fence that it has to pass on a server
     * @param at controller, server (the one that the playbook runs for), or a server's name
     */
    CommandResult run(Fence fence, String at, List<String> command, Placeholders facts, Attribution by,
            Duration within) {
        List<String> words = facts.words(command);
        Map<String, String> environment = new HashMap<>(facts.environment());
        if (at.equals("controller")) {
            environment.putAll(context.environment());
            environment.put("REROUTE_PLAYBOOK", by.actor().playbook()); // its intents are the playbook's own
            return LocalCommand.run(words, environment, "", within);
        }
        String name = at.equals("server") ? facts.word("{server}") : at;
        Server server = context.server(name);
        Optional<Login> login = server.login();
        return login.isEmpty()
                ? CommandResult.not(CommandResult.Ending.NOT_RUN,
                        name + " has no login in the inventory; write user and key there")
                : inTurn(fence, login.get(), words, environment, within);
    }

    /** sshd allows ten sessions per connection by default (MaxSessions, sshd_config(5)). */
    private CommandResult inTurn(Fence fence, Login login, List<String> words, Map<String, String> environment,
            Duration within) {
        Semaphore room = rooms.computeIfAbsent(login, l -> new Semaphore(SESSIONS, true));
        long began = System.nanoTime();
        boolean atOnce = room.tryAcquire();
        try {
            if (!atOnce && !room.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                return CommandResult.not(CommandResult.Ending.NOT_RUN,
                        SESSIONS + " other commands are still under way on " + login);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandResult.not(CommandResult.Ending.NOT_RUN, "reroute ends");
        }
        try {
            Duration left = atOnce ? within : within.minusNanos(System.nanoTime() - began);
            return ServerCommand.run(context.sessions(), fence, login, words, environment, left);
        } finally {
            room.release();
        }
    }
}
