package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.Controller;
import net.reroute.control.Flaps;
import net.reroute.control.RouterStatus;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Expiry;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Placement;
import net.reroute.core.Reading;
import net.reroute.core.Service;
import net.reroute.core.Situation.Cause;
import net.reroute.core.Verdict;
import net.reroute.redirect.arp.GuardedAddress;

/** The page an admin looks at at five in the morning. */
final class StatusView {

    private final Controller controller;
    private final Instant now;
    private final List<Decision> decisions;

    private StatusView(Controller controller, Instant now, List<Decision> decisions) {
        this.controller = controller;
        this.now = now;
        this.decisions = decisions;
    }

    static StatusView of(Controller controller) {
        return new StatusView(controller, controller.clock().instant(),
                controller.decide(controller.situation(Cause.of("status"))));
    }

    boolean allUp() {
        return decisions.stream().allMatch(d -> isUp(d) && controller.drift(d.service().name()).isEmpty());
    }

    /** Every router that was read sends it to servers that are UP, as reroute knows it. */
    private boolean isUp(Decision decision) {
        Whereabouts where = Whereabouts.of(controller, decision);
        return where.state() == Whereabouts.State.PLACED && where.servers().stream()
                .allMatch(s -> verdict(s, decision.service()).state() == State.UP);
    }

    private Verdict verdict(String server, Service service) {
        return service.servers().contains(server)
                ? controller.monitor().verdict(server, service.name())
                : new Verdict(State.UNKNOWN, false, now, now, "not one of its servers");
    }

    // ---- text ----------------------------------------------------------------------------------------------------

    List<String> lines(Console console, Office office) {
        List<String> lines = new ArrayList<>();
        if (!office.isDaemon()) {
            lines.add(console.yellow("no daemon is running: nobody watches; this is what a short look saw"));
        }
        if (!controller.inventory().settings().act() && controller.wishes().lead().isEmpty()) {
            lines.add(console.yellow("mode: observe; nothing is typed"));
        }
        controller.wishes().lead().ifPresent(l -> lines.add(console.yellow("acts, though its inventory says observe, "
                + l.by() + " for " + Durations.age(l.by().at(), now) + "; 'reroute pause' ends that")));
        controller.trouble().ifPresent(t -> lines.add(console.red("the journal cannot be written: " + t)));
        controller.complaints().forEach(c -> lines.add(console.red(c)));
        office.logTrouble().ifPresent(t -> lines.add(console.red("the log does not flow: " + t)));
        controller.wishes().pause().ifPresent(p -> lines.add(console.yellow("paused " + p.by() + " for "
                + Durations.age(p.by().at(), now) + "; 'reroute resume' ends that")));
        office.refusedReload().ifPresent(r -> lines.add(console.red("the reload " + Durations.age(r.at(), now)
                + " ago was refused, the inventory before it is in force: " + r.why())));
        office.outbox().stream().filter(r -> !r.trouble().isEmpty())
                .forEach(r -> lines.add(console.red("nobody is told by "
                        + r.channel() + ": " + r.trouble() + " (" + r.waiting() + " waiting)")));
        controller.wishes().windows().forEach(w -> lines.add("planned: maintenance of " + w.server() + " from "
                + Moment.text(w.from().orElseThrow()) + " until " + Moment.text(w.until().orElseThrow()) + " "
                + w.by()));
        section(lines, services(console), console);
        section(lines, servers(console), console);
        section(lines, routers(console), console);
        if (!controller.takeovers().isEmpty()) {
            section(lines, takeovers(console), console);
        }
        return lines;
    }

    private static void section(List<String> lines, Table table, Console console) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(table.lines(console));
    }

    private Table services(Console console) {
        Table table = new Table("SERVICE", "PREFIX", "HOME", "NOW", "READ", "SINCE", "WHY");
        for (Decision decision : decisions) {
            Service service = decision.service();
            Optional<Placement> placement = controller.placement(service.name());
            Whereabouts where = Whereabouts.of(controller, decision);
            String at = where.now();
            String up = at.equals(service.home()) ? at : console.yellow(at);
            String painted = isUp(decision) ? up : console.red(at);
            table.row(service.name(), service.prefix().toString(), service.home(), painted,
                    where.oldest().map(o -> Durations.age(o, now) + " ago").orElse("never"),
                    placement.map(p -> Durations.age(p.since(), now)).orElse("-"), why(decision, placement));
        }
        return table;
    }

    private String why(Decision decision, Optional<Placement> placement) {
        String service = decision.service().name();
        List<String> parts = new ArrayList<>();
        boolean home = decision.from().equals(List.of(decision.service().home()));
        placement.filter(p -> !home && !p.why().isEmpty()).ifPresent(p -> parts.add(p.why()));
        boolean nowhere = decision.from().isEmpty() && !controller.drift(service).isEmpty();
        boolean told = !parts.isEmpty() && (decision.reason().startsWith("pinned by ")
                || decision.reason().startsWith(decision.service().home() + " is "));
        if (decision.kind() != Decision.Kind.STAY && !nowhere) {
            parts.add((decision.isMove() ? "moving to " + Table.names(decision.to()) + ": " : "") + decision.reason());
        } else if (!decision.reason().equals("at home") && !told && !nowhere) {
            parts.add(decision.reason());
        }
        Map<String, String> drift = controller.drift(service);
        drift.forEach((router, text) -> parts.add(router + " " + text));
        Whereabouts.of(controller, decision).remarks(controller, decision).forEach((router, text) -> {
            if (!drift.containsKey(router)) {
                parts.add(router + " " + text);
            }
        });
        return String.join("; ", parts);
    }

    private Table servers(Console console) {
        Table table = new Table("SERVER", "STATE", "SINCE", "SEEN", "");
        controller.inventory().servers().keySet().forEach(server -> {
            Verdict worst = worst(server);
            if (worst != null) {
                table.row(server, paint(worst, console), Durations.age(worst.since(), now), seen(server),
                        remarks(server, worst));
            }
        });
        return table;
    }

    /** The verdict of the service that thinks least of it. */
    private Verdict worst(String server) {
        return verdicts(server).values().stream().reduce(
                (a, b) -> b.state().ordinal() > a.state().ordinal() && b.state() != State.UP || a.state() == State.UP
                        && b.state() == State.UNKNOWN ? b : a)
                .orElse(null);
    }

    private Map<String, Verdict> verdicts(String server) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        controller.inventory().services().values().stream().filter(s -> s.servers().contains(server))
                .forEach(s -> verdicts.put(s.name(), verdict(server, s)));
        return verdicts;
    }

    private static String paint(Verdict verdict, Console console) {
        String text = verdict.state() + (verdict.doubt() ? "?" : "");
        return switch (verdict.state()) {
            case UP -> verdict.doubt() ? console.yellow(text) : console.green(text);
            case DOWN -> console.red(text);
            case UNKNOWN -> console.yellow(text);
        };
    }

    /** How old the newest evidence is. */
    private String seen(String server) {
        return controller.inventory().services().values().stream().filter(s -> s.servers().contains(server))
                .flatMap(s -> controller.monitor().healths(server, s.name()).values().stream())
                .filter(h -> h.last() != null).map(h -> h.last().at()).max(Instant::compareTo)
                .map(at -> Durations.age(at, now)).orElse("never");
    }

    private String remarks(String server, Verdict worst) {
        Set<String> remarks = new LinkedHashSet<>();
        controller.wishes().maintenance(server, now).ifPresent(m -> remarks.add("maintenance " + m.by()
                + m.until().map(u -> " until " + Moment.text(u)).orElse("")));
        if (!worst.why().isEmpty()) {
            remarks.add(worst.why());
        }
        remarks.addAll(warnings(server));
        boolean proven = controller.inventory().servers().get(server).login().isPresent();
        if (!proven) {
            remarks.add("addresses unproven (no login)");
        }
        return String.join("; ", remarks);
    }

    /** What is not yet a reason to leave it, and will be. */
    private Set<String> warnings(String server) {
        Set<String> warnings = new LinkedHashSet<>();
        for (Service service : controller.inventory().services().values()) {
            if (service.servers().contains(server)) {
                controller.monitor().healths(server, service.name()).forEach((check, health) -> {
                    Flaps.Count count = controller.monitor().failures(server, check, service.name());
                    if (count.isMuch()) {
                        warnings.add(check + " failed " + count);
                    }
                    Expiry.warning(health, Instant.now())
                            .ifPresent(e -> warnings.add("certificate " + e + " (" + check + ")"));
                });
            }
        }
        return warnings;
    }

    private Table routers(Console console) {
        Table table = new Table("ROUTER", "STATE", "SINCE", "SEEN", "");
        controller.routers().forEach((name, status) -> table.row(name,
                status.state() == RouterStatus.State.REACHABLE
                        ? console.green("reachable")
                        : console.red(status.state().name().toLowerCase(java.util.Locale.ROOT)),
                Durations.age(status.since(), now), Durations.age(status.seen(), now) + " ago", status.why()));
        return table;
    }

    private Table takeovers(Console console) {
        Table table = new Table("ADDRESS", "AT", "ANNOUNCED", "CLAIMED BY OTHERS", "");
        controller.takeovers().stream().sorted(Comparator.comparing(GuardedAddress.Report::address))
                .forEach(r -> table.row(r.address().toString(), r.away() ? console.yellow(r.at()) : r.at(),
                        r.announced() + " times", r.contested() + " times",
                        r.trouble().isEmpty() ? "" : console.red(r.trouble())));
        return table;
    }

    // ---- JSON ----------------------------------------------------------------------------------------------------

    ObjectNode json(Office office) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("mode", controller.inventory().settings().act() ? "act" : "observe");
        root.put("acts", controller.acts() && controller.wishes().pause().isEmpty())
                .put("lead", controller.wishes().lead().isPresent()).put("daemon", office.isDaemon());
        root.put("reloadRefused", office.refusedReload().map(Office.Refused::why).orElse(""));
        root.put("log", office.logTrouble().orElse("good"));
        var found = root.putArray("journalFindings");
        controller.complaints().forEach(found::add);
        root.put("paused", controller.wishes().pause().isPresent()).put("journal", controller.trouble().orElse("good"));
        ArrayNode services = root.putArray("services");
        decisions.forEach(d -> services.add(json(d)));
        ArrayNode routers = root.putArray("routers");
        controller.routers().forEach((name, status) -> routers.addObject().put("name", name)
                .put("state", status.state().name().toLowerCase(java.util.Locale.ROOT))
                .put("since", status.since().toString()).put("seen", status.seen().toString())
                .put("why", status.why()));
        ArrayNode addresses = root.putArray("addresses");
        controller.takeovers().forEach(r -> addresses.addObject().put("address", r.address().toString())
                .put("at", r.at()).put("away", r.away()).put("announced", r.announced())
                .put("contested", r.contested()).put("trouble", r.trouble()));
        return root;
    }

    private ObjectNode json(Decision decision) {
        Service service = decision.service();
        Optional<Placement> placement = controller.placement(service.name());
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", service.name())
                .put("prefix", service.prefix().toString()).put("home", service.home()).put("up", isUp(decision));
        Whereabouts where = Whereabouts.of(controller, decision);
        where.servers().forEach(node.putArray("now")::add);
        node.put("state", where.state().word());
        decision.from().forEach(node.putArray("remembered")::add);
        node.set("routers", readings(where, decision));
        node.put("since", placement.map(p -> p.since().toString()).orElse(null));
        node.put("origin", placement.map(p -> p.origin().name().toLowerCase(java.util.Locale.ROOT)).orElse(null));
        node.put("why", why(decision, placement));
        ArrayNode servers = node.putArray("servers");
        service.servers().forEach(server -> servers.add(json(server, service)));
        ObjectNode drift = node.putObject("drift");
        controller.drift(service.name()).forEach(drift::put);
        return node;
    }

    private ArrayNode readings(Whereabouts where, Decision decision) {
        ArrayNode routers = JsonNodeFactory.instance.arrayNode();
        Map<String, String> remarks = where.remarks(controller, decision);
        decision.service().routers().forEach(name -> {
            Reading reading = where.readings().get(name);
            ObjectNode router = routers.addObject().put("name", name)
                    .put("read", reading == null ? null : reading.at().toString());
            ArrayNode hops = router.putArray("nextHops");
            if (reading != null) {
                reading.seen().shown().forEach(hops::add);
            }
            router.put("remark", remarks.getOrDefault(name, ""));
        });
        return routers;
    }

    private ObjectNode json(String server, Service service) {
        Verdict verdict = verdict(server, service);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", server).put("state", verdict.state().name())
                .put("doubt", verdict.doubt()).put("since", verdict.since().toString()).put("why", verdict.why());
        ObjectNode checks = node.putObject("checks");
        controller.monitor().healths(server, service.name()).forEach((check, health) -> {
            Flaps.Count count = controller.monitor().failures(server, check, service.name());
            checks.set(check, json(health).put("failed", count.failed()).put("of", count.of()));
        });
        return node;
    }

    private ObjectNode json(Health health) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("state", health.state().name());
        node.put("said", health.last() == null ? null : health.last().said());
        node.put("certificateUntil", health.last() == null
                ? null
                : health.last().certificateUntil().map(Instant::toString).orElse(null));
        return node.put("at", health.last() == null ? null : health.last().at().toString());
    }
}
