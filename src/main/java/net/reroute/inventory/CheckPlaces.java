package net.reroute.inventory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.CheckSpec.Test;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Whether a check asks the server that it judges. An address that all servers share is answered by the server that the
 * route points at: one dead server would make all DOWN, one live server all UP.
 */
final class CheckPlaces {

    private static final String SERVER_PUT_IN = Matcher.quoteReplacement(CheckSpec.SERVER);

    private final ProblemList problems;
    private final Sections sections;

    CheckPlaces(ProblemList problems, Sections sections) {
        this.problems = problems;
        this.sections = sections;
    }

    void check(Inventory inventory) {
        inventory.checks().values().stream().filter(c -> !c.askedAt().equals(CheckSpec.SERVER)).forEach(check -> {
            List<Service> users = inventory.services().values().stream()
                    .filter(s -> s.checks().contains(check.name())).toList();
            Node place = value(sections.of("checks").get(check.name()), kind(check));
            complaint(check, users, inventory).ifPresent(c -> problems.at(place, "check " + check.name() + " " + c
                    + "write " + instead(check, place, inventory)));
        });
    }

    /** What is wrong with it, in the middle of a sentence; empty if nothing is. */
    private static Optional<String> complaint(CheckSpec check, List<Service> users, Inventory inventory) {
        return check.asksService() ? atService(check, users, inventory) : atOneAddress(check, users);
    }

    private static Optional<String> atOneAddress(CheckSpec check, List<Service> users) {
        Set<String> servers = new TreeSet<>();
        users.forEach(s -> servers.addAll(s.servers()));
        return servers.size() < 2
                ? Optional.empty()
                : Optional.of("asks " + check.askedAt() + " in the name of " + String.join(", ", servers)
                        + ", so that one answer would speak for all of them; ");
    }

    private static Optional<String> atService(CheckSpec check, List<Service> users, Inventory inventory) {
        for (Service service : users.stream().filter(s -> s.servers().size() > 1).toList()) {
            String at = "asks " + service.address() + ", the address of " + service.name() + ", which is at whatever"
                    + " server ";
            if (service.livesOnLan()) {
                return Optional.of(at + "has taken it over; ");
            }
            if (check.test() instanceof Test.Icmp) {
                return Optional.of(at + "the route points at; ");
            }
            List<String> without = inventory.servers(service.servers()).stream().filter(s -> s.login().isEmpty())
                    .map(Server::name).toList();
            if (!without.isEmpty()) {
                return Optional.of(at + "the route points at; give " + String.join(", ", without)
                        + " a login ('user' and 'key'), so that each server is asked there, or ");
            }
        }
        return Optional.empty();
    }

    private static String kind(CheckSpec check) {
        return switch (check.test()) {
            case Test.Icmp icmp -> "icmp";
            case Test.Tcp tcp -> "tcp";
            case Test.Http http -> "http";
        };
    }

    /** The same check at the server's address; the Host header keeps the name of the site. */
    private static String instead(CheckSpec check, Node place, Inventory inventory) {
        String written = place instanceof ScalarNode s ? s.getValue() : check.askedAt();
        String host = "(\\[[^]]*]|[^/:]*)";
        return switch (check.test()) {
            case Test.Icmp icmp -> "icmp: \"" + CheckSpec.SERVER + "\"";
            case Test.Tcp tcp -> "tcp: \"" + written.replaceFirst("^" + host, SERVER_PUT_IN) + "\"";
            case Test.Http http -> "http: \"" + written.replaceFirst("(?<=://)" + host, SERVER_PUT_IN) + "\""
                    + (http.request().hostHeader().isEmpty() ? site(check, inventory) : "");
        };
    }

    private static String site(CheckSpec check, Inventory inventory) {
        return check.asksService() || isOfService(check.askedAt(), inventory)
                ? ", host: \"" + check.askedAt() + "\""
                : "";
    }

    private static boolean isOfService(String host, Inventory inventory) {
        Address address = Address.parse(host);
        return inventory.services().values().stream().anyMatch(s -> s.prefix().contains(address));
    }

    private static Node value(Node check, String key) {
        return ((MappingNode) check).getValue().stream()
                .filter(t -> t.getKeyNode() instanceof ScalarNode s && s.getValue().equals(key))
                .map(t -> t.getValueNode()).findFirst().orElse(check);
    }
}
