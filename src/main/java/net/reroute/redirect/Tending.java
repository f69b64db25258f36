package net.reroute.redirect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;

/**
 * A redirector whose device also keeps connections.
 *
 * @param main redirects
 * @param monitoring of what keeps connections; empty if nothing does
 */
public record Tending(Redirector main, Connections connections,
        Optional<Traits.Monitoring> monitoring) implements Redirector {

    @Override
    public Map<String, Seen> look(Collection<Service> services) throws RedirectException {
        return main.look(services);
    }

    @Override
    public Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException {
        return main.preview(shifts);
    }

    @Override
    public Applied apply(List<Shift> shifts) throws RedirectException {
        return main.apply(shifts);
    }

    @Override
    public Traits traits() {
        Traits traits = main.traits();
        return new Traits(traits.shares(), traits.effect(), traits.addresses(), traits.session(), traits.saving(),
                traits.monitoring().map(m -> Watches.beside(m, monitoring)),
                Optional.of(connections));
    }

    @Override
    public void close() {
        main.close();
    }
}
