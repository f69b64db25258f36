package net.reroute.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.control.RouterStatus;
import net.reroute.core.Assignment;
import net.reroute.core.Durations;
import net.reroute.core.Health.State;
import net.reroute.core.Names;
import net.reroute.core.Verdict;
import net.reroute.operations.ServiceState;
import net.reroute.operations.StatusReport;
import net.reroute.operations.StatusReport.OfRouter;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;
import net.reroute.redirect.tcp.SwitchReport;

/** The rows of the status. */
final class StatusTables {

    private static final int NARROW = 60;

    private final StatusReport report;
    private final Style style;
    private final Instant now;
    /** A terminal with few columns: what is left out stands at explain. */
    private final boolean narrow;
    /** Servers by remark. */
    private final Map<String, List<String>> alike = new HashMap<>();

    StatusTables(StatusReport report, Style style) {
        this.report = report;
        this.style = style;
        this.now = report.now();
        this.narrow = style.width() < NARROW;
        report.servers().forEach(s -> s.remarks()
                .forEach(r -> alike.computeIfAbsent(r, k -> new ArrayList<>()).add(s.name())));
    }

    String[] serviceHead() {
        return narrow
                ? new String[]{"SERVICE", "STATE", "AT", "SINCE"}
                : new String[]{"SERVICE", "STATE", "PREFIX", "AT", "SINCE"};
    }

    String[] serverHead() {
        return narrow
                ? new String[]{"SERVER", "STATE", "SINCE", "SEEN"}
                : new String[]{"SERVER", "STATE", "SINCE", "SEEN", "CARRIES"};
    }

    /** Remarks that several servers have: each is said once. */
    List<String> common() {
        return alike.entrySet().stream().filter(e -> e.getValue().size() > 1)
                .map(e -> (e.getValue().size() == report.servers().size() ? "all servers" : Names.some(e.getValue()))
                        + ": " + e.getKey())
                .sorted().toList();
    }

    void service(Table table, OfService s) {
        ServiceState state = s.standing().state();
        String since = s.standing().since().or(() -> s.assignment().map(Assignment::since))
                .map(at -> Durations.age(at, now)).orElse("-");
        if (narrow) {
            table.row(s.service().name(), paint(state, state.shown()), s.where().now(), since);
        } else {
            table.row(s.service().name(), paint(state, state.shown()), s.service().frontend().text(), s.where().now(),
                    since);
        }
        String says = s.standing().full().text(now);
        if (!says.isEmpty()) {
            table.below(says);
        }
    }

    private String paint(ServiceState state, String text) {
        return switch (state) {
            case OUT -> style.red(text);
            case STUCK, UNKNOWN, DRIFT, MOVED, DRAINED, PINNED -> style.yellow(text);
            case OK -> style.green(text);
        };
    }

    static boolean isOdd(OfServer s) {
        return s.worst().state() != State.UP || s.worst().doubt() || s.maintenance().isPresent()
                || !s.warnings().isEmpty();
    }

    void server(Table table, OfServer s) {
        String seen = s.seen().map(at -> Durations.age(at, now) + " ago").orElse("never");
        if (narrow) {
            table.row(s.name(), state(s), Durations.age(s.worst().since(), now), seen);
        } else {
            table.row(s.name(), state(s), Durations.age(s.worst().since(), now), seen, carries(s.carries()));
        }
        String maintenance = s.maintenance().map(m -> "maintenance " + m.by()
                + m.until().map(u -> " until " + MomentText.text(u)).orElse("") + "; 'reroute undrain " + s.name()
                + "' ends it").orElse("");
        String remarks = Stream
                .of(Stream.of(maintenance, s.worst().why()), s.warnings().stream(),
                        s.remarks().stream().filter(r -> alike.get(r).size() == 1))
                .flatMap(t -> t).filter(t -> !t.isEmpty()).collect(Collectors.joining("; "));
        if (!remarks.isEmpty()) {
            table.below(remarks);
        }
    }

    private static String carries(List<String> services) {
        int few = 4;
        return services.size() <= few
                ? String.join(" ", services)
                : String.join(" ", services.subList(0, few)) + " and " + (services.size() - few) + " more";
    }

    private String state(OfServer server) {
        Verdict verdict = server.worst();
        String text = verdict.state() + (verdict.doubt() ? "?" : "") + (server.maintenance().isPresent()
                ? " drained"
                : "");
        boolean good = verdict.candidate() && server.maintenance().isEmpty() && server.warnings().isEmpty();
        if (verdict.state() == State.DOWN) {
            return style.red(text);
        }
        return good ? style.green(text) : style.yellow(text);
    }

    void router(Table table, OfRouter r) {
        RouterStatus status = r.status();
        String state = status.state().name().toLowerCase(Locale.ROOT);
        boolean good = status.state() == RouterStatus.Reachability.REACHABLE;
        table.row(r.name(), good ? style.green(state) : style.red(state), Durations.age(status.since(), now),
                r.read().map(at -> Durations.age(at, now) + " ago").orElse("never"));
        String flows = report.connections().troubles().getOrDefault(r.name(), "");
        String remarks = Stream.of(status.why(), status.next().filter(n -> n.isAfter(now))
                .map(n -> "next try in " + Durations.age(now, n)).orElse(""),
                flows.isEmpty() ? "" : style.yellow("keeps no connections: " + flows))
                .filter(t -> !t.isEmpty()).collect(Collectors.joining("; "));
        if (!remarks.isEmpty()) {
            table.below(remarks);
        }
    }

    Table switches() {
        Table table = new Table("SWITCH", "BACKEND", "NOW", "TAKEN", "FAILED", "");
        report.switches().forEach((name, s) -> s.backends().forEach(b -> table.row(name, b.at(),
                String.valueOf(b.active()), String.valueOf(b.taken()), String.valueOf(b.failed()), remark(b))));
        return table;
    }

    private String remark(SwitchReport.OfBackend backend) {
        if (!backend.allowed()) {
            return style.yellow("gets no new connections");
        }
        return backend.bad() ? style.red("could not be connected to lately") : "";
    }

    Table addresses() {
        Table table = new Table("ADDRESS", "AT", "ANNOUNCED", "CLAIMED BY OTHERS", "");
        report.addresses().forEach(a -> table.row(a.address().toString(), a.away() ? style.yellow(a.at()) : a.at(),
                a.announced() + " times", a.contested() + " times",
                a.trouble().isEmpty() ? "" : style.red(a.trouble())));
        return table;
    }
}
