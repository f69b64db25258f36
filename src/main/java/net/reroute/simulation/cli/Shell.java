package net.reroute.simulation.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import net.reroute.simulation.cli.CommandTree.Trouble;
import net.reroute.simulation.cli.StaticRoutes.Static;

/** A session that can change static routes, at once or at a commit. */
abstract class Shell extends Session {

    /** Reads a line of configuration. */
    interface Reader {
        /** @param words all of them, keywords written out */
        Static read(List<String> words) throws BadLine;
    }

    /** Empty where lines take effect as they are typed. */
    private final Optional<Candidate> waiting;

    /** @param commits whether lines wait for a commit */
    Shell(RouterBox box, boolean commits) {
        super(box);
        this.waiting = commits ? Optional.of(new Candidate(box)) : Optional.empty();
    }

    /** The lines of its configuration that make this route. */
    abstract String line(Static route);

    /** Said to a line that takes away what is not there. */
    List<String> notThere() {
        return List.of();
    }

    /** A line of configuration as it is told to whoever watches. */
    String whole(List<String> words) {
        return String.join(" ", words);
    }

    final Candidate candidate() {
        return waiting.orElseThrow();
    }

    @Override
    void leave() {
        mode = Mode.PRIVILEGED;
        branch = List.of();
        waiting.ifPresent(Candidate::discard);
        box.unlock(this);
    }

    /** Enters configuration mode unless somebody else has it locked. */
    final boolean configure(boolean exclusively) {
        Optional<String> lock = box.lock(this, exclusively, locked());
        lock.ifPresentOrElse(output::add, () -> mode = Mode.CONFIG);
        return lock.isEmpty();
    }

    final void save(String... said) {
        box.save();
        output.addAll(List.of(said));
    }

    /** Lets a line take effect, or wait for the commit. */
    final void edit(List<String> words, boolean adds, Reader reader) {
        try {
            Edit edit = new Edit(reader.read(words), adds);
            if (adds && edit.route().hop().isEmpty() && edit.route().interfaceName().isEmpty()) {
                throw new BadLine(-1);
            }
            if (!box.faults.ignores(command) && changed(edit, whole(words)) == 0) {
                output.addAll(notThere());
            }
        } catch (BadLine e) {
            output.addAll(complaint(words, e));
        }
    }

    private List<String> complaint(List<String> words, BadLine e) {
        return e.getMessage().isEmpty()
                ? complaint(words, e.word() < 0 ? Trouble.INCOMPLETE : Trouble.UNKNOWN, e.word())
                : List.of(e.getMessage());
    }

    /**
     * Takes a line of configuration at once, with nothing on the screen.
     *
     * @throws IllegalArgumentException the device does not take it
     */
    final void load(String line) {
        mode = Mode.CONFIG;
        try {
            dispatch(words(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        waiting.ifPresent(Candidate::commit);
        if (!output.isEmpty()) {
            throw new IllegalArgumentException("'" + line + "' is not a route: " + String.join(" ", output));
        }
    }

    /** Its static routes in the order of its configuration. */
    List<Static> configured() {
        return box.routes.written();
    }

    private int changed(Edit edit, String line) {
        if (waiting.isPresent()) {
            return waiting.get().add(edit, line);
        }
        int changed = edit.apply(box.routes);
        if (changed > 0) {
            box.tell(line);
        }
        return changed;
    }
}
