package net.reroute.playbook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;
import net.reroute.core.Decision;
import net.reroute.core.Event;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.MoveApproval;
import net.reroute.core.Playbook;
import net.reroute.core.ProgramRemarks.Phase;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.core.RequestRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts playbooks: at events, on schedule, by hand. A playbook never runs twice at once for the same subject. One that
 * starts again and again is held back: it is probably its own cause.
 */
public final class PlaybookRunner implements MoveApproval, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final PlaybookContext context;
    private final PlaybookVetoes vetoes;
    private final Standby standby;
    private final RunFactory runs;
    private final RunningPlaybooks running;
    private final AutomaticStarts starts;

    public PlaybookRunner(PlaybookContext context) {
        this.context = context;
        this.runs = new RunFactory(context);
        this.running = new RunningPlaybooks(context, new StepExecutor(context, this::nested));
        this.starts = new AutomaticStarts(context, runs, running);
        this.vetoes = new PlaybookVetoes(context, runs, running);
        this.standby = new Standby(context);
    }

    /** Starts the playbooks that are bound to an event. Returns at once. */
    public void happened(Event event) {
        starts.happened(event);
    }

    /** Starts a playbook whose scheduled time has come. Returns at once. */
    public void due(String playbook) {
        starts.due(playbook);
    }

    /**
     * Reports a start that was missed while no daemon ran. Returns at once.
     *
     * @param madeUpFor true if the playbook should start now instead
     */
    public void missed(Playbook playbook, Instant when, boolean madeUpFor) {
        starts.missed(playbook, when, madeUpFor);
    }

    /** Logs in to the servers where a command must not wait for a login. Returns at once. */
    public void standBy() {
        standby.logIn();
    }

    // ---- by hand -------------------------------------------------------------------------------------------------

    /**
     * Runs a playbook by hand, and waits for its end.
     *
     * @param facts values for placeholders, by name, as far as they are known
     * @param progress receives each line as it comes
     * @return true if it ended well
     * @throws RequestRefusedException if it is running already for the same subject
     */
    public boolean byHand(Playbook playbook, Map<String, String> facts, Attribution by, Consumer<String> progress)
            throws RequestRefusedException {
        return here(playbook, facts,
                new Attribution(by.actor() instanceof Actor.Human human
                        ? new Actor.Human(human.login(), playbook.name())
                        : by.actor(),
                        RunningPlaybooks.PLAYBOOK + playbook.name() + (by.why().isEmpty() ? "" : ", " + by.why()),
                        by.at()),
                progress).ended.join().kind() == StepResult.Status.GOOD;
    }

    /** Runs a playbook on this thread. */
    private PlaybookRun here(Playbook playbook, Map<String, String> facts, Attribution by, Consumer<String> progress)
            throws RequestRefusedException {
        PlaybookRun play = runs.of(playbook,
                new Placeholders(facts).with("event", "by hand").with("time", by.at().toString()),
                new PlaybookRun.Request(by, progress));
        if (!running.runHere(play)) {
            throw new RequestRefusedException(
                    play + " is under way already; nothing was started. 'reroute play " + playbook.name()
                            + " --stop' ends it");
        }
        return play;
    }

    /**
     * Holds a drill by hand, and waits for its end.
     *
     * @return its report
     * @throws RequestRefusedException if no drill was held, with the reason
     * @throws IOException if the report cannot be read
     */
    public DrillBook.Page drill(String server, boolean shadow, Attribution by)
            throws RequestRefusedException, IOException {
        Playbook.Step step = new Playbook.Step(new Playbook.Action.Drill(server, shadow, Optional.empty()),
                Duration.ofMinutes(2), 1, false);
        Instant began = Instant.now();
        Playbook playbook = new Playbook("drill", true, Optional.empty(), List.of(step));
        PlaybookRun play = here(playbook, Map.of("server", server), by, line -> {
        });
        return new DrillBook(context.drills()).last(server).filter(p -> !p.at().isBefore(began))
                .orElseThrow(() -> new RequestRefusedException("no drill was held: " + play.last()));
    }

    /** What each step would do, one line per step. Changes nothing. */
    public List<String> dryRun(Playbook playbook, Map<String, String> facts) {
        return new Preview(runs.playbooks(), new Placeholders(facts)).lines(playbook);
    }

    private PlaybookRun.Ended nested(String name, Placeholders facts, Attribution by) {
        Playbook playbook = runs.find(name)
                .orElseThrow(() -> new IllegalArgumentException("no playbook '" + name + "'"));
        return running.runBeside(runs.of(playbook, facts, new PlaybookRun.Request(by, line -> {
        })));
    }

    // ---- moves that wait -----------------------------------------------------------------------------------------

    @Override
    public Answer ask(Decision decision) {
        return vetoes.ask(decision);
    }

    @Override
    public List<Answer> await(List<Decision> decisions) {
        return vetoes.await(decisions);
    }

    /**
     * Reports the playbooks that were cut off by the end of the last process.
     *
     * @param kept the notes of their runs, by id
     */
    public void cutOff(Map<String, String> kept) {
        kept.forEach((id, row) -> {
            String playbook = RunNote.playbook(row);
            String text = RunNote.cutOff(row);
            context.controller().audit().record(
                    new Played(new Actor.Program(), playbook, Phase.CUT_OFF, text, "", true),
                    new NotesDropped(Shelf.PLAY, List.of(id)));
            context.controller().audit().tell(Event.Kind.TROUBLE, Map.of("text", "playbook " + playbook + " " + text));
        });
    }

    /** Ends all runs: interrupts their steps and kills their commands. Returns at once. */
    public void stop() {
        running.stop();
    }

    /** Ends the runs of a playbook. Returns at once, with their number. */
    public int stop(String playbook) {
        return running.stop(playbook);
    }

    /** The runs in progress, in words. */
    public List<String> underWay() {
        return running.all();
    }

    @Override
    public void close() {
        starts.close();
        running.close();
    }
}
