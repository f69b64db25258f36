package net.reroute.inventory;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.FlowMarks;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;

/** Mistakes about connections that are kept or cut, which show only when everything has been read. */
final class FlowChecks {

    private final ProblemList problems;
    private final Sections sections;
    private final Inventory inventory;

    FlowChecks(ProblemList problems, Sections sections, Inventory inventory) {
        this.problems = problems;
        this.sections = sections;
        this.inventory = inventory;
    }

    void check() {
        inventory.services().values().stream().filter(s -> s.flows().marked()).forEach(this::routers);
        inventory.routers().values().forEach(this::room);
    }

    private void routers(Service service) {
        String flows = "'flows: " + service.flows().mode().name().toLowerCase(Locale.ROOT) + "' of " + service.name();
        service.routers().stream().map(inventory.routers()::get).filter(r -> r != null && r.cli().isPresent())
                .forEach(r -> problems.at(sections.key("services", service.name()), flows + " needs routers with Linux,"
                        + " and " + r.name() + " speaks " + r.dialect() + "; take it away, or name other routers"));
    }

    private void room(RouterSpec router) {
        Set<Address> hops = inventory.services().values().stream()
                .filter(s -> s.flows().marked() && s.routers().contains(router.name()))
                .flatMap(s -> inventory.nextHops(s.servers()).stream()).collect(Collectors.toSet());
        if (hops.stream().map(Address::bare).distinct().count() < hops.size()) {
            problems.at(sections.key("routers", router.name()), "services with 'flows:' of " + router.name()
                    + " have the same link-local next hop on two interfaces, which cannot be told apart; give the servers"
                    + " other ones");
        }
        FlowMarks marks = router.marks();
        // a slot may look like the marks of virtual servers
        if (hops.size() > marks.slots() - 1) {
            problems.at(sections.key("routers", router.name()), "the marks 0x" + Long.toHexString(marks.mask()) + " of "
                    + router.name() + " have room for " + (marks.slots() - 1) + " next hops, and its services with"
                    + " 'flows:' have " + hops.size() + "; write flows: {marks: 0xfff00000} there");
        }
    }
}
