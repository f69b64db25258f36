package net.reroute.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.RouterStatus;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Expiry;
import net.reroute.core.Flows;
import net.reroute.core.Frontend;
import net.reroute.core.Names;
import net.reroute.core.Reading;
import net.reroute.core.Service;
import net.reroute.core.Text;
import net.reroute.core.Verdict;
import net.reroute.health.Turns;
import net.reroute.operations.CheckReport;
import net.reroute.operations.Explanation;
import net.reroute.operations.Explanation.Carried;
import net.reroute.operations.Explanation.Route;
import net.reroute.operations.HistoryReport;

/** The steps from the checks to the decision, as text. */
public final class ExplanationText {

    private static final int INDENT = 4;
    private static final int MANY = 20;

    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private ExplanationText(Instant now) {
        this.now = now;
    }

    public static List<String> lines(Explanation explanation, Style style) {
        ExplanationText text = new ExplanationText(explanation.now());
        switch (explanation) {
            case Explanation.OfService service -> text.service(service);
            case Explanation.OfServer server -> text.server(server);
            case Explanation.OfRouter router -> text.router(router);
        }
        text.events(explanation.events(), style);
        return text.lines.stream().flatMap(l -> wrapped(l, style.width()).stream()).toList();
    }

    /** Further lines stand a little more to the right. */
    private static List<String> wrapped(String line, int width) {
        if (line.length() <= width) {
            return List.of(line);
        }
        int indent = line.length() - line.stripLeading().length() + INDENT;
        List<String> first = Text.wrap(line, width);
        List<String> all = new ArrayList<>(List.of(first.getFirst()));
        String rest = line.substring(Math.min(line.length(), first.getFirst().length())).strip();
        Text.wrap(rest, Math.max(20, width - indent)).forEach(l -> all.add(" ".repeat(indent) + l));
        return all;
    }

    private void service(Explanation.OfService e) {
        Decision decision = e.decision();
        Service service = decision.service();
        lines.add(service.name() + " (" + about(service) + ") is at " + e.where().now() + "; its home is "
                + (service.isList() ? Table.names(service.servers()) : service.home()));
        e.where().readings().forEach((router, reading) -> lines.add("  router " + router + " was read "
                + Durations.age(reading.at(), now) + " ago: " + shown(service, reading)));
        e.assignment().ifPresent(p -> lines.add("  there for " + Durations.age(p.since(), now) + ": " + p.why()));
        lines.add("  decision: " + decision.kind().name().toLowerCase(Locale.ROOT)
                + (decision.isMove() ? " to " + Table.names(decision.to()) : "") + ", " + decision.reason().text());
        e.pin().ifPresent(p -> lines.add("  pinned to " + p.server() + " " + p.by()
                + p.until().map(u -> " until " + MomentText.text(u)).orElse("")));
        e.drift().forEach((router, text) -> lines.add("  router " + router + " " + text));
        String member = switch (service.frontend()) {
            case Frontend.Routed routed -> "server";
            case Frontend.Balanced balanced -> "server";
            case Frontend.Announced announced -> "site";
            case Frontend.DnsName name -> "service";
            case Frontend.Switched switched -> "backend";
        };
        flows(service.flows()).ifPresent(lines::add);
        e.candidates().forEach(c -> candidate(member, c));
        e.left().forEach((server, live) -> lines.add("  connections at " + server + ", which carries nothing new: "
                + live));
    }

    private static Optional<String> flows(Flows flows) {
        return switch (flows.mode()) {
            case FOLLOW -> Optional.empty();
            case KEEP -> Optional.of("  connections stay at their server when it moves"
                    + flows.patience().map(p -> ", for at most " + Durations.text(p)).orElse(""));
            case CUT -> Optional.of("  connections are reset when it moves");
        };
    }

    private static String about(Service service) {
        return switch (service.frontend()) {
            case Frontend.Routed routed -> routed.prefix() + ", address " + routed.address();
            case Frontend.DnsName name -> name.text() + ", ttl " + Durations.text(name.lives().whole());
            case Frontend.Switched switched -> "switch at " + switched.text();
            case Frontend.Balanced balanced -> "virtual server at " + balanced.text();
            case Frontend.Announced announced -> announced.prefix() + " by BGP";
        };
    }

    private static String shown(Service service, Reading reading) {
        List<String> shown = reading.seen().shown();
        String what = service.isList() ? service.carrier() : "next hop";
        return (shown.isEmpty() ? "no " + service.carrier() : what + " " + String.join(", ", shown))
                + (reading.seen().remark().isEmpty() ? "" : "; it " + reading.seen().remark());
    }

    private void candidate(String member, Explanation.Candidate c) {
        lines.add("  " + member + " " + c.server() + ": " + state(c.verdict()) + " for "
                + Durations.age(c.verdict().since(), now)
                + c.maintenance().map(m -> ", in maintenance " + m.by()).orElse("")
                + (c.checks().isEmpty() && !c.verdict().why().isEmpty() ? ": it is " + c.verdict().why() : ""));
        c.checks().forEach(this::check);
        if (c.unproven()) {
            lines.add("      address: unproven, there is no login to ask with");
        }
    }

    private static String state(Verdict verdict) {
        return verdict.state() + (verdict.doubt() ? " but in doubt" : "");
    }

    private void check(CheckReport check) {
        var health = check.health();
        String last = health.last() == null
                ? "not run yet"
                : health.last().said() + " " + Durations.age(health.last().at(), now) + " ago, took "
                        + Durations.text(health.last().took());
        String counter = health.against() == 0 ? "" : ", " + health.against() + " in a row against it";
        String often = check.steady().failures().isMuch() ? ", failed " + check.steady().failures() : "";
        String flapping = check.steady().isFlapping()
                ? ", " + Turns.flapping(check.steady().turns())
                : "";
        String expiry = Expiry.warning(health, Instant.now()).map(e -> ", its certificate " + e).orElse("");
        String limits = check.timers().map(t -> "; every " + Durations.text(t.every()) + ", fall " + t.fall()
                + ", rise " + t.rise()).orElse("");
        lines.add("      " + check.name() + ": " + health.state() + counter + often + flapping + expiry + " (" + last
                + limits
                + ")");
    }

    private void server(Explanation.OfServer e) {
        lines.add(e.server().name() + " (" + e.server().address() + ", next hop " + e.server().nextHop() + ")");
        e.maintenance().ifPresent(m -> lines.add("  in maintenance " + m.by()
                + m.until().map(u -> " until " + MomentText.text(u)).orElse("")));
        Map<List<Object>, List<Carried>> alike = new LinkedHashMap<>();
        e.services().forEach(s -> alike.computeIfAbsent(List.of(s.here(), s.verdict().state(), s.verdict().doubt(),
                s.checks()), k -> new ArrayList<>()).add(s));
        Collection<List<Carried>> groups = alike.values();
        boolean many = groups.size() > MANY; // each service has health of its own: only what is not ordinary
        groups.stream().filter(g -> !many || !g.getFirst().verdict().candidate()).forEach(this::carried);
        long more = many ? groups.stream().filter(g -> g.getFirst().verdict().candidate()).count() : 0;
        if (more > 0) {
            lines.add("  and " + more + " services for which it is UP ('reroute explain SERVICE' shows their checks)");
        }
        e.left().forEach((service, live) -> lines.add("  connections of " + service + ", which it carries no more: "
                + live));
    }

    /** Services with the same checks: these are shown once. */
    private void carried(List<Carried> group) {
        Carried first = group.getFirst();
        String carries = " (carries " + (group.size() == 1 ? "it" : "them") + ")";
        lines.add("  for " + Names.some(group.stream().map(Carried::service).toList())
                + (first.here() ? carries : "") + ": "
                + state(first.verdict()) + " for " + Durations.age(first.verdict().since(), now));
        first.checks().forEach(this::check);
    }

    private void router(Explanation.OfRouter e) {
        RouterStatus status = e.router().status();
        lines.add(e.router().name() + " is " + status.state().name().toLowerCase(Locale.ROOT) + " for "
                + Durations.age(status.since(), now) + (status.why().isEmpty() ? "" : ": " + status.why()));
        status.next().ifPresent(n -> lines.add("  next try in " + Durations.age(now, n)));
        lines.add("  read " + e.router().read().map(r -> Durations.age(r, now) + " ago").orElse("never"));
        List<Route> odd = e.services().stream().filter(r -> !r.remark().isEmpty()).toList();
        List<Route> shown = e.services().size() > MANY ? odd : e.services();
        shown.forEach(r -> lines.add("  " + r.service() + " (" + r.prefix() + "): " + (r.nextHops().isEmpty()
                ? "nothing"
                : String.join(", ", r.nextHops())) + (r.remark().isEmpty() ? "" : "; it " + r.remark())));
        if (e.services().size() > shown.size()) {
            lines.add("  and " + (e.services().size() - shown.size()) + " services as decided");
        }
    }

    private void events(HistoryReport events, Style style) {
        lines.add(events.rows().isEmpty() && events.missing().isEmpty() ? "  no events are known" : "  last events:");
        events.rows().forEach(e -> Text.wrap(MomentText.exact(e.at()) + "  " + e.text(), style.width() - INDENT)
                .forEach(l -> lines.add("    " + l)));
        events.missing().ifPresent(m -> lines.add("    (" + m + ")"));
    }
}
