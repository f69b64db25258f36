package net.reroute.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.check.Check;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Target;

/**
 * Everything that a result depends on. If any of it changes, earlier results no longer count.
 *
 * @param by the check, or the login that is used to ask for the address
 * @param at the server's address
 * @param service the service's address; null if the result does not depend on it
 */
record Question(Object by, Address at, Address service) {

    /** Runs a check with this question, and blocks meanwhile. */
    CheckResult ask(Check check) {
        return check.run(at, service == null ? at : service);
    }

    /** Everything that must be checked for some services, each target once. */
    static Set<Target> targets(Inventory of, Collection<Service> services) {
        Set<Target> targets = new LinkedHashSet<>();
        for (Service service : services) {
            service.checkedMembers().stream().flatMap(m -> of.behind(service, m).stream())
                    .forEach(server -> service.checks()
                            .forEach(check -> targets.add(target(of, server.name(), check, service))));
        }
        return targets;
    }

    static Target target(Inventory of, String server, String check, Service service) {
        return new Target(server, check, of.checks().get(check).perService() ? service.name() : "");
    }

    /** The target of a check, for a server of a service or a backend of a switch; empty if nothing is counted there. */
    static Optional<Target> target(Inventory of, String member, String check, String service) {
        return check.equals(Target.ADDRESS)
                ? Optional.empty()
                : of.checked(service).flatMap(s -> of.behind(s, member).map(b -> target(of, b.name(), check, s)));
    }

    /** All questions: the checks, and for servers with a login whether they hold the address. */
    static Map<Target, Question> all(Inventory of) {
        Map<Target, Question> questions = new LinkedHashMap<>();
        targets(of, of.checked().toList()).forEach(t -> questions.put(t, of(of, t)));
        of.services().values().forEach(service -> service.checkedMembers().stream()
                .filter(s -> !service.livesOnLan() && service.isHeld() && of.servers().get(s).login().isPresent())
                .map(s -> new Target(s, Target.ADDRESS, service.name())).forEach(t -> questions.put(t, of(of, t))));
        return questions;
    }

    /** Null if the inventory does not ask this. */
    static Question of(Inventory of, Target target) {
        Server server = of.servers().get(target.server());
        Service service = of.services().get(target.service());
        Object by = target.check().equals(Target.ADDRESS) && server != null
                ? server.login().orElse(null)
                : of.checks().get(target.check());
        boolean gone = !target.service().isEmpty()
                && (service == null || !service.checkedMembers().contains(target.server()));
        boolean held = !target.check().equals(Target.ADDRESS) || service == null || service.isHeld();
        if (server == null || by == null || gone || !held) {
            return null;
        }
        return new Question(by, server.address(), service == null ? null : service.address());
    }
}
