package net.reroute.redirect.route.cli;

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
import net.reroute.redirect.route.cli.CliAnswers.Accepted;
import net.reroute.redirect.route.cli.CliAnswers.LineResult;
import net.reroute.redirect.route.router.RouterException;

/** Types lines in one configuration session, and notes the result of each. */
final class CliTyping {

    private final Dialect dialect;
    private final CliSession session;
    private final ConfigSession config;
    final Map<Prefix, String> complaints = new HashMap<>();
    final Map<Prefix, String> unsure = new HashMap<>();
    final Map<Prefix, List<String>> typed = new HashMap<>();
    final Map<Prefix, Map<Address, String>> removed = new HashMap<>();
    /** The answer to a commit that does not confirm it. */
    private Optional<String> saidToCommit = Optional.empty();
    /** The line that keeps the changes; empty if none is needed. */
    private Optional<String> keep = Optional.empty();

    CliTyping(Dialect dialect, CliSession session, ConfigSession config) {
        this.dialect = dialect;
        this.session = session;
        this.config = config;
    }

    /** The plans with lines to type and without a complaint. */
    List<CliPlan> due(List<CliPlan> plans) {
        return plans.stream().filter(p -> !p.lines().isEmpty() && !complaints.containsKey(prefix(p))).toList();
    }

    private static Prefix prefix(CliPlan plan) {
        return plan.change().service().prefix();
    }

    /**
     * Types all plans. Then the session is in privileged mode, or in config mode if the device waits for a line that
     * keeps a commit.
     */
    void type(List<CliPlan> due, boolean planned) throws RouterException {
        keep = config.configure(planned);
        due.forEach(p -> typed.computeIfAbsent(prefix(p), x -> new ArrayList<>()));
        for (CliPlan plan : due) {
            type(plan);
        }
        if (dialect.writing().commit().isEmpty() || !commit(due, planned)) {
            session.leave();
        }
    }

    /** Ends the change after verification: keeps it if it was made, else discards it. */
    void end(List<CliPlan> due, CliVerification seen) throws RouterException {
        boolean made = isMade(due, seen);
        if (made && keep.isPresent()) {
            config.keep(keep.get());
        } else if (!made) {
            config.type(dialect.writing().commit().orElseThrow().discard());
        }
        session.leave();
    }

    private void type(CliPlan plan) throws RouterException {
        Prefix prefix = prefix(plan);
        List<String> undo = new ArrayList<>();
        if (!plan.removed().isEmpty()) {
            // note this before typing: a lost session must not lose these lines
            removed.computeIfAbsent(prefix, p -> new HashMap<>()).putAll(plan.removed());
        }
        for (CliPlan.PlannedLine step : plan.steps()) {
            if (!taken(step.line(), prefix)) {
                rollBack(plan, undo);
                return;
            }
            undo.addAll(0, step.undo());
        }
    }

    private boolean taken(String line, Prefix prefix) throws RouterException {
        LineResult result = config.type(line);
        typed.get(prefix).add(line);
        if (result.accepted() != Accepted.YES) {
            (result.accepted() == Accepted.NO ? complaints : unsure).put(prefix,
                    "'" + line + "': " + result.said());
        }
        return result.accepted() == Accepted.YES;
    }

    /** Reverts a planned change that is half made. In a failover every accepted line is better than none. */
    private void rollBack(CliPlan plan, List<String> undo) throws RouterException {
        Prefix prefix = prefix(plan);
        if (!plan.change().options().planned() || unsure.containsKey(prefix)) {
            return;
        }
        for (String line : undo) {
            config.type(line);
            typed.get(prefix).add(line);
        }
        removed.remove(prefix);
    }

    /** Commits. Returns true while the device waits for a line that keeps the commit. */
    private boolean commit(List<CliPlan> due, boolean planned) throws RouterException {
        Dialect.Commit commit = dialect.writing().commit().get();
        Optional<String> alien = commit.compare().isPresent()
                ? alien(session.showHere(commit.compare().get()), due)
                : Optional.empty();
        if (alien.isPresent()) {
            config.type(commit.discard());
            notMade(due, "the commit: somebody else's lines would be committed too: " + alien.get());
            return false;
        }
        boolean confirm = planned && commit.planned().isPresent();
        keep = confirm ? commit.keep() : Optional.empty();
        LineResult result = config.type(confirm ? commit.planned().get() : commit.commit());
        saidToCommit = result.accepted() == Accepted.YES ? Optional.empty() : Optional.of(result.said());
        if (result.accepted() == Accepted.NO || !confirm && result.accepted() == Accepted.UNKNOWN) {
            // harmless if the commit succeeded: its lines are no longer in the candidate
            config.type(commit.discard());
            return false;
        }
        return confirm;
    }

    private void notMade(List<CliPlan> plans, String why) {
        plans.forEach(p -> complaints.putIfAbsent(prefix(p), why));
        plans.forEach(p -> removed.remove(prefix(p)));
    }

    /** True if the change was made. If the answer did not confirm the commit, the configuration decides. */
    private boolean isMade(List<CliPlan> due, CliVerification seen) {
        if (saidToCommit.isEmpty()) {
            return true;
        }
        List<CliPlan> missing = due.stream().filter(p -> !seen.isWritten(p.change())).toList();
        notMade(missing, "the commit: " + saidToCommit.get());
        return missing.size() < due.size();
    }

    /** A line of the comparison that has an address not in our lines. */
    private static Optional<String> alien(List<String> lines, List<CliPlan> due) {
        Set<Address> ours = new HashSet<>();
        due.forEach(p -> p.lines().forEach(l -> ours.addAll(CliReader.addresses(List.of(l)))));
        Predicate<String> isAlien = l -> l.matches("^[+-].*") && !ours.containsAll(CliReader.addresses(List.of(l)));
        return lines.stream().map(String::strip).filter(isAlien).findFirst();
    }
}
