package net.reroute.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;

/** Takeovers of addresses on the servers' LAN, if the inventory has any. */
final class LanTakeover implements AutoCloseable {

    /** Exists as long as one inventory is in force. */
    private record Open(ArpController arp, Fallback fallback) {}

    private final Parts parts;
    private final ControllerState state;
    private final DecisionCycle controller;
    private volatile Optional<Open> open = Optional.empty();

    LanTakeover(Parts parts, ControllerState state, DecisionCycle controller) {
        this.parts = parts;
        this.state = state;
        this.controller = controller;
    }

    /** Starts takeovers as the inventory in force requires. Empty if it has none. */
    Optional<ArpController> open() {
        open = ArpController.isNeeded(parts.inventory())
                ? Optional
                        .of(begin(new ArpController(parts, state, cause -> controller.cycle(cause, RefreshScope.ALL))))
                : Optional.empty();
        return controller();
    }

    private Open begin(ArpController arp) {
        Fallback fallback = new Fallback(parts, state, arp);
        arp.keepAlso(fallback);
        arp.sayWhatIsMissing();
        arp.segment().lan().keepWarm();
        arp.keep();
        return new Open(arp, fallback);
    }

    /**
     * @param closing receives the action that closes the previous controller; run it once nothing uses that any more
     */
    Optional<ArpController> reopen(Consumer<Runnable> closing) {
        Optional<ArpController> old = controller();
        closing.accept(() -> old.ifPresent(ArpController::close));
        return open();
    }

    Optional<ArpController> controller() {
        return open.map(Open::arp);
    }

    /**
     * True if a failover need not ask this router first, since it is known to be lost. When it is back, a cycle reads
     * it.
     */
    boolean isLost(RouterWorker worker, Decision decision) {
        return open.isPresent() && decision.kind() == Kind.FAILOVER && decision.service().fallsBack()
                && worker.status().state() == RouterStatus.Reachability.UNREACHABLE;
    }

    /** The results of routers that take no commands, if a takeover could help. */
    List<Result> concerning(List<Result> results) {
        return open.isEmpty() ? List.of() : results.stream().filter(Fallback::concerns).toList();
    }

    /**
     * Takes over next hops for routers that take no commands. Blocks, since it asks servers.
     *
     * @param show true: only report the lines
     */
    List<Result> act(List<Result> silent, boolean show) {
        return open.map(o -> o.fallback().act(silent, show)).orElse(silent);
    }

    /** Called after routers answered: gives back next hops that are no longer needed, and guards the rest. */
    void answered() {
        open.ifPresent(o -> {
            if (!state.takeovers().isEmpty() && state.acts(parts.may()) && state.intents().pause().isEmpty()) {
                Thread.ofPlatform().daemon().name("fallback").start(o.fallback()::review);
            }
            o.arp().keep();
        });
    }

    @Override
    public void close() {
        controller().ifPresent(ArpController::close);
    }
}
