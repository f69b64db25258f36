package net.reroute.api;

import java.util.List;
import java.util.Map;
import net.reroute.core.Actor;

/**
 * A command line on its way to the daemon.
 *
 * @param args as typed
 * @param folder the caller's working directory
 * @param width of the caller's terminal, in columns
 * @param colour true if the caller wants colours
 * @param playbook that runs the command; empty if none does. A caller gains nothing by leaving it out
 */
public record Request(List<String> args, String folder, int width, boolean colour, String playbook) {

    /** The environment variable that names the playbook to its commands. */
    public static final String PLAYBOOK = "REROUTE_PLAYBOOK";

    /**
     * The actor of this request.
     *
     * @param login the caller, as the kernel reports it
     */
    public Actor actor(String login) {
        return actor(login, playbook);
    }

    /**
     * The actor of a command that runs in this process.
     *
     * @param login the user
     */
    public static Actor actor(String login, Map<String, String> environment) {
        return actor(login, environment.getOrDefault(PLAYBOOK, ""));
    }

    private static Actor actor(String login, String playbook) {
        return playbook.isEmpty() ? new Actor.Human(login, "") : new Actor.Playbook(playbook);
    }
}
