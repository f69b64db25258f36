package net.reroute.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Target;

/**
 * All that a result depends on: with another of these it would be an answer to another question.
 *
 * @param by the check, or where one logs in to ask for the address
 * @param at the server's address
 * @param service the service's address; null if it does not matter
 */
record Question(Object by, Address at, Address service) {

    /** All that has to be checked for some services, each once. */
    static Set<Target> targets(Inventory of, Collection<Service> services) {
        Set<Target> targets = new LinkedHashSet<>();
        for (Service service : services) {
            for (String server : service.servers()) {
                service.checks().forEach(check -> targets.add(target(of, server, check, service)));
            }
        }
        return targets;
    }

    static Target target(Inventory of, String server, String check, Service service) {
        return new Target(server, check, of.checks().get(check).perService() ? service.name() : "");
    }

    /** All that is to be found out, and whether a server with a login holds the address. */
    static Map<Target, Question> all(Inventory of) {
        Map<Target, Question> questions = new LinkedHashMap<>();
        targets(of, of.services().values()).forEach(t -> questions.put(t, of(of, t)));
        of.services().values().forEach(service -> service.servers().stream()
                .filter(s -> !service.livesOnLan() && of.servers().get(s).login().isPresent())
                .map(s -> new Target(s, Target.ADDRESS, service.name())).forEach(t -> questions.put(t, of(of, t))));
        return questions;
    }

    /** Null if that is not asked. */
    static Question of(Inventory of, Target target) {
        Server server = of.servers().get(target.server());
        Service service = of.services().get(target.service());
        Object by = target.check().equals(Target.ADDRESS) && server != null
                ? server.login().orElse(null)
                : of.checks().get(target.check());
        boolean gone = !target.service().isEmpty()
                && (service == null || !service.servers().contains(target.server()));
        return server == null || by == null || gone
                ? null
                : new Question(by, server.address(), service == null ? null : service.address());
    }
}
