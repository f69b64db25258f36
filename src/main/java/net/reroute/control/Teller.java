package net.reroute.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Decision;
import net.reroute.core.Event;
import net.reroute.core.Event.Kind;
import net.reroute.core.Inventory;
import net.reroute.core.Lines;
import net.reroute.core.Outcome;
import net.reroute.core.Service;
import net.reroute.core.Wish;

/** Makes events of what is recorded. Whoever takes them must return at once. */
final class Teller {

    private static final Map<String, Kind> KINDS = Map.ofEntries(Map.entry("not-moved", Kind.NOT_MOVED),
            Map.entry("takeover", Kind.TAKEOVER), Map.entry("released", Kind.RELEASED),
            Map.entry("router-unreachable", Kind.ROUTER_UNREACHABLE),
            Map.entry("router-refused", Kind.ROUTER_UNREACHABLE), Map.entry("router-back", Kind.ROUTER_BACK),
            Map.entry("drift", Kind.DRIFT), Map.entry("went-back", Kind.DRIFT),
            Map.entry("missing", Kind.DRIFT), Map.entry("not-saved", Kind.TROUBLE),
            Map.entry("not-released", Kind.TROUBLE), Map.entry("probe-blind", Kind.TROUBLE));

    private static final Map<String, String> TROUBLE_OF = Map.of("not-saved", "router", "probe-blind", "service");

    private final Supplier<Inventory> inventory;
    private final Consumer<Event> events;
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    Teller(Supplier<Inventory> inventory, Consumer<Event> events) {
        this.inventory = inventory;
        this.events = events;
    }

    void tell(Kind kind, Map<String, String> facts) {
        Map<String, String> safe = new HashMap<>(facts);
        safe.computeIfPresent("text", (name, text) -> Lines.one(text));
        events.accept(new Event(kind, Instant.now(), safe));
    }

    /** A row that is no outcome and no wish. */
    void said(String row, String subject, String text) {
        Kind kind = KINDS.get(row);
        if (kind == null) {
            return;
        }
        String about = switch (kind) {
            case NOT_MOVED, DRIFT -> "service";
            case ROUTER_UNREACHABLE, ROUTER_BACK -> "router";
            case TROUBLE -> TROUBLE_OF.getOrDefault(row, "server");
            default -> "server";
        };
        if (kind == Kind.NOT_MOVED || kind == Kind.DRIFT) {
            unsettled.add(subject);
        }
        if (kind == Kind.TAKEOVER && !inventory.get().servers().containsKey(subject)) {
            // Of a service's own address: the move tells of it, and this is a remark.
            tell(Kind.TROUBLE, inventory.get().services().containsKey(subject)
                    ? Map.of("service", subject, "text", text)
                    : Map.of("text", text));
            return;
        }
        tell(kind, Map.of(about, subject, "text", text));
    }

    void outcome(Outcome outcome, String text) {
        if (outcome.isShown()) {
            return;
        }
        boolean moved = outcome.made() == Outcome.Made.ALL;
        Service service = outcome.decision().service();
        if (moved) {
            unsettled.remove(service.name());
        } else {
            unsettled.add(service.name());
        }
        Map<String, String> facts = new HashMap<>(facts(outcome.decision()));
        facts.put("text", text);
        tell(moved ? Kind.MOVED : Kind.NOT_MOVED, facts);
        if (moved && !outcome.good()) {
            tell(Kind.TROUBLE, Map.of("service", service.name(), "text", text)); // made, and it does not answer there
        }
    }

    /** What is known of a decision. */
    static Map<String, String> facts(Decision decision) {
        Map<String, String> facts = new HashMap<>();
        facts.put("service", decision.service().name());
        facts.put("prefix", decision.service().prefix().toString());
        facts.put("from", String.join("+", decision.from()));
        facts.put("to", String.join("+", decision.to()));
        facts.put("server", String.join("+", decision.leaving()));
        facts.put("decision", decision.kind().name().toLowerCase(java.util.Locale.ROOT));
        facts.put("text", decision.arrow() + ": " + decision.reason());
        return facts;
    }

    void wish(Wish.Id id, boolean wished, String text) {
        if (id.kind() == Wish.Kind.MAINTENANCE) {
            tell(wished ? Kind.DRAINED : Kind.UNDRAINED, Map.of("server", id.key(), "text", text));
        }
    }

    /** A service is where it should be: whatever kept it from that is over. */
    void settled(String service) {
        if (unsettled.contains(service)) {
            settled(service, service + " is where it should be again");
        }
    }

    /** What kept a service from that is over, in these words. */
    void settled(String service, String text) {
        unsettled.remove(service);
        tell(Kind.SETTLED, Map.of("service", service, "text", text));
    }
}
