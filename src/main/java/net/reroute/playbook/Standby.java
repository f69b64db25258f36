package net.reroute.playbook;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Event;
import net.reroute.core.Inventory;
import net.reroute.core.Login;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.When;
import net.reroute.core.Server;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in beforehand to servers where a playbook runs a command while failures are counted or a move waits: a login
 * would take longer than all the rest.
 */
final class Standby {

    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Set<Event.Kind> IN_A_HURRY = Set.of(Event.Kind.SERVER_SUSPECT, Event.Kind.BEFORE_MOVE);

    private final PlaybookContext context;

    Standby(PlaybookContext context) {
        this.context = context;
    }

    /**
     * Opens missing sessions, and returns at once. If a server cannot be reached, the step that needs it reports that.
     */
    void logIn() {
        logins(context.controller().inventory()).forEach(login -> Thread.ofVirtual().name("standby").start(() -> {
            try {
                context.sessions().open(login, LOGIN);
            } catch (SshException e) {
                LOG.debug("{}: {}", login, e.getMessage());
            }
        }));
    }

    static Set<Login> logins(Inventory inventory) {
        return inventory.response().playbooks().values().stream().filter(Playbook::enabled)
                .flatMap(p -> p.when().orElse(null) instanceof When.On on && IN_A_HURRY.contains(on.kind())
                        ? places(p).flatMap(at -> servers(at, on, inventory))
                        : Stream.empty())
                .flatMap(server -> server.login().stream()).collect(Collectors.toSet());
    }

    private static Stream<String> places(Playbook playbook) {
        return playbook.steps().stream().map(step -> switch (step.action()) {
            case Action.Run run -> run.at();
            case Action.Veto veto -> veto.at();
            default -> "";
        });
    }

    private static Stream<Server> servers(String at, When.On on, Inventory inventory) {
        String name = at.equals("server") ? on.filter().getOrDefault("server", "") : at;
        return at.equals("server") && name.isEmpty()
                ? inventory.servers().values().stream()
                : Stream.of(name).map(inventory.servers()::get).filter(Objects::nonNull);
    }
}
