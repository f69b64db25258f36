package net.reroute.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Intent;
import net.reroute.core.Text;
import net.reroute.operations.StatusReport.OfService;
import net.reroute.operations.StatusReport.Upcoming;

/** Collects what is due: ends of pins, maintenances and soaks, planned maintenances, playbooks. */
record UpcomingQuery(ControllerAccess access, ActiveIntents intents, Instant now) {

    private static final int MOST = 50;

    /** In order of time, the next first. */
    List<Upcoming> of(List<OfService> services) {
        List<Upcoming> all = new ArrayList<>();
        intents.all().values().forEach(i -> all.addAll(of(i)));
        all.addAll(soaks(services));
        access.scheduled().forEach((playbook, at) -> all.add(new Upcoming(at, "playbook " + playbook)));
        return all.stream().filter(u -> u.at().isAfter(now)).sorted(Comparator.comparing(Upcoming::at)).limit(MOST)
                .toList();
    }

    private static List<Upcoming> of(Intent intent) {
        List<Upcoming> all = new ArrayList<>();
        switch (intent.kind()) {
            case WINDOW -> intent.from().ifPresent(f -> all.add(new Upcoming(f,
                    "maintenance of " + intent.server() + " begins, " + intent.by())));
            case MAINTENANCE -> intent.until().ifPresent(u -> all.add(new Upcoming(u,
                    "maintenance of " + intent.key() + " ends")));
            case PIN -> intent.until().ifPresent(u -> all.add(new Upcoming(u,
                    "the pin of " + intent.key() + " to " + intent.server() + " ends")));
            case PAUSE, LEAD -> {
            }
        }
        return all;
    }

    /** Services that return to the same server are told together. */
    private static List<Upcoming> soaks(List<OfService> services) {
        Map<String, List<OfService>> byHome = new LinkedHashMap<>();
        services.stream().filter(s -> s.wishes().soakEnds().isPresent())
                .forEach(s -> byHome.computeIfAbsent(s.service().home(), h -> new ArrayList<>()).add(s));
        List<Upcoming> all = new ArrayList<>();
        byHome.forEach((home, of) -> all.add(new Upcoming(
                of.stream().map(s -> s.wishes().soakEnds().orElseThrow()).min(Instant::compareTo).orElseThrow(),
                (of.size() == 1
                        ? of.getFirst().service().name() + " returns to "
                        : Text.number(of.size()) + " services return to ") + home)));
        return all;
    }
}
