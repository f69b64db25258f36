package net.reroute.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import net.reroute.core.Service.Choose;

/** The order in which servers are preferred. */
final class PreferenceOrder {

    private PreferenceOrder() {}

    /** The servers of a service in order of preference: pinned, home, then as listed or by load. */
    static List<String> of(Service service, Optional<String> pinned, ToDoubleFunction<String> load) {
        boolean equal = service.isList(); // a list has no home
        Stream<String> home = equal ? Stream.empty() : Stream.of(service.home());
        Stream<String> backups = service.servers().stream().skip(equal ? 0 : 1);
        if (service.rules().choose() != Choose.ORDERED) {
            backups = backups.sorted(Comparator.comparingDouble(load));
        }
        return Stream.of(pinned.stream(), home, backups).flatMap(s -> s).distinct().toList();
    }
}
