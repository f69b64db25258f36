package net.reroute.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.core.RouterSpec;
import net.reroute.router.CliReader.Config;
import net.reroute.router.CliReader.Shown;
import net.reroute.router.CliSession.Result;
import net.reroute.router.CliSession.Taken;

/** A router with a command line: look, type in one configuration session, look again. */
final class CliRouter implements Router {

    /** Below the ten minutes after which a vty line is cleared, and often enough to notice that it was. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** A table follows its configuration in some milliseconds, not at once: look again before calling it wrong. */
    private static final int LOOKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final RouterSpec spec;
    private final Dialect dialect;
    private final CliSession session;
    private final CliPlan.Maker plans;
    private final Map<Prefix, Shown> table = new HashMap<>();
    private final Set<Address> own = new HashSet<>();
    private boolean unsaved;

    CliRouter(RouterSpec spec, CliSession session) throws RouterException {
        this.spec = spec;
        this.dialect = spec.cli().orElseThrow().dialect();
        this.session = session;
        this.plans = new CliPlan.Maker(spec);
        for (Optional<Family> family : List.of(dialect.ipv4(), dialect.ipv6())) {
            if (family.flatMap(Family::own).isPresent()) {
                own.addAll(CliReader.addresses(session.show(family.get().own().get().fill(values()))));
            }
        }
    }

    static Router open(RouterSpec spec, Duration within) throws RouterException {
        CliSession session = CliSession.open(spec, within, new Transcript(spec.name()));
        try {
            return new CliRouter(spec, session);
        } catch (RouterException e) {
            session.close();
            throw e;
        }
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Override
    public Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        Map<Prefix, Route> routes = new LinkedHashMap<>();
        for (boolean v6 : List.of(false, true)) {
            List<Prefix> asked = CliReader.ofFamily(prefixes, v6);
            if (!asked.isEmpty()) {
                List<String> lines = shown(family(v6).table().fill(values()));
                Map<Prefix, Shown> all = CliReader.table(lines, family(v6).route());
                asked.forEach(p -> route(p, all, lines).ifPresent(r -> routes.put(p, r)));
                asked.forEach(p -> table.compute(p, (k, old) -> all.get(p)));
            }
        }
        return routes;
    }

    private static Optional<Route> route(Prefix prefix, Map<Prefix, Shown> all, List<String> lines) {
        Shown shown = all.get(prefix);
        if (shown != null) {
            return Optional.of(new Route(prefix, shown.hops().stream().sorted().toList(), "", Optional.empty()));
        }
        String text = prefix.toString();
        return lines.stream().filter(l -> l.contains(text)).findFirst().map(l -> new Route(prefix, List.of(), l.strip(),
                Optional.of("is shown in a way that its dialect does not understand: '" + l.strip() + "'")));
    }

    /** Shows, and takes a refusal for one. */
    private List<String> shown(String line) throws RouterException {
        List<String> lines = session.show(line);
        if (lines.stream().anyMatch(l -> CliSession.matches(dialect.answers().refused(), l))) {
            throw RouterException.refused("it does not take '" + line + "': " + CliSession.oneLine(lines));
        }
        return lines;
    }

    /** Read twice where a line about us is not understood: a system message may have cut it. */
    private Map<Boolean, Config> configs(List<Change> changes) throws RouterException {
        Map<Boolean, Config> configs = new HashMap<>();
        for (boolean v6 : List.of(false, true)) {
            List<Prefix> prefixes = CliReader.ofFamily(changes.stream().map(c -> c.service().prefix()).toList(), v6);
            if (!prefixes.isEmpty()) {
                Config config = config(v6);
                configs.put(v6, prefixes.stream().anyMatch(p -> config.strange(p).isPresent()) ? config(v6) : config);
            }
        }
        return configs;
    }

    private Config config(boolean v6) throws RouterException {
        return CliReader.config(shown(family(v6).config().fill(values())), family(v6), dialect.writing().words(),
                spec.table());
    }

    private Family family(boolean v6) throws RouterException {
        return dialect.family(v6).orElseThrow(() -> RouterException.refused("dialect " + dialect.name()
                + " does not know IPv" + (v6 ? 6 : 4)));
    }

    private Map<String, String> values() {
        return new HashMap<>(spec.table().map(vrf -> Map.of("vrf", vrf)).orElse(Map.of()));
    }

    @Override
    public Map<Prefix, List<String>> lines(List<Change> changes) throws RouterException {
        Map<Prefix, List<String>> lines = new HashMap<>();
        for (CliPlan plan : plan(changes)) {
            lines.put(plan.change().service().prefix(),
                    plan.refused().map(r -> List.of("! " + r)).orElse(plan.lines()));
        }
        return lines;
    }

    private List<CliPlan> plan(List<Change> changes) throws RouterException {
        Map<Boolean, Config> configs = configs(changes);
        return changes.stream().map(c -> plans.plan(c, configs.get(c.service().prefix().network().v6()),
                Optional.ofNullable(table.get(c.service().prefix())).flatMap(Shown::distance))).toList();
    }

    // ---- acting --------------------------------------------------------------------------------------------------

    /** What has come of the lines so far. */
    private static final class Progress {
        private final Map<Prefix, String> complaints = new HashMap<>();
        private final Map<Prefix, String> unsure = new HashMap<>();
        private final Map<Prefix, List<String>> typed = new HashMap<>();
        private final Map<Prefix, Map<Address, String>> removed = new HashMap<>();
    }

    @Override
    public ReadBack apply(List<Change> changes) throws RouterException {
        Progress progress = new Progress();
        List<CliPlan> plans = plan(changes);
        plans.forEach(p -> p.refused().ifPresent(why -> progress.complaints.put(p.change().service().prefix(), why)));
        boolean planned = changes.stream().allMatch(c -> c.how().planned());
        if (planned) {
            reachable(plans, progress);
            resolve(plans.stream().filter(p -> !progress.complaints.containsKey(p.change().service().prefix()))
                    .toList());
        }
        CliVerification seen = typeAndLook(plans, progress, planned);
        if (!progress.unsure.isEmpty()) {
            // It said something nobody knows; where the line stands there all the same, what remains is typed now.
            List<Change> open = changes.stream().filter(c -> progress.unsure.containsKey(c.service().prefix()))
                    .toList();
            Map<Prefix, String> said = Map.copyOf(progress.unsure);
            progress.unsure.clear();
            typeAndLook(plan(open).stream().filter(p -> p.adds().isEmpty()).toList(), progress, planned);
            seen = look(changes);
            said.forEach((p, text) -> progress.unsure.merge(p, text, (a, b) -> b));
        }
        unsaved |= !progress.typed.isEmpty();
        return readBack(changes, progress, seen);
    }

    /** The first packets to a neighbour that is not resolved are dropped; these are ours. The answer proves nothing. */
    private void resolve(List<CliPlan> plans) throws RouterException {
        Set<String> lines = new java.util.LinkedHashSet<>();
        for (CliPlan plan : plans) {
            Family family = family(plan.change().service().prefix().network().v6());
            if (!plan.adds().isEmpty() && family.ping().isPresent()) {
                for (Address hop : plan.change().after()) {
                    Map<String, String> values = values();
                    values.put("hop", hop.toString());
                    lines.add(family.ping().get().fill(values));
                }
            }
        }
        for (String line : lines) {
            session.show(line);
        }
    }

    /** A route to a next hop that the router knows no way to is taken without a word and does nothing. */
    private void reachable(List<CliPlan> plans, Progress progress) throws RouterException {
        Map<Address, Boolean> known = new HashMap<>();
        for (CliPlan plan : plans) {
            for (Address hop : plan.adds().isEmpty() ? List.<Address>of() : plan.change().after()) {
                if (!known.containsKey(hop)) {
                    known.put(hop, !way(hop).isEmpty());
                }
                if (!known.get(hop)) {
                    progress.complaints.putIfAbsent(plan.change().service().prefix(),
                            "it knows no way to the next hop " + hop + "; nothing was typed");
                }
            }
        }
    }

    private Map<Prefix, Shown> way(Address address) throws RouterException {
        Map<String, String> values = values();
        values.put("address", address.toString());
        Family family = family(address.v6());
        return CliReader.table(shown(family.lookup().fill(values)), family.found());
    }

    private CliVerification typeAndLook(List<CliPlan> plans, Progress progress, boolean planned)
            throws RouterException {
        List<CliPlan> due = plans.stream().filter(p -> !p.lines().isEmpty()
                && !progress.complaints.containsKey(p.change().service().prefix())).toList();
        if (due.isEmpty()) {
            return look(plans.stream().map(CliPlan::change).toList());
        }
        Optional<String> keep = session.configure(planned);
        due.forEach(p -> progress.typed.computeIfAbsent(p.change().service().prefix(), x -> new ArrayList<>()));
        for (CliPlan plan : due) {
            type(plan, progress);
        }
        if (dialect.writing().commit().isPresent()) {
            keep = commit(due, progress, planned);
        }
        if (keep.isEmpty() || dialect.writing().commit().isEmpty()) {
            session.leave();
        }
        CliVerification seen = look(plans.stream().map(CliPlan::change).toList());
        if (keep.isPresent()) {
            // Whatever is wrong is put back by name; what the timer would do in a minute nobody would expect any more.
            session.keep(keep.get());
        }
        session.leave();
        return seen;
    }

    private void type(CliPlan plan, Progress progress) throws RouterException {
        Prefix prefix = plan.change().service().prefix();
        List<String> undo = new ArrayList<>();
        for (CliPlan.Step step : plan.steps()) {
            if (!taken(step.line(), prefix, progress)) {
                rollBack(plan, undo, progress);
                return;
            }
            undo.addAll(0, step.undo());
        }
        progress.removed.put(prefix, plan.removed());
    }

    private boolean taken(String line, Prefix prefix, Progress progress) throws RouterException {
        Result result = session.type(line);
        progress.typed.get(prefix).add(line);
        if (result.taken() != Taken.YES) {
            (result.taken() == Taken.NO ? progress.complaints : progress.unsure).put(prefix,
                    "'" + line + "': " + result.said());
        }
        return result.taken() == Taken.YES;
    }

    /** Half a planned change is taken back; of a failover every line that was taken is better than none. */
    private void rollBack(CliPlan plan, List<String> undo, Progress progress) throws RouterException {
        Prefix prefix = plan.change().service().prefix();
        if (!plan.change().how().planned() || progress.unsure.containsKey(prefix)) {
            return;
        }
        for (String line : undo) {
            session.type(line);
            progress.typed.get(prefix).add(line);
        }
        progress.removed.remove(prefix);
    }

    /** Returns what has to be typed to keep what was committed. */
    private Optional<String> commit(List<CliPlan> due, Progress progress, boolean planned) throws RouterException {
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
        due.forEach(p -> progress.complaints.putIfAbsent(p.change().service().prefix(),
                "the commit: " + result.said()));
        progress.removed.clear();
        return Optional.empty();
    }

    /** A line of the comparison that names an address which is none of ours. */
    private static Optional<String> alien(List<String> lines, List<CliPlan> due) {
        Set<Address> ours = new HashSet<>();
        due.forEach(p -> p.lines().forEach(l -> ours.addAll(CliReader.addresses(List.of(l)))));
        Predicate<String> isAlien = l -> l.matches("^[+-].*") && !ours.containsAll(CliReader.addresses(List.of(l)));
        return lines.stream().map(String::strip).filter(isAlien).findFirst();
    }

    // ---- looking again -------------------------------------------------------------------------------------------

    private CliVerification look(List<Change> changes) throws RouterException {
        Map<Boolean, Config> configs = configs(changes);
        Map<Address, Map<Prefix, Shown>> lookups = new HashMap<>();
        for (Change change : changes) {
            Address address = change.service().address();
            lookups.put(address, way(address));
            CliVerification seen = new CliVerification(configs, lookups);
            for (int i = 0; i < LOOKS && seen.remark(change).isPresent(); i++) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos() << i);
                lookups.put(address, way(address));
            }
        }
        return new CliVerification(configs, lookups);
    }

    private ReadBack readBack(List<Change> changes, Progress progress, CliVerification seen) {
        Map<Prefix, Route> routes = new HashMap<>();
        Map<Address, Address> lookups = new HashMap<>();
        Map<Prefix, String> remarks = new HashMap<>(progress.unsure);
        for (Change change : changes) {
            Prefix prefix = change.service().prefix();
            seen.route(change).ifPresent(r -> routes.put(prefix, r));
            seen.nextHop(change).ifPresent(hop -> lookups.put(change.service().address(), hop));
            seen.remark(change).ifPresent(text -> remarks.putIfAbsent(prefix, text));
        }
        return new ReadBack(routes, lookups, progress.complaints,
                new Typed(progress.typed, progress.removed, remarks));
    }

    // ---- the session ---------------------------------------------------------------------------------------------

    @Override
    public Set<Address> addresses() {
        return own;
    }

    @Override
    public boolean unsaved() {
        return unsaved;
    }

    @Override
    public Optional<String> save() throws RouterException {
        Optional<String> trouble = session.save();
        unsaved = trouble.isPresent();
        return trouble;
    }

    @Override
    public void ping() throws RouterException {
        session.stayAwake(IDLE);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        session.close();
    }

    /** How many answers were waited for so far. */
    int awaited() {
        return session.awaited();
    }
}
