package net.reroute.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.reroute.core.Assignments.Adopted;
import net.reroute.core.Decision;
import net.reroute.core.Event;
import net.reroute.core.Event.Kind;
import net.reroute.core.FlowRemarks;
import net.reroute.core.Intent;
import net.reroute.core.Intents;
import net.reroute.core.Intents.IntentMade;
import net.reroute.core.Inventory;
import net.reroute.core.LanRemarks;
import net.reroute.core.Moves.MoveEnded;
import net.reroute.core.NextHopRemarks;
import net.reroute.core.NextHopRemarks.NextHopReleased;
import net.reroute.core.NextHopRemarks.NextHopTaken;
import net.reroute.core.NextHopRemarks.NotReleased;
import net.reroute.core.Outcome;
import net.reroute.core.ProgramRemarks;
import net.reroute.core.Record;
import net.reroute.core.RouteRemarks;
import net.reroute.core.RouteRemarks.Drifted;
import net.reroute.core.RouteRemarks.Held;
import net.reroute.core.RouteRemarks.ProbeBlind;
import net.reroute.core.RouteRemarks.RouteBack;
import net.reroute.core.RouteRemarks.RouteMissing;
import net.reroute.core.RouterRemarks;
import net.reroute.core.RouterRemarks.NotSaved;
import net.reroute.core.RouterRemarks.RouterBack;
import net.reroute.core.RouterRemarks.RouterLost;
import net.reroute.core.RouterRemarks.RouterUnwatched;
import net.reroute.core.Service;
import net.reroute.core.Text;

/** Turns records into events. The receiver of events must return at once. Thread-safe. */
public final class EventPublisher {

    private static final String SERVICE = "service";
    private static final String SERVER = "server";
    private static final String ROUTER = "router";
    private static final String TEXT = "text";

    private final Supplier<Inventory> inventory;
    private final Consumer<Event> events;
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

    EventPublisher(Supplier<Inventory> inventory, Consumer<Event> events) {
        this.inventory = inventory;
        this.events = events;
    }

    void tell(Kind kind, Map<String, String> facts) {
        Map<String, String> safe = new HashMap<>(facts);
        safe.computeIfPresent(TEXT, (name, text) -> Text.one(text));
        events.accept(new Event(kind, Instant.now(), safe));
    }

    private void tell(Kind kind, String about, Record record) {
        tell(kind, Map.of(about, record.subject(), TEXT, record.text()));
    }

    private void trouble(Record record) {
        tell(Kind.TROUBLE, Map.of(TEXT, record.text()));
    }

    void take(Record record) {
        switch (record) {
            case Intents intent -> intent(intent);
            case MoveEnded move -> ended(move);
            case Adopted adopted when adopted.isWarning() -> unsettled(Kind.DRIFT, adopted);
            case RouteRemarks remark -> route(remark);
            case RouterRemarks remark -> router(remark);
            case NextHopRemarks remark -> nextHop(remark);
            case LanRemarks.AddressTaken taken -> tell(Kind.TROUBLE, SERVICE, taken);
            case LanRemarks.AddressRemark remark -> trouble(remark);
            case ProgramRemarks remark -> program(remark);
            case FlowRemarks.FlowsNotKept not -> tell(Kind.TROUBLE, ROUTER, not);
            case FlowRemarks.FlowsCrowded crowded -> tell(Kind.TROUBLE, ROUTER, crowded);
            case FlowRemarks.FlowsMended mended -> tell(Kind.TROUBLE, ROUTER, mended);
            default -> {
            }
        }
    }

    private void unsettled(Kind kind, Record record) {
        unsettled.add(record.subject());
        tell(kind, SERVICE, record);
    }

    private void route(RouteRemarks remark) {
        switch (remark) {
            case Held held when !held.wished() -> unsettled(Kind.NOT_MOVED, held);
            case Drifted drifted when !drifted.observed() -> unsettled(Kind.DRIFT, drifted);
            case RouteMissing missing -> unsettled(Kind.DRIFT, missing);
            case RouteBack back -> settled(back.subject(), back.text());
            case ProbeBlind blind -> tell(Kind.TROUBLE, SERVICE, blind);
            case Held held -> {
            }
            case Drifted drifted -> {
            }
        }
    }

    private void router(RouterRemarks remark) {
        switch (remark) {
            case RouterLost lost -> tell(Kind.ROUTER_UNREACHABLE, ROUTER, lost);
            case RouterBack back -> tell(Kind.ROUTER_BACK, ROUTER, back);
            case NotSaved unsaved -> tell(Kind.TROUBLE, ROUTER, unsaved);
            case RouterUnwatched unwatched -> {
            }
        }
    }

    private void nextHop(NextHopRemarks remark) {
        switch (remark) {
            case NextHopTaken taken -> tell(Kind.TAKEOVER, SERVER, taken);
            case NextHopReleased released -> tell(Kind.RELEASED, SERVER, released);
            case NotReleased held -> tell(Kind.TROUBLE, SERVER, held);
        }
    }

    private void program(ProgramRemarks remark) {
        switch (remark) {
            case ProgramRemarks.Gap gap -> trouble(gap);
            case ProgramRemarks.Late late -> trouble(late);
            case ProgramRemarks.AnchorNotSent anchor -> trouble(anchor);
            case ProgramRemarks.MaintenanceTold told -> tell(
                    told.trouble() ? Kind.TROUBLE : Kind.MAINTENANCE_SOON, SERVER, told);
            case ProgramRemarks.NotTold lost -> {
            }
            case ProgramRemarks.TokenChanged token -> {
            }
            case ProgramRemarks.Played played -> {
            }
        }
    }

    private void ended(MoveEnded move) {
        if (move.isShown()) {
            return;
        }
        boolean moved = move.made() == Outcome.Made.ALL;
        if (moved) {
            unsettled.remove(move.service());
        } else {
            unsettled.add(move.service());
        }
        Optional<Service> service = inventory.get().service(move.service());
        Map<String, String> facts = facts(move.service(),
                service.map(Service::clientsUse).orElse(""), move.from(),
                move.to(), move.decision());
        facts.put(TEXT, move.text());
        tell(moved ? Kind.MOVED : Kind.NOT_MOVED, facts);
        if (moved && move.isWarning()) {
            tell(Kind.TROUBLE, SERVICE, move); // moved, but the probe failed
        }
    }

    /** The facts of an event about this decision. */
    public static Map<String, String> facts(Decision decision) {
        Map<String, String> facts = facts(decision.service().name(), decision.service().clientsUse(),
                decision.from(), decision.to(), decision.kind());
        facts.put(TEXT, decision.arrow() + ": " + decision.reason().text());
        return facts;
    }

    private static Map<String, String> facts(String service, String prefix, List<String> from, List<String> to,
            Decision.Kind kind) {
        Map<String, String> facts = new HashMap<>();
        facts.put(SERVICE, service);
        facts.put("prefix", prefix);
        facts.put("from", String.join("+", from));
        facts.put("to", String.join("+", to));
        facts.put(SERVER, from.stream().filter(s -> !to.contains(s)).collect(Collectors.joining("+")));
        facts.put("decision", kind.name().toLowerCase(Locale.ROOT));
        return facts;
    }

    private void intent(Intents intent) {
        if (intent.id().kind() == Intent.Kind.MAINTENANCE) {
            tell(intent instanceof IntentMade ? Kind.DRAINED : Kind.UNDRAINED, SERVER, intent);
        }
    }

    /** Reports that a service is where it should be, if it was reported otherwise before. */
    void settled(String service) {
        if (unsettled.contains(service)) {
            settled(service, service + " is where it should be again");
        }
    }

    /** Publishes the end of a problem. */
    private void settled(String service, String text) {
        unsettled.remove(service);
        tell(Kind.SETTLED, Map.of(SERVICE, service, TEXT, text));
    }
}
