package net.reroute.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.control.ByHand;
import net.reroute.control.Controller;
import net.reroute.control.Refusal;
import net.reroute.core.By;
import net.reroute.core.Event;
import net.reroute.core.Inventory.Peer;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.Shell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other controller of the same network. One acts at a time: who is to begin asks first, and who acts because its
 * inventory says so gives way to one that somebody has told to.
 */
final class OtherController {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What it says of itself.
     *
     * @param acts it types what it decides
     * @param told by somebody, and not by its inventory
     */
    private record Said(boolean acts, boolean told) {}

    private final Peer peer;
    private final Sessions sessions;
    private boolean alarmed;

    OtherController(Peer peer, Sessions sessions) {
        this.peer = peer;
        this.sessions = sessions;
    }

    private Said ask() throws IOException {
        String line = Stream.concat(peer.command().stream(), Stream.of("status", "--json")).map(Shell::quote)
                .collect(Collectors.joining(" "));
        Shell.Answer answer = sessions.open(peer.login(), PATIENCE).run(line, PATIENCE);
        if (!answer.out().strip().startsWith("{")) {
            throw new IOException(answer.complaint());
        }
        JsonNode said = JSON.readTree(answer.out());
        // Without a daemon nobody is there to act.
        return new Said(said.path("acts").asBoolean() && said.path("daemon").asBoolean(),
                said.path("lead").asBoolean());
    }

    /** Why this one must not begin to act; empty if it may. */
    Optional<String> objection(boolean force) {
        try {
            return ask().acts()
                    ? Optional.of("the other controller, " + peer.login().host()
                            + ", acts; say 'reroute pause' there first")
                    : Optional.empty();
        } catch (IOException e) {
            return force
                    ? Optional.empty()
                    : Optional.of("the other controller, " + peer.login().host() + ", cannot be asked whether it acts ("
                            + e.getMessage() + "); if you know that it does not, say --force");
        }
    }

    /** Gives way, or raises the alarm, if both act. */
    void look(Controller controller) {
        if (!controller.acts() || controller.wishes().pause().isPresent()) {
            alarmed = false;
            return;
        }
        try {
            Said said = ask();
            boolean own = controller.wishes().lead().isEmpty();
            if (said.acts() && said.told() && own) {
                new ByHand(controller).pause(new ByHand.Ask(
                        new By("reroute", peer.login().host() + " was told to act", Instant.now()), Optional.empty(),
                        false, false));
                tell(controller, "paused: the other controller, " + peer.login().host() + ", was told to act");
            } else if (said.acts() && !alarmed) {
                alarmed = true;
                tell(controller, "two controllers act: this one and " + peer.login().host()
                        + "; say 'reroute pause' at one of them");
            }
        } catch (IOException e) {
            LOG.debug("the other controller cannot be asked", e); // it may be dead, which is what this one is for
        } catch (Refusal e) {
            LOG.error("this controller should be paused: {}", e.getMessage());
        }
    }

    private static void tell(Controller controller, String text) {
        LOG.warn(text);
        controller.recorder().tell(Event.Kind.TROUBLE, Map.of("text", text));
    }
}
