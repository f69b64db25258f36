package net.reroute.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses the checks of a service where the source has checks of each server: here they are the same for all. */
final class CommonChecks {

    private final Checks checks;

    CommonChecks(Checks checks) {
        this.checks = checks;
    }

    /**
     * The names of the checks.
     *
     * @param each the checks of each server
     * @param ports how many different ports the servers have
     * @param otherwise in place of checks that cannot be converted
     * @param remarks take what the admin has to know
     */
    List<String> of(List<List<CheckWish>> each, long ports, Optional<CheckWish> otherwise, List<Remark> remarks) {
        List<List<CheckWish>> some = each.stream().filter(c -> !c.isEmpty()).toList();
        long kinds = each.stream().map(CommonChecks::identity).distinct().count();
        if (ports > 1) {
            remarks.add(Remark.note("no 'checks': the servers listen at different ports, and a check asks all servers"
                    + " at the same; a switch passes over a backend that refuses connections"));
            some.stream().flatMap(List::stream).map(CommonChecks::shown).distinct().forEach(c -> remarks
                    .add(Remark.without("the check " + c)));
            return List.of();
        }
        if (some.isEmpty()) {
            return otherwise.map(checks::name).stream().toList();
        }
        if (kinds > 1) {
            remarks.add(Remark.toDo("the servers have different checks in the source; those of the first one that has"
                    + " any stand here for all. There are " + each.stream().map(CommonChecks::all).distinct()
                            .collect(Collectors.joining("; "))));
        }
        return checks.names(some.getFirst());
    }

    private static String identity(List<CheckWish> wishes) {
        return wishes.stream().map(CheckWish::identity).toList().toString();
    }

    private static String all(List<CheckWish> wishes) {
        return wishes.isEmpty() ? "none" : wishes.stream().map(CommonChecks::shown).collect(Collectors.joining(" + "));
    }

    private static String shown(CheckWish wish) {
        String test = wish.test().entrySet().stream().map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        return Plain.text(test) + " every " + Timers.yaml(wish.timers().every());
    }
}
