package net.reroute.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Durations;
import net.reroute.core.Frontend.DnsName;
import net.reroute.core.Frontend.Lifetime;
import net.reroute.core.Names;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.Zone;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a name in DNS whose records list services. */
final class DnsNameReader {

    private static final List<String> KEYS = Fields.keys(List.of("services", "answers", "choose", "weights", "ttl",
            "degraded-ttl", "patience", "failback", "soak"), ZoneReader.KEYS);
    private static final Duration LONGEST_TTL = Duration.ofDays(7);

    private enum NameChoose {
        ORDERED, LOAD
    }

    private final ProblemList problems;
    private final Sections sections;
    private final Map<String, Service> services;
    private final ZoneReader zones;
    private final Map<String, Zone> known = new HashMap<>();

    /** @param services that were read without mistakes */
    DnsNameReader(ProblemList problems, Sections sections, LoginReader secrets, Map<String, Service> services) {
        this.problems = problems;
        this.sections = sections;
        this.services = services;
        this.zones = new ZoneReader(secrets);
    }

    Optional<Service> read(String name, Node node) {
        Fields fields = new Fields(problems, "name " + name, node, KEYS);
        List<String> listed = listed(fields);
        Map<String, List<Address>> records = records(fields, listed);
        Optional<Zone> zone = zones.read(fields).filter(z -> isConsistent(fields, name, z));
        Rules rules = rules(fields, listed.size());
        Lifetime lives = lives(fields);
        Duration patience = fields.duration("patience", Duration.ofSeconds(5));
        return zone.filter(z -> !listed.isEmpty()).map(z -> new Service(name,
                new DnsName(z, records, lives, patience), listed, List.of(), List.of(z.device()), rules,
                Optional.empty()));
    }

    private List<String> listed(Fields fields) {
        int before = problems.count();
        Map<String, Node> listed = fields.listed("services");
        if (listed.isEmpty() && problems.count() == before) {
            fields.problem("services", fields.what() + " has no services; write services: [www-1, www-2]");
        }
        listed.forEach((service, at) -> {
            if (!sections.mayHave("services", service)) {
                problems.at(at, "unknown service '" + service + "'"
                        + Names.didYouMean(service, sections.names("services")));
            }
        });
        return List.copyOf(listed.keySet());
    }

    /** The address of each service, and for one of more weight the addresses that follow it in its prefix. */
    private Map<String, List<Address>> records(Fields fields, List<String> listed) {
        Map<String, String> weights = fields.pairs("weights");
        weights.keySet().stream().filter(w -> !listed.contains(w)).forEach(w -> fields.problem("weights",
                "'weights' has " + w + ", which is none of the services" + Names.didYouMean(w, listed)));
        Map<String, List<Address>> records = new LinkedHashMap<>();
        Map<Address, String> taken = new HashMap<>();
        for (String name : listed) {
            Optional.ofNullable(services.get(name))
                    .ifPresent(s -> records.put(name, addresses(fields, s, weights.getOrDefault(name, "1"))));
            records.getOrDefault(name, List.of()).forEach(a -> {
                String other = taken.putIfAbsent(a, name);
                if (other != null) {
                    fields.problem("services", name + " and " + other + " have the same address " + a);
                }
            });
        }
        return records;
    }

    private List<Address> addresses(Fields fields, Service service, String weight) {
        int count = weight.matches("[1-9]\\d?") ? Integer.parseInt(weight) : 0;
        if (count == 0) {
            fields.problem("weights", "a weight is from 1 to 99, not " + weight);
        }
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(service.address().plus(i));
        }
        boolean whole = service.prefix().length() >= service.address().width() - 1;
        Optional<Address> last = addresses.isEmpty() ? Optional.empty() : Optional.of(addresses.getLast());
        boolean broadcast = last.filter(a -> !a.v6() && !whole && !service.prefix().contains(a.plus(1))).isPresent();
        if (last.filter(a -> !service.prefix().contains(a)).isPresent() || broadcast) {
            fields.problem("weights", "the prefix " + service.prefix() + " of " + service.name() + " has no " + count
                    + " addresses from " + service.address() + " on, and each stands for a weight of 1");
        }
        return addresses;
    }

    private boolean isConsistent(Fields fields, String name, Zone zone) {
        boolean within = name.equals(zone.name()) || name.endsWith("." + zone.name());
        if (!within && DnsNameText.complaint(name).isEmpty()) {
            fields.problem("zone", name + " is not in the zone " + zone.name());
        }
        Zone before = known.putIfAbsent(zone.name(), zone);
        if (before != null && !before.equals(zone)) {
            fields.problem("zone", "the zone " + zone.name() + " has other servers, tsig, file or reload here than at"
                    + " the names before; all names of a zone have the same");
        }
        return true;
    }

    private static Rules rules(Fields fields, int services) {
        int answers = RulesReader.share(fields, "answers", Math.max(1, services), services, "services");
        Choose choose = fields.choice("choose", NameChoose.class, NameChoose.ORDERED) == NameChoose.LOAD
                ? Choose.LOAD
                : Choose.ORDERED;
        return RulesReader.read(fields, Policy.ANY, answers, choose);
    }

    private static Lifetime lives(Fields fields) {
        Duration whole = ttl(fields, "ttl", Duration.ofMinutes(5));
        Duration usual = Duration.ofSeconds(30);
        Duration degraded = ttl(fields, "degraded-ttl", whole.compareTo(usual) < 0 ? whole : usual);
        if (degraded.compareTo(whole) > 0) {
            fields.problem("degraded-ttl", "'degraded-ttl' (" + Durations.text(degraded)
                    + ") is never longer than 'ttl' (" + Durations.text(whole) + ")");
        }
        return new Lifetime(whole, degraded);
    }

    /** Whole seconds (RFC 2181, 8). A ttl of zero is legal, and some resolvers do not heed it. */
    private static Duration ttl(Fields fields, String key, Duration otherwise) {
        return fields.value(key, text -> {
            Duration ttl = FieldValues.duration(key, text);
            if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0 || ttl.getNano() != 0) {
                throw new IllegalArgumentException("'" + key + "' is from 1s to 7d in whole seconds, not "
                        + Durations.text(ttl));
            }
            return ttl;
        }).orElse(otherwise);
    }
}
