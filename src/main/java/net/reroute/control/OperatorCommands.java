package net.reroute.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Assignment;
import net.reroute.core.Attribution;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Intent;
import net.reroute.core.Intent.Id;
import net.reroute.core.MoveApproval;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Planner;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.core.Snapshot;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Verdict;

/**
 * Requests of admins. A request is recorded as an intent, then a cycle runs, and its outcome is the answer. Methods
 * that return outcomes block until objections are answered, then up to 30 s for the routers. They throw
 * {@link RequestRefusedException} if the request is not carried out; its message says why.
 */
public final class OperatorCommands {

    private final Controller controller;
    private final RequestedMoves requested;
    private final IntentWriter writer;
    private final CarriedServices carried;

    public OperatorCommands(Controller controller) {
        this.controller = controller;
        this.requested = new RequestedMoves(controller);
        this.writer = new IntentWriter(controller);
        this.carried = new CarriedServices(controller);
    }

    /**
     * Moves a service to a server and pins it there.
     *
     * @param stay true: stay there even if the server is DOWN
     */
    public List<Outcome> move(Service service, String server, boolean stay, Ask ask) throws RequestRefusedException {
        if (!service.servers().contains(server)) {
            throw new RequestRefusedException(server + " does not carry " + service.name() + "; its servers are "
                    + String.join(", ", service.servers()));
        }
        if (service.isList() && !stay && carried.isIn(service, server)) {
            return requested.again(service, server, controller.intents(), ask);
        }
        Verdict verdict = controller.snapshot(Cause.of("a request")).verdict(service, server);
        if (!ask.force() && !verdict.candidate()) {
            throw new RequestRefusedException(
                    server + " is " + (verdict.doubt() ? "in doubt" : verdict.state()) + " for "
                            + service.name() + " (" + verdict.why() + "); --force moves it there all the same");
        }
        Optional<Intent> maintenance = controller.intents().maintenance(server, controller.clock().instant());
        if (!ask.force() && maintenance.isPresent()) {
            throw new RequestRefusedException(
                    server + " is in maintenance " + maintenance.get().by() + "; 'reroute undrain " + server
                            + "' ends that, --force moves the service there all the same");
        }
        boolean unfit = !verdict.candidate() || maintenance.isPresent();
        Intent pin = Intent.pin(service.name(), server, ask.by(), ask.until(), stay || unfit);
        Optional<Intent> before = controller.intents().find(pin.id());
        List<Outcome> outcomes = carryOut(pin.id(), Optional.of(pin), Set.of(service.name()), ask);
        return ask.dryRun() ? outcomes : kept(pin, before, outcomes);
    }

    /** Withdraws a pin that no router carried out: a later move would be a surprise. */
    private List<Outcome> kept(Intent pin, Optional<Intent> before, List<Outcome> outcomes)
            throws RequestRefusedException {
        Outcome outcome = outcomes.stream().filter(o -> o.decision().service().name().equals(pin.key())).findFirst()
                .orElseThrow();
        boolean there = outcome.decision().to().contains(pin.server());
        boolean carried = outcome.routers().stream().anyMatch(OnRouter::good);
        if (there && carried) {
            return outcomes;
        }
        writer.record(pin.id(), before, Attribution.program("nothing fulfilled it", pin.by().at()), Optional.empty());
        return there
                ? outcomes
                : List.of(new Outcome(outcome.decision(), List.of(new OnRouter("all routers", Outcome.Kind.LEFT,
                        "not moved to " + pin.server() + ": " + outcome.decision().reason().text(), List.of())),
                        Map.of()));
    }

    /** Returns a service to automatic. */
    public List<Outcome> release(Service service, Ask ask) throws RequestRefusedException {
        Id id = new Id(Intent.Kind.PIN, service.name());
        Optional<Assignment> found = controller.assignment(service.name())
                .filter(p -> p.origin() == Assignment.Origin.FOUND);
        if (controller.intents().find(id).isPresent()) {
            return carryOut(id, Optional.empty(), Set.of(service.name()), ask);
        }
        if (!ask.dryRun()) {
            consult(controller.intents(), Set.of(service.name()), ask);
        }
        if (!ask.dryRun() && found.isPresent()) {
            Assignment released = found.get().released(ask.by());
            writer.released(service.name(), ask.by(), released);
        }
        return requested.carryOut(controller.intents(), Set.of(service.name()), ask);
    }

    /** Takes all services off a server and keeps them off. */
    public List<Outcome> drain(String server, Ask ask) throws RequestRefusedException {
        Intent intent = Intent.maintenance(server, ask.by(), ask.until());
        Set<String> there = carried.at(server);
        Snapshot then = controller.snapshot(RequestedMoves.cause(there, ask))
                .with(controller.intents().with(intent));
        List<Decision> stuck = carried.stuck(controller.decide(then), server);
        if (!stuck.isEmpty() && !ask.force()) {
            throw new RequestRefusedException("draining " + server + " would leave "
                    + stuck.stream().map(d -> d.service().name())
                            .collect(Collectors.joining(", "))
                    + " nowhere: " + stuck.getFirst().reason().text()
                    + "; --force drains it all the same");
        }
        return carryOut(intent.id(), Optional.of(intent), there, ask);
    }

    /** Lets services return to where they belong without waiting for the soak. */
    public List<Outcome> comeBack(Set<String> services, Ask ask) throws RequestRefusedException {
        consult(controller.intents(), services, ask);
        return requested.carryOut(controller.intents(), services, ask);
    }

    /** What would be typed if a server failed now. Changes nothing. */
    public List<Outcome> ifDown(String server) {
        return requested.show(Planner.ifDown(controller.snapshot(Cause.of("if " + server + " failed")), server),
                Set.of());
    }

    /** Ends a maintenance. Returns an empty list if there is none. */
    public List<Outcome> undrain(String server, Ask ask) throws RequestRefusedException {
        Id id = new Id(Intent.Kind.MAINTENANCE, server);
        if (controller.intents().find(id).isEmpty()) {
            return List.of();
        }
        return carryOut(id, Optional.empty(), Set.of(), ask);
    }

    /** Stops automatic moves. A controller that acts only because an admin told it to goes back to observing. */
    public void pause(Attribution by) throws RequestRefusedException {
        if (controller.intents().lead().isPresent()) {
            writer.record(new Id(Intent.Kind.LEAD, ""), Optional.empty(), by, Optional.empty());
            if (!controller.acts()) {
                return;
            }
        }
        Intent pause = Intent.pause(by);
        writer.record(pause.id(), Optional.of(pause), by, Optional.empty());
    }

    /** Ends a pause; an observing controller starts acting. Returns false if neither was necessary. */
    public boolean resume(Attribution by) throws RequestRefusedException {
        Id id = new Id(Intent.Kind.PAUSE, "");
        boolean paused = controller.intents().find(id).isPresent();
        boolean observes = !controller.acts();
        if (paused) {
            writer.record(id, Optional.empty(), by, Optional.empty());
        }
        if (observes) {
            Intent lead = Intent.lead(by);
            writer.record(lead.id(), Optional.of(lead), by, Optional.empty());
        }
        if (paused || observes) {
            controller.cycle(Cause.of("resumed " + by), RefreshScope.ALL);
        }
        return paused || observes;
    }

    /** Refuses if an intent cannot be taken back. */
    public void mayUndo(LastIntent last) throws RequestRefusedException {
        Id id = last.id();
        boolean two = controller.inventory().settings().peer().isPresent();
        if (id.kind() == Intent.Kind.PAUSE && two || id.kind() == Intent.Kind.LEAD) {
            throw new RequestRefusedException(
                    "the last wish was " + last.row().text() + "; say 'reroute pause' or 'reroute resume' yourself");
        }
        Optional<Intent> now = controller.intents().find(id);
        if (!now.equals(last.after())) {
            throw new RequestRefusedException("the last wish was " + last.row().text() + ", and is in force no more ("
                    + LastIntent.holds(id, now) + "); nothing was undone");
        }
    }

    /** Takes an intent back: the intent that it replaced is in force again. */
    public List<Outcome> undo(LastIntent last, Ask ask) throws RequestRefusedException {
        mayUndo(last);
        Id id = last.id();
        Set<String> asked = switch (id.kind()) {
            case PIN -> last.concerned(controller.inventory());
            // The end of a maintenance moves nothing by itself: services return by their own rules.
            case MAINTENANCE -> last.before().isPresent() ? carried.at(id.key()) : Set.of();
            case PAUSE, WINDOW, LEAD -> Set.of();
        };
        return carryOut(id, last.before(), asked, ask, Optional.of(last.row().id()));
    }

    // ---- carrying out -----------------------------------------------------------------------------------------------

    private List<Outcome> carryOut(Id id, Optional<Intent> after, Set<String> asked, Ask ask)
            throws RequestRefusedException {
        return carryOut(id, after, asked, ask, Optional.empty());
    }

    private List<Outcome> carryOut(Id id, Optional<Intent> after, Set<String> asked, Ask ask, Optional<Long> undoes)
            throws RequestRefusedException {
        ActiveIntents intents = after.map(w -> controller.intents().with(w))
                .orElseGet(() -> controller.intents().without(id));
        if (!ask.dryRun()) {
            consult(intents, asked, ask);
            writer.record(id, after, ask.by(), undoes);
        }
        return requested.carryOut(intents, asked, ask);
    }

    /** Asks for objections before the intent is recorded. */
    private void consult(ActiveIntents intents, Set<String> asked, Ask ask) throws RequestRefusedException {
        if (ask.force() || !controller.acts()) {
            return;
        }
        List<Decision> moves = controller.decide(controller.snapshot(RequestedMoves.cause(asked, ask)).with(intents))
                .stream()
                .filter(d -> d.isMove() && asked.contains(d.service().name())).toList();
        List<MoveApproval.Answer> answers = controller.approval().await(moves);
        for (int i = 0; i < moves.size(); i++) {
            if (answers.get(i).kind() != MoveApproval.Ruling.GO) {
                throw new RequestRefusedException(
                        moves.get(i).arrow() + ": " + answers.get(i).reason() + "; nothing was changed");
            }
        }
    }
}
