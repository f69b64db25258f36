package net.reroute.api;

import java.util.List;
import java.util.Map;
import net.reroute.core.Actor;

/**
 * A command line on its way to the daemon.
 *
 * @param args as typed
 * @param folder where the caller stands
 * @param width of his terminal, in columns
 * @param colour whether he wants any
 * @param playbook that runs the command; empty if none does. A caller may leave it out, and gains nothing by it
 */
public record Request(List<String> args, String folder, int width, boolean colour, String playbook) {

    /** What a playbook's commands find in their environment. */
    public static final String PLAYBOOK = "REROUTE_PLAYBOOK";

    /** @param login as the kernel knows the caller */
    public Actor actor(String login) {
        return actor(login, playbook);
    }

    /** Who runs a command in this process. */
    public static Actor actor(String login, Map<String, String> environment) {
        return actor(login, environment.getOrDefault(PLAYBOOK, ""));
    }

    private static Actor actor(String login, String playbook) {
        return playbook.isEmpty() ? new Actor.Human(login, "") : new Actor.Playbook(playbook);
    }
}
