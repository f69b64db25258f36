package net.reroute.redirect;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.reroute.core.Outcome;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;

/**
 * Two ways to redirect on one device, over one session.
 *
 * @param main has the session
 * @param other is used for some services
 * @param others true for a service of {@code other}
 */
public record Combined(Redirector main, Redirector other, Predicate<Service> others) implements Redirector {

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        List<Service> its = services.stream().filter(others).toList();
        seen.putAll(main.look(services.stream().filter(others.negate()).toList()));
        if (!its.isEmpty()) {
            seen.putAll(lookAside(its));
        }
        return seen;
    }

    /** A refusal concerns these services alone. */
    private Map<String, Seen> lookAside(List<Service> services) throws RedirectException {
        try {
            return other.look(services);
        } catch (RedirectException e) {
            if (!e.refused()) {
                throw e;
            }
            Map<String, Seen> unread = new LinkedHashMap<>();
            services.forEach(s -> unread.put(s.name(), new Seen.Owned(List.of(), List.of(),
                    "cannot be read: " + e.getMessage())));
            return unread;
        }
    }

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException {
        Map<String, List<String>> lines = new HashMap<>(main.preview(of(shifts, others.negate())));
        lines.putAll(other.preview(of(shifts, others)));
        return lines;
    }

    private static List<Shift> of(List<Shift> shifts, Predicate<Service> which) {
        return shifts.stream().filter(s -> which.test(s.service())).toList();
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        Map<String, Applied.Done> done = new HashMap<>();
        List<Shift> first = of(shifts, others.negate());
        List<Shift> second = of(shifts, others);
        if (!first.isEmpty()) {
            done.putAll(main.apply(first).done());
        }
        if (!second.isEmpty()) {
            done.putAll(applyAside(second));
        }
        return new Applied(done);
    }

    /** What the main way has done is done, whatever comes of the other. */
    private Map<String, Applied.Done> applyAside(List<Shift> shifts) {
        try {
            return other.apply(shifts).done();
        } catch (RedirectException e) {
            Map<String, Applied.Done> failed = new HashMap<>();
            Outcome.Kind kind = e.refused() ? Outcome.Kind.REFUSED : Outcome.Kind.FAILED;
            shifts.forEach(s -> failed.put(s.service().name(), new Applied.Done(kind, e.getMessage(), List.of(),
                    s.before(), Optional.empty())));
            return failed;
        }
    }

    @Override
    public Traits traits() {
        Traits traits = main.traits();
        return new Traits(traits.shares(), traits.effect(), traits.addresses(), traits.session(), traits.saving(),
                traits.monitoring().map(m -> Watches.beside(m, other.traits().monitoring())));
    }

    @Override
    public void close() {
        other.close();
        main.close();
    }
}
