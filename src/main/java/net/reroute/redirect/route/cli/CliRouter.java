package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;

/** A router with a command line: look, type in one configuration session, look again. Not thread-safe. */
public final class CliRouter implements Router, Traits.Saving {

    /**
     * Shorter than the ten minutes after which a device clears an idle vty, and short enough to notice a cleared one.
     */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final RouterSpec spec;
    private final CliSession session;
    private final ConfigSession config;
    private final ShowCommands show;
    private final CliPlanner plans;
    private final Set<Address> own;
    private boolean unsaved;

    CliRouter(RouterSpec spec, CliSession session) throws RouterException {
        this.spec = spec;
        this.session = session;
        this.config = new ConfigSession(spec, session);
        this.show = new ShowCommands(spec, session);
        this.plans = new CliPlanner(spec, show.lines());
        this.own = show.own();
    }

    /** Logs in. {@code within} limits connecting, opening the terminal and reading the greeting, each. */
    public static Router open(RouterSpec spec, Duration within, Fence fence) throws RouterException {
        CliSession session = CliLogin.open(spec, within, new Transcript(spec.name())).fencedBy(fence);
        try {
            return new CliRouter(spec, session);
        } catch (RouterException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        return show.routes(prefixes);
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
        Map<Boolean, Config> configs = show.configs(changes);
        return changes.stream().map(c -> plans.plan(c, configs.get(c.service().prefix().network().v6()),
                show.distance(c.service().prefix()))).toList();
    }

    @Override
    public ReadBack apply(List<Change> changes) throws RouterException {
        CliTyping typing = new CliTyping(spec.cli().orElseThrow().dialect(), session, config);
        List<CliPlan> all = plan(changes);
        all.forEach(p -> p.refused().ifPresent(why -> typing.complaints.put(p.change().service().prefix(), why)));
        boolean planned = changes.stream().allMatch(c -> c.options().planned());
        List<CliPlan> careful = all.stream().filter(p -> p.change().options().planned()).toList();
        reachable(careful, typing);
        show.resolve(typing.due(careful));
        try {
            CliVerification seen = typeAndLook(all, typing, planned);
            if (!typing.unsure.isEmpty()) {
                finish(changes, typing, planned);
                seen = show.after(changes);
            }
            return readBack(changes, typing, seen);
        } catch (RouterException e) {
            throw e.removing(typing.removed);
        } finally {
            unsaved |= !typing.typed.isEmpty();
        }
    }

    /** Unrecognised answer; if the line is in the configuration, type the rest. */
    private void finish(List<Change> changes, CliTyping typing, boolean planned) throws RouterException {
        List<Change> open = changes.stream().filter(c -> typing.unsure.containsKey(c.service().prefix())).toList();
        Map<Prefix, String> said = Map.copyOf(typing.unsure);
        typing.unsure.clear();
        typeAndLook(plan(open).stream().filter(p -> p.adds().isEmpty()).toList(), typing, planned);
        said.forEach(typing.unsure::putIfAbsent);
    }

    /**
     * Notes complaints about next hops that the router has no route to. A router would accept these without error and
     * without effect.
     */
    private void reachable(List<CliPlan> plans, CliTyping typing) throws RouterException {
        Map<Address, Boolean> known = new HashMap<>();
        for (CliPlan plan : plans) {
            for (Address hop : plan.adds().isEmpty() ? List.<Address>of() : plan.change().after()) {
                if (!known.containsKey(hop)) {
                    known.put(hop, !show.way(hop).isEmpty());
                }
                if (!known.get(hop)) {
                    typing.complaints.putIfAbsent(plan.change().service().prefix(),
                            "it knows no way to the next hop " + hop + "; nothing was typed");
                }
            }
        }
    }

    private CliVerification typeAndLook(List<CliPlan> all, CliTyping typing, boolean planned) throws RouterException {
        List<CliPlan> due = typing.due(all);
        if (!due.isEmpty()) {
            typing.type(due, planned);
        }
        CliVerification seen = show.after(all.stream().map(CliPlan::change).toList());
        if (!due.isEmpty()) {
            // failures are reverted line by line; a timer that reverts later would surprise
            typing.end(due, seen);
        }
        return seen;
    }

    private ReadBack readBack(List<Change> changes, CliTyping typing, CliVerification seen) {
        Map<Prefix, Route> routes = new HashMap<>();
        Map<Address, Address> lookups = new HashMap<>();
        Map<Prefix, String> remarks = new HashMap<>(typing.unsure);
        for (Change change : changes) {
            Prefix prefix = change.service().prefix();
            seen.route(change).ifPresent(r -> routes.put(prefix, r));
            seen.nextHop(change).ifPresent(hop -> lookups.put(change.service().address(), hop));
            seen.remark(change).ifPresent(text -> remarks.putIfAbsent(prefix, text));
        }
        return new ReadBack(routes, lookups, typing.complaints,
                new Typed(typing.typed, typing.removed, remarks));
    }

    @Override
    public Set<Address> addresses() {
        return own;
    }

    @Override
    public boolean unsaved() {
        return unsaved;
    }

    @Override
    public Optional<String> save() throws RedirectException {
        try {
            Optional<String> trouble = config.save();
            unsaved = trouble.isPresent();
            return trouble;
        } catch (RouterException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    @Override
    public Abilities abilities() {
        return new Abilities(Optional.of(this), Optional.empty());
    }

    @Override
    public boolean ping() throws RouterException {
        boolean found = show.examine();
        session.stayAwake(IDLE);
        return found;
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        session.close();
    }

    /** Number of answers waited for so far. */
    int awaited() {
        return session.awaited();
    }
}
