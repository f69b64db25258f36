package net.reroute.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import net.reroute.control.Controller;
import net.reroute.control.RefreshScope;
import net.reroute.control.RouterStatus;
import net.reroute.core.ActiveIntents;
import net.reroute.core.CheckSpec;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Service;
import net.reroute.core.Snapshot.Cause;
import net.reroute.rehearsal.Script.Instruction;

/** Plays a script and waits, after each step, for the reaction of the controller. */
public final class Scenario {

    private static final long POLL_NANOS = 20_000_000;
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** What the scenario works with. */
    public interface Cast {

        /** The controller of the running daemon. */
        Controller controller();

        /** Runs a command as an admin would type it. Returns its exit code. */
        int command(List<String> words);

        /** Which of several controllers leads; empty if none does, or there is one alone. */
        Optional<String> leader();

        /** Ends one of several controllers, without a hand-over. Returns at once. */
        void kill(String controller);

        /** Starts a controller again that was killed. */
        void recover(String controller) throws IOException;

        /** True if this controller runs and has heard who leads. */
        boolean isBack(String controller);
    }

    private final Rehearsal rehearsal;
    private final Cast cast;

    public Scenario(Rehearsal rehearsal, Cast cast) {
        this.rehearsal = rehearsal;
        this.cast = cast;
    }

    /**
     * Waits up to 30 s until every router is reachable, every server UP, every service routed. Returns false if not.
     */
    public boolean begin() {
        new Elections(rehearsal, cast).begin();
        boolean ready = await(Duration.ofSeconds(30),
                () -> settled() && cast.controller().pool().routers().values().stream()
                        .allMatch(r -> r.state() == RouterStatus.Reachability.REACHABLE)
                        && inventory().services().values().stream()
                                .allMatch(s -> cast.controller().assignment(s.name()).isPresent()
                                        && s.checkedMembers().stream().allMatch(h -> verdict(h, s) == State.UP)));
        rehearsal.narrator().act(ready
                ? "every server is UP, every service is where it was found"
                : "not everything came up: " + missing());
        rehearsal.tellWhoAnswers();
        return ready;
    }

    private String missing() {
        List<String> missing = new ArrayList<>();
        cast.controller().pool().routers().forEach((name, status) -> {
            if (status.state() != RouterStatus.Reachability.REACHABLE) {
                missing.add(name + " " + status.why());
            }
        });
        inventory().services().values().forEach(s -> {
            s.checkedMembers().stream().filter(h -> verdict(h, s) != State.UP)
                    .forEach(h -> missing.add(h + " is not UP for "
                            + s.name()));
            if (cast.controller().assignment(s.name()).isEmpty()) {
                missing.add(s.name() + " has no route: " + cast.controller().pool().drift(s.name()));
            }
        });
        return String.join("; ", missing);
    }

    /** Plays all steps, also after one that failed. Returns true if each had the expected result. */
    public boolean play(Script script) throws IOException {
        boolean well = true;
        for (Instruction step : script.steps()) {
            well &= play(step);
        }
        return well;
    }

    /** Plays one step and waits for the reaction. Returns true if it is the expected one. */
    public boolean play(Instruction step) throws IOException {
        boolean well = switch (step) {
            case Instruction.Kill(String one) when isController(one) -> new Elections(rehearsal, cast).kill(one);
            case Instruction.Recover(String one) when isController(one) -> new Elections(rehearsal, cast).recover(one);
            case Instruction.Kill(String server) -> kill(server);
            case Instruction.Recover(String server) -> recover(server);
            case Instruction.Drop(String router) -> drop(router);
            case Instruction.Wait(Duration time) -> {
                rehearsal.narrator().act("wait " + Durations.text(time));
                LockSupport.parkNanos(time.toNanos());
                yield true;
            }
            case Instruction.Command(List<String> words) -> {
                rehearsal.narrator().act("reroute " + String.join(" ", words));
                yield cast.command(words) == 0;
            }
        };
        rehearsal.tellWhoAnswers();
        return well;
    }

    private boolean isController(String name) {
        return rehearsal.controllers().stream().anyMatch(m -> m.name().equals(name));
    }

    private boolean kill(String server) throws IOException {
        rehearsal.narrator().act(server + " is killed: its port closes, its connections break");
        rehearsal.ground().servers().get(server).kill();
        boolean noticed = await(detection(server), () -> rehearsal.servicesWith(server).stream()
                .allMatch(s -> verdict(server, s) == State.DOWN));
        // A verdict is known before the cycle that it causes is asked for; from here on nothing is idle before one ran.
        cast.controller().cycle(Cause.of("rehearsal"), RefreshScope.NONE);
        boolean left = noticed && await(SLACK, () -> settled() && rehearsal.servicesWith(server).stream()
                .noneMatch(s -> carries(server, s) && wantsToLeave(s)) && haveSwitchesFollowed(server));
        rehearsal.servicesWith(server).stream().filter(s -> carries(server, s)).forEach(s -> rehearsal.narrator()
                .tell("note", members().whyItStays(server, s, decision(s))));
        return left;
    }

    private boolean recover(String server) throws IOException {
        rehearsal.narrator().act(server + " is back");
        rehearsal.ground().servers().get(server).recover();
        boolean up = await(detection(server), () -> rehearsal.servicesWith(server).stream()
                .allMatch(s -> verdict(server, s) == State.UP));
        // A service that may return does so after its soak; one that must not has a reason, which 'explain' shows.
        boolean returned = up && await(SLACK.plusSeconds(5), () -> settled() && rehearsal.servicesWith(server).stream()
                .allMatch(s -> !members().isHome(server, s) || carries(server, s) || !s.rules().autoFailback()
                        || isWishedElsewhere(server, s))
                && isListedAgain(server) && haveSwitchesFollowed(server));
        rehearsal.servicesWith(server).stream().filter(s -> members().isHome(server, s) && !carries(server, s))
                .forEach(s -> rehearsal.narrator().tell("note", s.name() + " stays away from its home: "
                        + decision(s).reason().text()));
        return returned;
    }

    /** True if no switch is about to take the server's backends in or out. */
    private boolean haveSwitchesFollowed(String server) {
        return inventory().switches().values().stream()
                .filter(s -> !inventory().members(s, server).isEmpty()).noneMatch(this::wantsToLeave);
    }

    /** Names that list everything list the services that this server carries, unless somebody wishes otherwise. */
    private boolean isListedAgain(String server) {
        return inventory().names().values().stream()
                .filter(n -> n.rules().share() == n.servers().size() && n.rules().autoFailback())
                .filter(n -> !isWishedElsewhere(server, n))
                .allMatch(n -> rehearsal.servicesWith(server).stream().filter(s -> n.servers().contains(s.name()))
                        .filter(s -> carries(server, s)).allMatch(s -> carries(s.name(), n)));
    }

    private boolean isWishedElsewhere(String server, Service service) {
        Instant now = cast.controller().clock().instant();
        ActiveIntents intents = cast.controller().intents();
        return intents.pin(service.name(), now).isPresent() || intents.maintenance(server, now).isPresent()
                || intents.pause().isPresent() || !inventory().settings().act();
    }

    private boolean drop(String router) {
        rehearsal.narrator().act(router + " ends every session, as a reload does");
        rehearsal.ground().routers().get(router).router().dropAll();
        return true;
    }

    private Inventory inventory() {
        return cast.controller().inventory();
    }

    private Members members() {
        return new Members(cast.controller());
    }

    private State verdict(String server, Service service) {
        return members().state(server, service);
    }

    private boolean carries(String server, Service service) {
        return members().carries(server, service);
    }

    private boolean settled() {
        return cast.controller().isIdle();
    }

    private Decision decision(Service service) {
        Controller controller = cast.controller();
        return controller.decide(controller.snapshot(Cause.of("rehearsal"))).stream()
                .filter(d -> d.service().name().equals(service.name())).findFirst().orElseThrow();
    }

    private boolean wantsToLeave(Service service) {
        return decision(service).isMove() && inventory().settings().act();
    }

    /** The longest time that the checks of a server may take to notice that it is down or up, with some slack. */
    private Duration detection(String server) {
        return rehearsal.servicesWith(server).stream().flatMap(s -> s.checks().stream())
                .map(c -> inventory().checks().get(c).timers()).map(Scenario::slowest).max(Duration::compareTo)
                .orElse(Duration.ZERO).plus(SLACK);
    }

    private static Duration slowest(CheckSpec.Timers t) {
        return t.worstDetection().plus(t.recovery()).plus(t.timeout().multipliedBy(t.rise()));
    }

    /** Waits until something is so. Returns false if it is not in time. */
    static boolean await(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
