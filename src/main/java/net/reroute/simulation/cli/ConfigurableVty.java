package net.reroute.simulation.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** A session that can change static routes, at once or by a commit. */
abstract class ConfigurableVty extends VtySession {

    /** Parses a line of configuration. */
    interface Reader {
        /** @param words of the line, with keywords in full */
        StaticRoute read(List<String> words) throws InvalidInput;
    }

    /** Empty if lines take effect as they are typed. */
    private final Optional<CandidateConfig> waiting;

    /** @param commits true if lines wait for a commit */
    ConfigurableVty(RouterState router, boolean commits) {
        super(router);
        this.waiting = commits ? Optional.of(new CandidateConfig(router)) : Optional.empty();
    }

    /** The configuration text that makes this route. */
    abstract String line(StaticRoute route);

    /** The answer to a line that removes a route that does not exist. */
    List<String> notThere() {
        return List.of();
    }

    /** The full text of a line of configuration, for listeners. */
    String whole(List<String> words) {
        return String.join(" ", words);
    }

    final CandidateConfig candidate() {
        return waiting.orElseThrow();
    }

    @Override
    void leave() {
        mode = VtyMode.PRIVILEGED;
        branch = List.of();
        waiting.ifPresent(CandidateConfig::discard);
        router.unlock(this);
    }

    /** Enters configuration mode, unless another session has the lock. Returns false if it has. */
    final boolean configure(boolean exclusively) {
        Optional<String> lock = router.lock(this, exclusively, locked());
        lock.ifPresentOrElse(output::add, () -> mode = VtyMode.CONFIG);
        return lock.isEmpty();
    }

    final void save(String... said) {
        router.save();
        output.addAll(List.of(said));
    }

    /** Makes a line take effect, or wait for the commit. */
    final void edit(List<String> words, boolean adds, Reader reader) {
        try {
            ConfigLine edit = new ConfigLine(reader.read(words), adds);
            if (adds && edit.route().hop().isEmpty() && edit.route().interfaceName().isEmpty()) {
                throw new InvalidInput(-1);
            }
            if (!router.faults.ignores(command) && changed(edit, whole(words)) == 0) {
                output.addAll(notThere());
            }
        } catch (InvalidInput e) {
            output.addAll(complaint(words, e));
        }
    }

    private List<String> complaint(List<String> words, InvalidInput e) {
        Trouble trouble = e.word() < 0 ? Trouble.INCOMPLETE : Trouble.UNKNOWN;
        return e.getMessage().isEmpty() ? complaint(words, trouble, e.word()) : List.of(e.getMessage());
    }

    /**
     * Loads a line of configuration at once, without a terminal.
     *
     * @throws IllegalArgumentException if the device rejects the line
     */
    final void load(String line) {
        mode = VtyMode.CONFIG;
        try {
            dispatch(words(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        waiting.ifPresent(CandidateConfig::commit);
        if (!output.isEmpty()) {
            throw new IllegalArgumentException("'" + line + "' is not a route: " + String.join(" ", output));
        }
    }

    /** The static routes in the order of the configuration. */
    List<StaticRoute> configured() {
        return router.routes.written();
    }

    private int changed(ConfigLine edit, String line) {
        if (waiting.isPresent()) {
            return waiting.get().add(edit, line);
        }
        int changed = edit.apply(router.routes);
        if (changed > 0) {
            router.tell(line);
        }
        return changed;
    }
}
