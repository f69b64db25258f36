package net.reroute.rehearsal;

import java.util.ArrayList;
import java.util.List;
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
                .forEach(s -> told.add(s.name() + " (" + s.frontend().text() + ") is not rehearsed: " + why(s)));
        real.services().values().forEach(s -> s.takeover().filter(t -> s.livesOnLan()).flatMap(PracticeLan::leftOut)
                .ifPresent(text -> told.add(s.name() + ": " + text)));
        return told;
    }

    private static String why(Service service) {
        if (service.switched().isPresent()) {
            return "it has backends that are on no server of the inventory";
        }
        return service.announced().isPresent()
                ? "of speakers, only Linux routers with FRR have a stand-in"
                : "nothing stands in for a router that spreads connections";
    }
}
