package net.reroute.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.ClusterSpec;
import net.reroute.core.Inventory;
import net.reroute.core.Service;

/** What a rehearsal does not play, in sentences. */
final class LeftOut {

    private LeftOut() {}

    /** @param real what is played of the whole inventory */
    static List<String> of(Inventory whole, Inventory real) {
        List<String> told = new ArrayList<>();
        whole.redirected().stream().filter(s -> s.dnsName().isEmpty())
                .filter(s -> !real.services().containsKey(s.name()) && !real.switches().containsKey(s.name()))
                .forEach(s -> told.add(s.name() + " (" + s.frontend().text() + ") is not rehearsed: " + why(whole, s)));
        real.services().values().forEach(s -> s.takeover().filter(t -> s.livesOnLan()).flatMap(PracticeLan::leftOut)
                .ifPresent(text -> told.add(s.name() + ": " + text)));
        controllers(whole.settings().cluster()).ifPresent(told::add);
        return told;
    }

    private static Optional<String> controllers(ClusterSpec of) {
        return of.isCluster() && !PracticeControllers.areSeveral(of)
                ? Optional.of("one controller is rehearsed alone: two keep a lease on a router, which has no stand-in")
                : Optional.empty();
    }

    private static String why(Inventory whole, Service service) {
        if (service.switched().isPresent() && PracticeControllers.areSeveral(whole.settings().cluster())) {
            return "several controllers on one machine cannot listen at one port";
        }
        if (service.switched().isPresent()) {
            return "it has backends that are on no server of the inventory";
        }
        return service.announced().isPresent()
                ? "of speakers, only Linux routers with FRR have a stand-in"
                : "nothing stands in for a router that spreads connections";
    }
}
