package net.reroute.redirect.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.reroute.core.Outcome;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.SwitchSpec;
import net.reroute.redirect.Applied;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.Traits;
import net.reroute.redirect.tcp.SwitchReport.OfBackend;

/** Redirects new connections of a TCP switch by the backends that it may use. */
public final class SwitchRedirector implements Redirector, Traits.Session {

    private final String name;
    private final TcpSwitch running;

    private SwitchRedirector(String name, TcpSwitch running) {
        this.name = name;
        this.running = running;
    }

    /** @throws RedirectException if the switch cannot listen at its place */
    public static SwitchRedirector open(String name, SwitchSpec spec, Switches switches) throws RedirectException {
        try {
            return new SwitchRedirector(name, switches.running(name, spec));
        } catch (IOException e) {
            throw new RedirectException(false, e.getMessage(), e);
        }
    }

    @Override
    public Map<String, Seen> look(Collection<Service> services) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        services.forEach(s -> seen.put(s.name(), seen()));
        return seen;
    }

    private Seen seen() {
        List<OfBackend> backends = running.report().backends();
        List<String> used = backends.stream().filter(OfBackend::allowed).map(OfBackend::at).toList();
        String bad = backends.stream().filter(b -> b.allowed() && b.bad()).map(OfBackend::at)
                .collect(Collectors.joining(", "));
        boolean none = backends.stream().noneMatch(b -> b.allowed() && !b.bad());
        if (none) {
            return new Seen.Owned(used, used,
                    "can connect to none of the backends that it may use; clients hear its last words");
        }
        return new Seen.At(used, used, true, bad.isEmpty() ? "" : "could not connect to " + bad + " lately",
                Optional.empty());
    }

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) {
        return shifts.stream().collect(Collectors.toMap(s -> s.service().name(), this::lines));
    }

    private List<String> lines(Shift shift) {
        return List.of("switch " + name + ": new connections to " + String.join(", ", shift.to()));
    }

    @Override
    public Applied apply(List<Shift> shifts) {
        Map<String, Done> done = new LinkedHashMap<>();
        for (Shift shift : shifts) {
            if (shift.to().isEmpty()) {
                done.put(shift.service().name(), new Done(Outcome.Kind.REFUSED, "a switch needs a backend", List.of(),
                        seen(), Optional.empty()));
                continue;
            }
            running.allow(shift.to());
            int left = running.report().backends().stream().filter(b -> !b.allowed()).mapToInt(OfBackend::active).sum();
            done.put(shift.service().name(), new Done(Outcome.Kind.MOVED, "set for new connections"
                    + (left == 0 ? "" : "; " + left + " go on where they are"), lines(shift), seen(),
                    Optional.empty()));
        }
        return new Applied(done);
    }

    @Override
    public Traits traits() {
        return new Traits(true, Duration.ZERO, Set.of(), Optional.of(this), Optional.empty(),
                Optional.of((prefixes, told) -> watch(told)));
    }

    /** The switch notices by itself that a backend takes no connections. */
    private Traits.Watch watch(Consumer<String> told) {
        AtomicBoolean open = new AtomicBoolean(true);
        running.watch(what -> {
            if (open.get()) {
                told.accept(what);
            }
        });
        told.accept(Traits.Watch.BEGINS);
        return new Traits.Watch() {

            @Override
            public boolean isOpen() {
                return open.get();
            }

            @Override
            public void close() {
                open.set(false);
            }
        };
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** The switch runs in this process, so there is nothing to keep. */
    @Override
    public boolean ping() {
        return false;
    }

    /** The switch goes on. */
    @Override
    public void close() {}
}
