package net.reroute.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.ByHand.Ask;
import net.reroute.core.RequestRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about the daemon as a whole. */
final class Rules {

    private Rules() {}

    @Command(name = "pause", description = "Nothing moves that nobody asked for; by hand still works.")
    static final class Pause extends Work {

        @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
        String because;

        @Override
        public Integer call() throws Exception {
            boolean lead;
            try (Office.Session session = office().open(new Office.Need(Set.of(), true))) {
                lead = session.controller().wishes().lead().isPresent();
                session.byHand().pause(new Ask(by(because), Optional.empty(), false, false));
            }
            say(lead ? "observes again; nothing is typed" : "paused; 'reroute resume' ends that");
            return ExitCodes.DONE;
        }
    }

    @Command(name = "resume", description = "Ends a pause; a controller that only observes acts from now on.")
    static final class Resume extends Work {

        @Option(names = "--force", description = "Even if the other controller cannot be asked.")
        boolean force;

        @Override
        public Integer call() throws Exception {
            Optional<String> objection = office().peer().objection(force);
            if (objection.isPresent()) {
                throw new RequestRefusedException(objection.get());
            }
            try (Office.Session session = office().open(new Office.Need(Set.of(), true))) {
                boolean observed = !session.controller().acts();
                boolean was = session.byHand().resume(new Ask(by(""), Optional.empty(), false, false));
                String resumed = was ? "resumed" : "nothing was paused";
                say(observed
                        ? "acts from now on, though its inventory says observe; 'reroute pause' ends that"
                        : resumed);
            }
            return ExitCodes.DONE;
        }
    }

    @Command(name = "reload", description = "Lets the daemon read the inventory anew; a bad one changes nothing.")
    static final class Reload extends Work {

        @Option(names = "--force", description = "Even if a server goes that carries something.")
        boolean force;

        @Option(names = "--dry-run", description = "Only tell what it would change.")
        boolean dryRun;

        @Override
        public Integer call() throws Exception {
            if (!office().isDaemon()) {
                throw new RequestRefusedException(
                        "no daemon is running; the next command reads the inventory by itself");
            }
            List<String> changes = office().reload(force, dryRun);
            changes.forEach(this::say);
            say(dryRun ? "nothing was changed" : "reloaded");
            return ExitCodes.DONE;
        }
    }

    @Command(name = "daemon", description = "Watches, decides and moves, until it is stopped.")
    static final class Daemon extends Work {

        @Override
        public Integer call() throws Exception {
            if (office().isDaemon()) {
                throw new RequestRefusedException("a daemon is running already on this state folder");
            }
            Optional<String> error = office().daemon();
            error.ifPresent(e -> console().err().println("reroute: " + e));
            return error.isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
        }
    }
}
