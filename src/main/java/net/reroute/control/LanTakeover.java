package net.reroute.control;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;

/** Takeovers of addresses on the servers' LAN, where the inventory has any. */
final class LanTakeover implements AutoCloseable {

    /** What is there as long as one inventory is in force. */
    private record Open(ArpController arp, Fallback fallback) {}

    private final Parts parts;
    private final ControllerState state;
    private final DecisionCycle host;
    private volatile Optional<Open> open = Optional.empty();

    LanTakeover(Parts parts, ControllerState state, DecisionCycle host) {
        this.parts = parts;
        this.state = state;
        this.host = host;
    }

    /** Looks after what the inventory in force says; returns the controller of addresses, if there is something for it. */
    Optional<ArpController> open() {
        open = ArpController.isNeeded(parts.inventory())
                ? Optional.of(begin(new ArpController(parts, state, cause -> host.cycle(cause, RefreshScope.ALL))))
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

    /** @param closing gets what closes the one before, to be run when nothing uses it any more */
    Optional<ArpController> reopen(Consumer<Runnable> closing) {
        Optional<ArpController> old = controller();
        closing.accept(() -> old.ifPresent(ArpController::close));
        return open();
    }

    Optional<ArpController> controller() {
        return open.map(Open::arp);
    }

    /** A router that is known to be lost is not asked first while traffic waits; when it is back, everything is looked at. */
    boolean isLost(RouterWorker worker, Decision decision) {
        return open.isPresent() && decision.kind() == Kind.FAILOVER && decision.service().fallsBack()
                && worker.status().state() == RouterStatus.State.UNREACHABLE;
    }

    /** Results of routers that take no commands, where a next hop could be taken over instead. */
    List<Result> concerning(List<Result> results) {
        return open.isEmpty() ? List.of() : results.stream().filter(Fallback::concerns).toList();
    }

    /**
     * Takes next hops over for routers that take no commands; asks servers, and so takes its time.
     *
     * @param show tell the lines, type nothing
     */
    List<Result> act(List<Result> silent, boolean show) {
        return open.map(o -> o.fallback().act(silent, show)).orElse(silent);
    }

    /** After routers answered: gives back what is no longer needed, and keeps the rest announced. */
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
