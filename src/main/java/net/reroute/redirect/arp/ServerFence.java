package net.reroute.redirect.arp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.Durations;
import net.reroute.core.Server;
import net.reroute.core.Takeover.Means;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Takes service addresses off a server for a playbook, on every interface including the loopback. */
public final class ServerFence {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final Shell shell;
    private final LanScript script;
    private final Duration within;

    /** @param shell an open shell on the server, with the fence that changes have to pass */
    public ServerFence(Server server, Shell shell, Duration within) {
        this.server = server;
        this.shell = shell;
        this.script = new LanScript(server.login().orElseThrow());
        this.within = within;
    }

    /**
     * Fences the server.
     *
     * @param addresses of services that the server must not answer for
     * @param said receives each typed line as soon as it is done, with the line that reverts it
     * @throws SshException if a part failed; earlier parts stay done
     */
    public void act(List<Address> addresses, Means means, Duration restoreAfter, List<String> said)
            throws SshException {
        Shell.Output shown = good(shell.run(script.show(), within));
        try {
            for (JsonNode node : JSON.readTree(shown.out())) {
                if (!List.of("ether", "loopback").contains(node.path("link_type").asText())) {
                    continue;
                }
                Interface on = Interface.of(node);
                if (!on.isNamedSafely()) {
                    continue;
                }
                aliases(on, addresses, said);
                if (means == Means.INTERFACE && on.entry(server.nextHop()).isPresent()) {
                    Interface.AssignedAddress none = new Interface.AssignedAddress(addresses.getFirst(),
                            addresses.getFirst().width(),
                            false,
                            List.of());
                    change(script.downFor(on.name(), none, restoreAfter.toSeconds()));
                    said.add(on.name() + " down, and up again after " + Durations.text(restoreAfter));
                }
            }
        } catch (SshException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new SshException(SshException.Failure.REFUSED,
                    server.name() + " shows its interfaces in a way that reroute does not understand: "
                            + e.getMessage(),
                    e);
        }
        if (said.isEmpty()) {
            said.add(server.name() + " holds none of its service addresses");
        }
    }

    private void aliases(Interface on, List<Address> addresses, List<String> said) throws SshException {
        for (Address address : addresses) {
            for (Interface.AssignedAddress entry : on.entriesOf(address)) {
                boolean own = address.equals(server.address()) || address.equals(server.nextHop());
                if (!own && on.goingWith(entry).isEmpty()) {
                    change(script.sudo(script.delete(entry, on.name())));
                    said.add("ip addr del " + entry.address() + "/" + entry.length() + " dev " + on.name()
                            + " (back with: ip addr add " + String.join(" ", entry.words()) + ")");
                } else {
                    throw new SshException(SshException.Failure.REFUSED, address + " was left on " + on.name() + " of "
                            + server.name() + ": " + (own ? "it is its own" : "other addresses would go with it"),
                            null);
                }
            }
        }
    }

    private void change(String line) throws SshException {
        good(shell.change(line, within));
    }

    private Shell.Output good(Shell.Output answer) throws SshException {
        if (!answer.ok()) {
            throw new SshException(SshException.Failure.REFUSED, server.name() + ": " + answer.complaint(), null);
        }
        return answer;
    }
}
