package net.reroute.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.reroute.cluster.Cluster;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health.State;
import net.reroute.core.RecordedState;
import net.reroute.core.Sightings.Sight;
import net.reroute.core.Target;
import net.reroute.health.Vantages;

/** What the other members of a cluster see, from their records. */
record ClusterVantages(Cluster cluster, Supplier<RecordedState> state) implements Vantages {

    /** @param counting the other members whose evidence counts */
    private record Frozen(String self, boolean counts, List<String> counting, Map<Sight, Settled> sights)
            implements
                Vantages {

        @Override
        public Map<String, Settled> others(Target target) {
            Map<String, Settled> others = new LinkedHashMap<>();
            for (String member : counting) {
                Settled seen = sights.get(new Sight(member, target));
                if (seen != null && seen.state() != State.UNKNOWN) {
                    others.put(member, seen);
                }
            }
            return others;
        }
    }

    @Override
    public Vantages frozen() {
        List<String> counting = cluster.votes().vantages().stream()
                .filter(m -> !m.equals(cluster.name()) && cluster.votes().counts(m)).toList();
        return new Frozen(cluster.name(), counts(), counting, state.get().sights());
    }

    @Override
    public boolean counts() {
        return cluster.votes().counts(cluster.name());
    }

    @Override
    public Map<String, Settled> others(Target target) {
        return frozen().others(target);
    }

    @Override
    public String self() {
        return cluster.name();
    }
}
