package net.reroute.simulation.linux;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.simulation.linux.LinuxRoute.Hop;

/** Parses the words after {@code ip route add}, {@code replace}, {@code del} and the like. */
final class IpRouteParser {

    static final Set<String> TYPES = Set.of("unicast", "local", "broadcast", "multicast", "anycast", "blackhole",
            "unreachable", "prohibit", "throw");
    /** Types that go to the kernel's local table if none is given. */
    private static final Set<String> OF_ITSELF = Set.of("local", "broadcast", "anycast");
    private static final List<String> PREFS = List.of("low", "medium", "high");
    /** The largest MTU that the kernel stores for IPv4. */
    private static final long LARGEST_MTU = 65_520;

    private final IpArguments words;
    private final LinuxNetwork network;
    private final RouteRequest request = new RouteRequest();
    private Optional<Boolean> v6;

    /** @param v6 the family given; empty: the prefix decides */
    IpRouteParser(IpArguments words, LinuxNetwork network, Optional<Boolean> v6) {
        this.words = words;
        this.network = network;
        this.v6 = v6;
    }

    RouteRequest read() throws IpFailure {
        while (words.hasNext()) {
            String word = words.next();
            if (!hop(word) && !property(word) && !metric(word)) {
                destination(word);
            }
        }
        return request;
    }

    private boolean hop(String word) throws IpFailure {
        switch (word) {
            case "via" -> via();
            case "dev", "oif" -> request.dev = Optional.of(device(words.need()));
            case "onlink" -> request.onlink = true;
            case "nexthop" -> nexthop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void via() throws IpFailure {
        if (request.via.isPresent()) {
            throw IpFailure.wrong("via", "use nexthop syntax to specify multiple via");
        }
        request.via = Optional.of(gateway());
    }

    private Address gateway() throws IpFailure {
        if (words.take("inet6")) {
            return words.address(true);
        }
        return words.address(!words.take("inet") && v6.orElse(false));
    }

    private String device(String name) throws IpFailure {
        if (network.link(name).isEmpty()) {
            throw IpFailure.mild("Cannot find device \"" + name + "\"");
        }
        return name;
    }

    private void nexthop() throws IpFailure {
        if (!words.hasNext()) {
            throw IpFailure.fatal("Error: unexpected end of line after \"nexthop\"", 255);
        }
        Optional<Address> via = Optional.empty();
        String dev = "";
        int weight = 1;
        boolean onlink = false;
        while (words.hasNext() && !words.peek().equals("nexthop")) {
            String word = words.next();
            switch (word) {
                case "via" -> via = Optional.of(gateway());
                case "dev" -> dev = deviceOfHop();
                case "weight" -> weight = weight();
                case "onlink" -> onlink = true;
                default -> throw IpFailure
                        .fatal("Error: \"nexthop\" or end of line is expected instead of \"" + word + "\"", 255);
            }
        }
        request.nexthops.add(new Hop(via, dev, weight, onlink));
    }

    private String deviceOfHop() throws IpFailure {
        String name = words.need();
        if (network.link(name).isEmpty()) {
            throw IpFailure.fatal("Cannot find device \"" + name + "\"\nError: cannot parse nexthop", 255);
        }
        return name;
    }

    private int weight() throws IpFailure {
        String why = "\"weight\" is invalid";
        int weight = (int) words.number(256, why);
        if (weight == 0) {
            throw IpFailure.wrong("0", why);
        }
        return weight;
    }

    /** Some words may be abbreviated. The order of the tests is iproute2's: the first match counts. */
    private boolean property(String word) throws IpFailure {
        if (word.equals("src")) {
            request.src = Optional.of(words.address(v6.orElse(false)));
        } else if (anyMatches(word, "metric", "priority", "preference")) {
            request.metric = OptionalLong.of(words.number(0xFFFF_FFFFL, "\"metric\" value is invalid"));
        } else if (word.equals("scope")) {
            request.scope = Optional.of(words.scope());
        } else if (word.equals("pref")) {
            request.pref = pref();
        } else if (anyMatches(word, "protocol")) {
            request.proto = Optional.of(words.proto("\"protocol\" value is invalid"));
        } else if (anyMatches(word, "table")) {
            request.table = words.table("\"table\" value is invalid");
        } else {
            return false;
        }
        return true;
    }

    private static boolean anyMatches(String word, String... full) {
        return !word.equals("pref") && List.of(full).stream().anyMatch(f -> IpArguments.matches(word, f));
    }

    private String pref() throws IpFailure {
        String word = words.need();
        if (!PREFS.contains(word)) {
            throw IpFailure.wrong(word, "\"pref\" value is invalid");
        }
        return word;
    }

    private boolean metric(String word) throws IpFailure {
        if (!RouteRequest.METRICS.contains(word)) {
            return false;
        }
        String lock = words.take("lock") ? "lock " : "";
        long value = words.number(0xFFFF_FFFFL, "\"" + word + "\" value is invalid");
        request.metrics.put(word, lock + (word.equals("mtu") ? Math.min(value, LARGEST_MTU) : value));
        return true;
    }

    private void destination(String word) throws IpFailure {
        String net = word.equals("to") ? words.need() : word;
        if (TYPES.contains(net)) {
            request.type = Optional.of(net);
            request.table = OF_ITSELF.contains(net) ? LinuxTable.LOCAL : request.table;
            net = words.need();
        }
        if (request.net.isPresent()) {
            throw IpFailure.fatal("Error: either \"to\" is duplicate, or \"" + net + "\" is a garbage.", 255);
        }
        IpNet parsed = IpArguments.net(net, v6);
        request.net = Optional.of(parsed);
        v6 = Optional.of(parsed.address().v6());
    }
}
