package net.reroute.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Dialect;
import net.reroute.core.Prefix;
import net.reroute.router.CliSession.Result;
import net.reroute.router.CliSession.Taken;

/** Types lines in one configuration session and keeps account of what became of each. */
final class CliTyping {

    private final Dialect dialect;
    private final CliSession session;
    final Map<Prefix, String> complaints = new HashMap<>();
    final Map<Prefix, String> unsure = new HashMap<>();
    final Map<Prefix, List<String>> typed = new HashMap<>();
    final Map<Prefix, Map<Address, String>> removed = new HashMap<>();

    CliTyping(Dialect dialect, CliSession session) {
        this.dialect = dialect;
        this.session = session;
    }

    /** Of these plans, those that have something to type and are not refused already. */
    List<CliPlan> due(List<CliPlan> plans) {
        return plans.stream().filter(p -> !p.lines().isEmpty() && !complaints.containsKey(prefix(p))).toList();
    }

    private static Prefix prefix(CliPlan plan) {
        return plan.change().service().prefix();
    }

    /**
     * Types all of them. Line by line devices are left in privileged mode, others in config mode while something waits to be
     * kept.
     *
     * @return what has to be typed, once all is looked at, to keep the changes
     */
    Optional<String> type(List<CliPlan> due, boolean planned) throws RouterException {
        Optional<String> keep = session.configure(planned);
        due.forEach(p -> typed.computeIfAbsent(prefix(p), x -> new ArrayList<>()));
        for (CliPlan plan : due) {
            type(plan);
        }
        if (dialect.writing().commit().isEmpty()) {
            session.leave();
            return keep;
        }
        Optional<String> confirm = commit(due, planned);
        if (confirm.isEmpty()) {
            session.leave();
        }
        return confirm;
    }

    private void type(CliPlan plan) throws RouterException {
        Prefix prefix = prefix(plan);
        List<String> undo = new ArrayList<>();
        if (!plan.removed().isEmpty()) {
            // Before they are typed: a session that is lost in between must not take the memory along.
            removed.computeIfAbsent(prefix, p -> new HashMap<>()).putAll(plan.removed());
        }
        for (CliPlan.Step step : plan.steps()) {
            if (!taken(step.line(), prefix)) {
                rollBack(plan, undo);
                return;
            }
            undo.addAll(0, step.undo());
        }
    }

    private boolean taken(String line, Prefix prefix) throws RouterException {
        Result result = session.type(line);
        typed.get(prefix).add(line);
        if (result.taken() != Taken.YES) {
            (result.taken() == Taken.NO ? complaints : unsure).put(prefix,
                    "'" + line + "': " + result.said());
        }
        return result.taken() == Taken.YES;
    }

    /** Half a planned change is taken back; of a failover every line that was taken is better than none. */
    private void rollBack(CliPlan plan, List<String> undo) throws RouterException {
        Prefix prefix = prefix(plan);
        if (!plan.change().how().planned() || unsure.containsKey(prefix)) {
            return;
        }
        for (String line : undo) {
            session.type(line);
            typed.get(prefix).add(line);
        }
        removed.remove(prefix);
    }

    /** Returns what has to be typed to keep what was committed. */
    private Optional<String> commit(List<CliPlan> due, boolean planned) throws RouterException {
        Dialect.Commit commit = dialect.writing().commit().get();
        Optional<String> alien = commit.compare().isPresent()
                ? alien(session.showHere(commit.compare().get()), due)
                : Optional.empty();
        boolean confirm = planned && commit.planned().isPresent();
        Result result = alien.isPresent()
                ? new Result(Taken.NO, "somebody else's lines would be committed too: " + alien.get())
                : session.type(confirm ? commit.planned().get() : commit.commit());
        if (result.taken() == Taken.YES) {
            return confirm ? commit.keep() : Optional.empty();
        }
        session.type(commit.discard());
        due.forEach(p -> complaints.putIfAbsent(prefix(p),
                "the commit: " + result.said()));
        removed.clear();
        return Optional.empty();
    }

    /** A line of the comparison that names an address which is none of ours. */
    private static Optional<String> alien(List<String> lines, List<CliPlan> due) {
        Set<Address> ours = new HashSet<>();
        due.forEach(p -> p.lines().forEach(l -> ours.addAll(CliReader.addresses(List.of(l)))));
        Predicate<String> isAlien = l -> l.matches("^[+-].*") && !ours.containsAll(CliReader.addresses(List.of(l)));
        return lines.stream().map(String::strip).filter(isAlien).findFirst();
    }
}
