package net.reroute.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.control.RouterStatus;
import net.reroute.core.Durations;
import net.reroute.core.Verdict;
import net.reroute.operations.StatusReport;
import net.reroute.operations.StatusReport.ControllerMode;
import net.reroute.operations.StatusReport.OfServer;
import net.reroute.operations.StatusReport.OfService;
import net.reroute.operations.StatusReport.Troubles;
import net.reroute.redirect.tcp.SwitchReport;

/** The status as text: the first page that an admin reads. */
public final class StatusText {

    private final StatusReport report;
    private final Style style;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private StatusText(StatusReport report, Style style) {
        this.report = report;
        this.style = style;
        this.now = report.now();
    }

    public static List<String> lines(StatusReport report, Style style) {
        StatusText text = new StatusText(report, style);
        text.mode(report.mode());
        text.troubles(report.troubles(), report.mode());
        text.windows();
        text.section(text.services());
        text.section(text.servers());
        text.section(text.routers());
        if (!report.addresses().isEmpty()) {
            text.section(text.addresses());
        }
        if (!report.switches().isEmpty()) {
            text.section(text.switches());
        }
        return text.lines;
    }

    // ---- the program itself ---------------------------------------------------------------------------------------

    private void mode(ControllerMode mode) {
        if (!mode.daemon()) {
            lines.add(style.yellow("no daemon is running: nobody watches; this is what a short look saw"));
        }
        if (!mode.configured() && mode.lead().isEmpty()) {
            lines.add(style.yellow("mode: observe; nothing is typed"));
        }
        mode.lead().ifPresent(by -> lines.add(style.yellow("acts, though its inventory says observe, "
                + by + " for " + Durations.age(by.at(), now) + "; 'reroute pause' ends that")));
    }

    private void troubles(Troubles troubles, ControllerMode mode) {
        troubles.journal().ifPresent(t -> lines.add(style.red("the journal cannot be written: " + t)));
        troubles.findings().forEach(f -> lines.add(style.red(f)));
        troubles.log().ifPresent(t -> lines.add(style.red("the log does not flow: " + t)));
        mode.paused().ifPresent(by -> lines.add(style.yellow("paused " + by + " for "
                + Durations.age(by.at(), now) + "; 'reroute resume' ends that")));
        troubles.reload().ifPresent(r -> lines.add(style.red("the reload " + Durations.age(r.at(), now)
                + " ago was refused, the inventory before it is in force: " + r.why())));
        troubles.channels().stream().filter(r -> !r.trouble().isEmpty())
                .forEach(r -> lines.add(style.red("channel " + r.channel() + " does not deliver: "
                        + r.trouble() + " (" + r.waiting() + " waiting)")));
    }

    private void windows() {
        report.windows().forEach(w -> lines.add("planned: maintenance of " + w.server() + " from "
                + MomentText.text(w.from().orElseThrow()) + " until " + MomentText.text(w.until().orElseThrow()) + " "
                + w.by()));
    }

    private void section(Table table) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(table.lines(style));
    }

    // ---- tables ---------------------------------------------------------------------------------------------------

    private Table services() {
        Table table = new Table("SERVICE", "PREFIX", "HOME", "NOW", "READ", "SINCE", "WHY");
        report.services().forEach(s -> table.row(s.service().name(), s.service().frontend().text(),
                home(s), at(s),
                s.where().oldest().map(o -> Durations.age(o, now) + " ago").orElse("never"),
                s.assignment().map(p -> Durations.age(p.since(), now)).orElse("-"), s.why()));
        return table;
    }

    private String at(OfService service) {
        String at = service.where().now();
        if (!service.up()) {
            return style.red(at);
        }
        List<String> home = service.service().preferred(Optional.empty());
        return Set.copyOf(home).equals(Set.copyOf(service.where().servers())) ? at : style.yellow(at);
    }

    /** All services of a name are its home. */
    private static String home(OfService service) {
        List<String> home = service.service().preferred(Optional.empty());
        return service.service().isList() ? String.join("+", home) : service.service().home();
    }

    private Table servers() {
        Table table = new Table("SERVER", "STATE", "SINCE", "SEEN", "");
        report.servers().forEach(s -> table.row(s.name(), state(s.worst()), Durations.age(s.worst().since(), now),
                s.seen().map(at -> Durations.age(at, now)).orElse("never"), remarks(s)));
        return table;
    }

    private String state(Verdict verdict) {
        String text = verdict.state() + (verdict.doubt() ? "?" : "");
        return switch (verdict.state()) {
            case UP -> verdict.doubt() ? style.yellow(text) : style.green(text);
            case DOWN -> style.red(text);
            case UNKNOWN -> style.yellow(text);
        };
    }

    private static String remarks(OfServer server) {
        Optional<String> maintenance = server.maintenance().map(m -> "maintenance " + m.by()
                + m.until().map(u -> " until " + MomentText.text(u)).orElse(""));
        return Stream.concat(maintenance.stream(), server.remarks().stream()).collect(Collectors.joining("; "));
    }

    private Table routers() {
        Table table = new Table("ROUTER", "STATE", "SINCE", "SEEN", "");
        report.routers().forEach((name, router) -> table.row(name,
                router.state() == RouterStatus.Reachability.REACHABLE
                        ? style.green("reachable")
                        : style.red(router.state().name().toLowerCase(Locale.ROOT)),
                Durations.age(router.since(), now), Durations.age(router.seen(), now) + " ago", remark(name, router)));
        return table;
    }

    private String remark(String name, RouterStatus router) {
        String flows = report.connections().troubles().getOrDefault(name, "");
        return Stream.of(router.why(), flows.isEmpty() ? "" : style.yellow("keeps no connections: " + flows))
                .filter(t -> !t.isEmpty()).collect(Collectors.joining("; "));
    }

    private Table switches() {
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

    private Table addresses() {
        Table table = new Table("ADDRESS", "AT", "ANNOUNCED", "CLAIMED BY OTHERS", "");
        report.addresses().forEach(a -> table.row(a.address().toString(), a.away() ? style.yellow(a.at()) : a.at(),
                a.announced() + " times", a.contested() + " times",
                a.trouble().isEmpty() ? "" : style.red(a.trouble())));
        return table;
    }
}
