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
 * The other controller of the same network. One acts at a time: a controller asks the other before it starts to act,
 * and one that acts by its inventory gives way to one that an admin has told to act.
 */
final class PeerController {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A dead peer is the usual case; it must not keep this controller from acting. */
    private static final Duration LOGIN = Duration.ofSeconds(4);
    /** The peer's machine is up: without a daemon its command checks for some 2 s itself, after the start of a JVM. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /**
     * The peer's answer about itself.
     *
     * @param acts it carries out its decisions
     * @param told an admin told it to act, not its inventory
     */
    private record Said(boolean acts, boolean told) {}

    /** After so many looks without an answer, an observing controller reports that possibly neither acts. */
    private static final int SILENT = 3;

    private final Peer peer;
    private final Sessions sessions;
    private final Consumer<Event> alarm;
    private boolean alarmed;
    private int silent;

    /** @param alarm receives events, also while this controller only observes */
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
        Shell.Output answer = sessions.open(peer.login(), LOGIN).run(line, ANSWER);
        if (!answer.out().strip().startsWith("{")) {
            throw new IOException(answer.complaint());
        }
        JsonNode said = JSON.readTree(answer.out());
        // Without a daemon the peer does not act, whatever its mode is.
        return new Said(said.path("acts").asBoolean() && said.path("daemon").asBoolean(),
                said.path("lead").asBoolean());
    }

    /**
     * Asks the peer why this controller must not start to act; empty if it may.
     *
     * @param force start even if the peer cannot be asked
     */
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

    /** Asks the peer whether it acts too. If both act, gives way (and returns true) or reports it. */
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
            LOG.debug("the other controller cannot be asked", e); // it may be dead; this controller stands in for it
        } catch (RequestRefusedException e) {
            LOG.error("this controller should be paused: {}", e.getMessage());
        }
        return false;
    }

    /** Reports that the peer is silent: while this controller observes, possibly neither acts. */
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
