package net.reroute.playbook;

import java.nio.file.Path;
import java.util.Map;
import net.reroute.control.Controller;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Sessions;

/** What playbooks work with. */
public interface PlaybookContext {

    /** The controller; it has the inventory in force. */
    Controller controller();

    /** Waits for a reload in progress, then blocks reloads until the returned action runs. */
    Runnable hold();

    /** Sessions on servers, which stay open. */
    Sessions sessions();

    /** What each step has to pass that changes something. */
    Fence fence();

    /** The environment of commands on this machine, so that {@code reroute} in them reaches this daemon. */
    Map<String, String> environment();

    /** The folder with the reports of drills. */
    Path drills();

    /**
     * Sends a message by a channel. Returns at once.
     *
     * @throws IllegalArgumentException if there is no such channel, or no daemon
     */
    void notify(String channel, String subject, String text);

    /** @throws IllegalArgumentException if the inventory has no such server */
    default Server server(String name) {
        Server server = controller().inventory().servers().get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server '" + name + "' in the inventory");
        }
        return server;
    }

    /** @throws IllegalArgumentException if the inventory has no such service */
    default Service service(String name) {
        return controller().inventory().service(name)
                .orElseThrow(() -> new IllegalArgumentException("no service '" + name + "' in the inventory"));
    }
}
