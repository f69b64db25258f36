package net.reroute.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import net.reroute.core.Endpoint;
import net.reroute.core.Inventory;

/**
 * How others reach what a rehearsal has built.
 *
 * @param real the inventory that is rehearsed
 * @param folder with the known_hosts file
 * @param ground the simulated machines
 * @param page where the page is served, if the inventory says so
 */
record Doors(Inventory real, Path folder, PracticeNetwork ground, Endpoint page) {

    /** Prints them for people. */
    void tell(Narrator narrator, String command) {
        String service = real.services().keySet().iterator().next();
        narrator.raw("");
        if (real.settings().web().isPresent()) {
            narrator.raw("The page: http://" + page + "/");
        }
        narrator.raw("From another terminal, all commands, for instance:");
        narrator.raw("    " + command + " status");
        narrator.raw("    " + command + " " + service + " to " + real.services().get(service).servers().getLast());
        ground.logins().forEach(login -> tell(narrator, login));
        narrator.raw("Here: kill SERVER, recover SERVER, drop ROUTER; Ctrl-C ends it.");
    }

    private void tell(Narrator narrator, PracticeLogin login) {
        narrator.raw("Log in to " + login.name() + ":");
        narrator.raw("    ssh -p " + login.port() + " -o UserKnownHostsFile=" + PracticeLogin.hosts(folder) + " "
                + login.user() + "@127.0.0.1");
        narrator.raw("    password " + login.password()
                + (login.enable().isEmpty() ? "" : ", enable password " + login.enable()));
    }

    /** The same as one line of JSON, for programs; passwords included. */
    String json(Path home, Path state) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode top = json.createObjectNode();
        top.put("home", home.toString()).put("state", state.toString());
        top.put("known_hosts", PracticeLogin.hosts(folder).toString());
        if (real.settings().web().isPresent()) {
            top.put("page", "http://" + page + "/");
        }
        ObjectNode routers = top.putObject("routers");
        ground.routers().forEach((name, r) -> login(routers.putObject(name).put("dialect", r.spec().dialect()),
                r.login()).put("enable", r.login().enable()));
        if (!ground.lan().logins().isEmpty()) {
            ObjectNode servers = top.putObject("servers");
            ground.lan().logins().forEach(l -> login(servers.putObject(l.name()), l));
        }
        return json.writeValueAsString(top);
    }

    private static ObjectNode login(ObjectNode to, PracticeLogin login) {
        String[] key = login.hostKeyLine().split(" ");
        return to.put("address", "127.0.0.1").put("port", login.port()).put("user", login.user())
                .put("password", login.password()).put("host_key", key[1] + " " + key[2]);
    }
}
