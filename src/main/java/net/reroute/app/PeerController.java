package net.reroute.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.control.Controller;
import net.reroute.control.OperatorCommands;
import net.reroute.core.Attribution;
import net.reroute.core.Event;
import net.reroute.core.Inventory.Peer;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Text;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.Shell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other controller of the same network. One acts at a time: who is to begin asks first, and who acts because its
 * inventory says so gives way to one that somebody has told to.
 */
final class PeerController {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A dead one is the ordinary case; it must not keep this one from beginning. */
    private static final Duration LOGIN = Duration.ofSeconds(4);
    /** Its machine lives, and without a daemon its command looks for some 2 s itself, behind the start of a JVM. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /**
     * What it says of itself.
     *
     * @param acts it types what it decides
     * @param told by somebody, and not by its inventory
     */
    private record Said(boolean acts, boolean told) {}

    /** So many looks without an answer: then who observes tells that nobody may be acting. */
    private static final int SILENT = 3;

    private final Peer peer;
    private final Sessions sessions;
    private final Consumer<Event> alarm;
    private boolean alarmed;
    private int silent;

    /** @param alarm told also while this one only observes */
    PeerController(Peer peer, Sessions sessions, Consumer<Event> alarm) {
        this.peer = peer;
        this.sessions = sessions;
        this.alarm = alarm;
    }

    boolean is(Peer other) {
        return peer.equals(other);
    }

    private Said ask() throws IOException {
        String line = Stream.concat(peer.command().stream(), Stream.of("status", "--json")).map(Shell::quote)
                .collect(Collectors.joining(" "));
        Shell.Result answer = sessions.open(peer.login(), LOGIN).run(line, ANSWER);
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

    /** Gives way, or raises the alarm, if both act. Returns true if it has given way now. */
    boolean look(Controller controller) {
        if (!controller.acts()) {
            watch();
            return false;
        }
        if (controller.intents().pause().isPresent()) {
            alarmed = false;
            return false;
        }
        try {
            Said said = ask();
            boolean own = controller.intents().lead().isEmpty();
            if (said.acts() && said.told() && own) {
                new OperatorCommands(controller).pause(
                        Attribution.program(peer.login().host() + " was told to act", Instant.now()));
                tell("paused: the other controller, " + peer.login().host() + ", was told to act");
                return true;
            } else if (said.acts() && !alarmed) {
                alarmed = true;
                tell("two controllers act: this one and " + peer.login().host()
                        + "; say 'reroute pause' at one of them");
            } else if (!said.acts()) {
                alarmed = false;
            }
        } catch (IOException e) {
            LOG.debug("the other controller cannot be asked", e); // it may be dead, which is what this one is for
        } catch (RequestRefusedException e) {
            LOG.error("this controller should be paused: {}", e.getMessage());
        }
        return false;
    }

    /** Who observes is the one to notice that nobody acts. */
    private void watch() {
        String host = peer.login().host();
        try {
            boolean acts = ask().acts();
            if (silent >= SILENT) {
                tell("the other controller, " + host + ", answers again" + (acts ? "" : ", and does not act"));
            }
            silent = 0;
        } catch (IOException e) {
            if (++silent == SILENT) {
                tell("the other controller, " + host + ", has not answered " + SILENT + " times (" + e.getMessage()
                        + "); if it is dead, nobody acts: say 'reroute resume --force' here");
            }
        }
    }

    private void tell(String text) {
        LOG.warn(text);
        alarm.accept(new Event(Event.Kind.TROUBLE, Instant.now(), Map.of("text", Text.one(text))));
    }
}
