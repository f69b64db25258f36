package net.reroute.playbook;

import java.nio.file.Path;
import java.util.Map;
import net.reroute.control.Controller;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.ssh.Sessions;

/** What plays work with. */
public interface PlaybookContext {

    /** The one of the inventory as it is now. */
    Controller controller();

    /** Nothing is reloaded until what is returned has been run. */
    Runnable hold();

    /** Sessions on servers, kept open. */
    Sessions sessions();

    /** What a command here finds in its environment, so that {@code reroute} speaks to this daemon. */
    Map<String, String> environment();

    /** Where reports of drills are kept. */
    Path drills();

    /** Tells people by a channel; returns at once. */
    void notify(String channel, String subject, String text);

    /** @throws IllegalArgumentException if the inventory has none */
    default Server server(String name) {
        Server server = controller().inventory().servers().get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server '" + name + "' in the inventory");
        }
        return server;
    }

    /** @throws IllegalArgumentException if the inventory has none */
    default Service service(String name) {
        return controller().inventory().service(name)
                .orElseThrow(() -> new IllegalArgumentException("no service '" + name + "' in the inventory"));
    }
}
