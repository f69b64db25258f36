package net.reroute.playbook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.command.CommandResult;
import net.reroute.control.Ask;
import net.reroute.control.Controller;
import net.reroute.control.OperatorCommands;
import net.reroute.core.Attribution;
import net.reroute.core.CheckResult;
import net.reroute.core.Durations;
import net.reroute.core.Health;
import net.reroute.core.Inventory;
import net.reroute.core.Outcome;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.Step;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Target;
import net.reroute.core.Verdict;
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;

/** Executes the steps of playbooks. */
final class StepExecutor implements PlaybookRun.Performer {

    private static final Duration BETWEEN = Duration.ofMillis(50);

    /** Runs another playbook to its end. */
    interface Nested {
        PlaybookRun.Ended play(String playbook, Placeholders facts, Attribution by);
    }

    private final PlaybookContext context;
    private final Nested nested;
    private final StepCommands commands;
    private final Drill drills;

    StepExecutor(PlaybookContext context, Nested nested) {
        this.context = context;
        this.nested = nested;
        this.commands = new StepCommands(context);
        this.drills = new Drill(context);
    }

    private Controller controller() {
        return context.controller();
    }

    private Inventory inventory() {
        return controller().inventory();
    }

    @Override
    public StepResult act(Step step, Placeholders facts, Attribution by) {
        try {
            if (!(step.action() instanceof Action.Veto)) { // which changes nothing, and must not be passed over
                context.fence().confirm();
            }
        } catch (SshException e) {
            return StepResult.bad(e.getMessage());
        }
        return switch (step.action()) {
            case Action.Run(String at, List<String> command) ->
                ran(commands.run(context.fence(), at, command, facts, by, step.within()));
            case Action.Veto(String at, List<String> command) ->
                veto(commands.run(Fence.NONE, at, command, facts, by, step.within()));
            case Action.Recheck r -> recheck(facts, step.within());
            case Action.Pause(Duration time) -> pause(time);
            case Action.Await await -> await(await, facts.word(await.server()), step.within());
            case Action.Notify(String to, String text) -> {
                String told = facts.text(text);
                context.notify(facts.word(to), told.lines().findFirst().orElse(""), told);
                yield StepResult.good("handed to " + to);
            }
            case Action.Play(String playbook) -> {
                PlaybookRun.Ended ended = nested.play(playbook, facts, by);
                yield new StepResult(ended.kind(), playbook + " " + ended.text(), "");
            }
            case Action.Fence fence -> new ServerFencing(context).act(fence, facts, step.within(),
                    (at, command, known, within) -> commands.run(context.fence(), at, command, known, by, within));
            case Action.Drill drill -> drills.act(drill, facts, by);
            case Action.Move move -> byHand(by, facts, move);
            case Action.Release release -> byHand(by, facts, release);
            case Action.Drain drain -> byHand(by, facts, drain);
            case Action.Undrain undrain -> byHand(by, facts, undrain);
        };
    }

    // ---- commands ------------------------------------------------------------------------------------------------

    private static StepResult ran(CommandResult ran) {
        return new StepResult(ran.ok() ? StepResult.Status.GOOD : StepResult.Status.BAD, ran.sentence(), ran.output());
    }

    /** Only a command that ended with a failure objects; one that could not run does not. */
    private static StepResult veto(CommandResult ran) {
        StepResult.Status failed = ran.ending() == CommandResult.Ending.ENDED
                ? StepResult.Status.VETO
                : StepResult.Status.BAD;
        StepResult.Status kind = ran.ok() ? StepResult.Status.GOOD : failed;
        String why = ran.lastLine().isEmpty() ? "exit status " + ran.status() : ran.lastLine();
        return new StepResult(kind, kind == StepResult.Status.VETO ? "vetoed: " + why : ran.sentence(), ran.output());
    }

    // ---- looking and waiting -------------------------------------------------------------------------------------

    private StepResult recheck(Placeholders facts, Duration within) {
        String server = facts.word("{server}");
        long until = System.nanoTime() + within.toNanos();
        while (true) {
            List<Target> targets = targets(server, facts); // a reload may have changed them
            if (targets.isEmpty()) {
                return StepResult.bad("no check of " + server + " to ask");
            }
            List<String> bad = targets.stream().map(this::complaint).flatMap(Optional::stream).toList();
            if (bad.isEmpty()) {
                return new StepResult(StepResult.Status.OVER, server + " answers again", "");
            }
            Duration rest = targets.stream().anyMatch(this::isDown) ? fast(targets) : BETWEEN;
            if (System.nanoTime() + rest.toNanos() - until > 0 || !Sleeps.of(rest)) {
                return StepResult.bad(String.join("; ", bad));
            }
        }
    }

    private List<Target> targets(String server, Placeholders facts) {
        return controller().monitor().targets().stream().filter(t -> t.server().equals(server))
                .filter(t -> facts.get("check").isEmpty() || t.check().equals(facts.get("check")))
                .filter(t -> facts.get("service").isEmpty() || t.service().isEmpty()
                        || t.service().equals(facts.get("service")))
                .toList();
    }

    /** A server that is DOWN needs its full number of successes, at the usual pace, to be UP again. */
    private Optional<String> complaint(Target target) {
        CheckResult result = controller().monitor().tryAgain(target);
        if (!result.ok()) {
            return Optional.of(target.check() + ": " + result.said());
        }
        return isDown(target)
                ? Optional.of(target.check() + " answers again, but not for long enough")
                : Optional.empty();
    }

    private boolean isDown(Target target) {
        return controller().monitor().health(target).state() == Health.State.DOWN;
    }

    private Duration fast(List<Target> targets) {
        return targets.stream().map(t -> controller().monitor().spec(t).timers().fast()).max(Duration::compareTo)
                .orElse(BETWEEN);
    }

    private static StepResult pause(Duration time) {
        return Sleeps.of(time) ? StepResult.good("waited " + Durations.text(time)) : StepResult.bad("reroute ends");
    }

    private StepResult await(Action.Await await, String server, Duration within) {
        context.server(server);
        if (inventory().services().values().stream().noneMatch(s -> s.checkedMembers().contains(server))) {
            return StepResult.bad(server + " is in no service, so no check says whether it is " + await.state());
        }
        long began = System.nanoTime();
        long since = 0;
        while (System.nanoTime() - began < within.toNanos()) {
            long now = System.nanoTime();
            boolean so = isSo(server, await.state());
            if (!so) {
                since = 0;
            } else if (since == 0) {
                since = now;
            }
            if (so && now - since >= await.lasting().toNanos()) {
                return StepResult.good(server + " is " + await.state()
                        + (await.lasting().isZero() ? "" : " for " + Durations.text(await.lasting())));
            }
            if (!Sleeps.of(BETWEEN)) {
                return StepResult.bad("reroute ends");
            }
        }
        return StepResult.bad(server + " is not " + await.state() + " after " + Durations.text(within));
    }

    /** UP: for all services of the server. DOWN: for at least one. */
    private boolean isSo(String server, Health.State state) {
        List<Verdict> verdicts = inventory().services().values().stream()
                .filter(s -> s.checkedMembers().contains(server))
                .map(s -> controller().monitor().verdict(server, s.name())).toList();
        return state == Health.State.UP
                ? verdicts.stream().allMatch(Verdict::candidate)
                : verdicts.stream().anyMatch(v -> v.state() == Health.State.DOWN);
    }

    // ---- what an admin could do by hand --------------------------------------------------------------------------

    private StepResult byHand(Attribution by, Placeholders facts, Action action) {
        Runnable over = context.hold();
        try {
            OperatorCommands hand = new OperatorCommands(controller());
            return switch (action) {
                case Action.Move move ->
                    told(hand.move(context.service(facts.word(move.service())), facts.word(move.to()),
                            false, ask(by, move.lasting())));
                case Action.Release release -> told(hand.release(context.service(facts.word(release.service())),
                        ask(by, Optional.empty())));
                case Action.Drain drain -> told(hand.drain(context.server(facts.word(drain.server())).name(),
                        ask(by, drain.lasting())));
                case Action.Undrain undrain -> told(hand.undrain(context.server(facts.word(undrain.server())).name(),
                        ask(by, Optional.empty())));
                default -> throw new IllegalStateException(action + "");
            };
        } catch (RequestRefusedException e) {
            return StepResult.bad(e.getMessage());
        } finally {
            over.run();
        }
    }

    private Ask ask(Attribution by, Optional<Duration> lasting) {
        return new Ask(by, lasting.map(controller().clock().instant()::plus), false, false);
    }

    private static StepResult told(List<Outcome> outcomes) {
        Set<Integer> codes = outcomes.stream().map(Outcome::exitCode).collect(Collectors.toSet());
        String text = outcomes.isEmpty()
                ? "nothing had to be moved"
                : outcomes.stream().map(Outcome::sentence).collect(Collectors.joining("; "));
        return codes.stream().allMatch(c -> c == 0) ? StepResult.good(text) : StepResult.bad(text);
    }
}
