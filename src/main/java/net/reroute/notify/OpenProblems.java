package net.reroute.notify;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.reroute.core.Instants;
import net.reroute.core.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Problems with an alert that is not resolved, by rule. Not safe for many threads: the caller holds a lock. */
final class OpenProblems {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    /** The rule, the event and the objects, as {@link #read} splits them. */
    private static final Pattern ID = Pattern.compile("\\S+ \\S+( [^ =]+=\\S*)* ?");

    private final OutboxStore store;
    private final Map<String, Instant> beginnings = new HashMap<>();

    /** @param kept the times they began, by id */
    OpenProblems(OutboxStore store, Map<String, String> kept) {
        this.store = store;
        kept.forEach((id, since) -> {
            if (ID.matcher(id).matches()) {
                // An unreadable time must not lose the problem.
                beginnings.put(id, Instants.read(since).orElseGet(Instant::now));
            } else {
                LOG.error("an open problem '{}' cannot be read, and is left out", Text.one(id));
                store.close(id);
            }
        });
    }

    /** Opens a problem. Returns false if it was open already. */
    boolean open(String rule, Alert alert) {
        String id = id(rule, alert);
        if (beginnings.putIfAbsent(id, alert.at()) != null) {
            return false;
        }
        store.open(id, alert.at().toString());
        return true;
    }

    /** Closes a problem. Returns when it began; empty if no alert was sent. */
    Optional<Instant> close(String rule, Alert alert) {
        return close(id(rule, alert));
    }

    private Optional<Instant> close(String id) {
        Optional<Instant> since = Optional.ofNullable(beginnings.remove(id));
        since.ifPresent(s -> store.close(id));
        return since;
    }

    /** All problems; one that several rules sent appears once. */
    Set<OpenProblem> all() {
        Set<OpenProblem> all = new LinkedHashSet<>();
        beginnings.keySet().forEach(id -> all.add(read(id)));
        return all;
    }

    /** Removes a problem, also for rules that no longer exist. */
    void forget(OpenProblem problem) {
        Set.copyOf(beginnings.keySet()).stream().filter(id -> read(id).equals(problem)).forEach(this::close);
    }

    private static String id(String rule, Alert alert) {
        return rule + " " + alert.problem();
    }

    private static OpenProblem read(String id) {
        String[] words = id.split(" ");
        Map<String, String> about = new TreeMap<>();
        for (int i = 2; i < words.length; i++) {
            int cut = words[i].indexOf('=');
            about.put(words[i].substring(0, cut), words[i].substring(cut + 1));
        }
        return new OpenProblem(words[1], about);
    }
}
