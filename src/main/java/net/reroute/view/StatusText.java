package net.reroute.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import net.reroute.control.RouterStatus;
import net.reroute.core.Durations;
import net.reroute.core.Text;
import net.reroute.journal.JournalRow;
import net.reroute.operations.Attention;
import net.reroute.operations.Headline;
import net.reroute.operations.Sentence;
import net.reroute.operations.ServiceState;
import net.reroute.operations.StatusReport;

/**
 * The status as text: the first screen that an admin reads. It answers three questions in this order: what needs you,
 * what happened, what comes next. Tables follow.
 */
public final class StatusText {

    /** Longer tables show only what is not ordinary. */
    private static final int MANY = 50;
    private static final int INDENT = 2;
    private static final int EVENTS = 5;
    /** Of many that are not ordinary: a screen holds no more. */
    private static final int ROWS = 15;
    private static final int NEEDS = 8;

    private final StatusReport report;
    private final Style style;
    private final Instant now;
    private final Amount amount;
    private final StatusTables tables;
    private final List<String> lines = new ArrayList<>();

    /** How many rows tables have. FEW: up to 50 all, otherwise what is not ordinary. DOWN: only what is not well. */
    public enum Amount {
        FEW, ALL, DOWN
    }

    private StatusText(StatusReport report, Style style, Amount amount) {
        this.report = report;
        this.style = style;
        this.amount = amount;
        this.now = report.now();
        this.tables = new StatusTables(report, style);
    }

    public static List<String> lines(StatusReport report, Style style, Amount amount) {
        StatusText text = new StatusText(report, style, amount);
        text.headline();
        text.mode();
        text.attention();
        text.happened();
        text.coming();
        text.table(report.services(), text.tables::service, s -> s.standing().state() != ServiceState.OK, "service",
                text.tables.serviceHead());
        text.table(report.servers(), text.tables::server, StatusTables::isOdd, "server", text.tables.serverHead());
        if (amount != Amount.DOWN) {
            text.tables.common().forEach(c -> text.wrapped(c, INDENT));
        }
        text.table(report.routers(), text.tables::router,
                r -> r.status().state() != RouterStatus.Reachability.REACHABLE,
                "router", "ROUTER", "STATE", "SINCE", "READ");
        text.section(text.tables.addresses());
        text.section(text.tables.switches());
        return text.lines;
    }

    // ---- the first screen -----------------------------------------------------------------------------------------

    private void headline() {
        Headline headline = Headline.of(report);
        Text.wrap(headline.says().text(now), style.width())
                .forEach(l -> lines.add(style.bold(paint(headline.level(), l))));
    }

    private String paint(Headline.Level level, String line) {
        return switch (level) {
            case GOOD -> style.green(line);
            case NOTE -> line;
            case WARNING -> style.yellow(line);
            case CRITICAL -> style.red(line);
        };
    }

    private void mode() {
        report.mode().lead().ifPresent(by -> wrapped(style.yellow("acts, though its inventory says observe, " + by
                + " for " + Durations.age(by.at(), now) + "; 'reroute pause' ends that"), 0));
    }

    private void attention() {
        List<Attention> all = Attention.of(report);
        part("needs you", all.stream().limit(NEEDS).toList(), a -> paint(a.level(), a.says()
                .and(a.action().map(act -> Sentence.of(act.text()))
                        .orElse(Sentence.NOTHING))
                .text(now)));
    }

    /** Equal events of several services or servers are told once. */
    private void happened() {
        if (amount == Amount.DOWN) {
            return;
        }
        Map<String, List<JournalRow>> alike = new LinkedHashMap<>();
        report.events().last().stream().filter(r -> !r.kind().equals("begun"))
                .forEach(r -> alike.computeIfAbsent(RowText.alike(r), k -> new ArrayList<>()).add(r));
        part("happened", alike.values().stream().limit(EVENTS).toList(), rows -> RowText.when(rows.getFirst().at(), now)
                + "  " + RowText.brief(rows.getFirst())
                + (rows.size() > 1 ? " (and " + Text.count(rows.size() - 1, "other") + " alike)" : ""));
    }

    private void coming() {
        if (amount != Amount.DOWN) {
            part("next", report.events().coming().stream().limit(EVENTS).toList(),
                    u -> RowText.when(u.at(), now) + "  in " + Durations.age(now, u.at()) + ": " + u.what());
        }
    }

    private <T> void part(String title, List<T> of, Function<T, String> text) {
        if (!of.isEmpty()) {
            lines.add("");
            lines.add(style.bold(title));
            of.forEach(o -> wrapped(text.apply(o), INDENT));
        }
    }

    /** The first line is indented by this, the others by twice as much. */
    private void wrapped(String text, int indent) {
        List<String> wrapped = Text.wrap(text, Math.max(20, style.width() - 2 * indent));
        lines.add(" ".repeat(indent) + wrapped.getFirst());
        wrapped.stream().skip(1).forEach(l -> lines.add(" ".repeat(2 * indent) + l));
    }

    // ---- tables ---------------------------------------------------------------------------------------------------

    private interface Row<T> {
        void add(Table table, T of);
    }

    private <T> void table(List<T> all, Row<T> row, Predicate<T> odd, String what, String... head) {
        boolean whole = amount == Amount.ALL || amount == Amount.FEW && all.size() <= MANY;
        List<T> wanted = whole ? all : all.stream().filter(odd).toList();
        List<T> shown = whole || all.size() <= MANY ? wanted : wanted.stream().limit(ROWS).toList();
        int more = all.size() - wanted.size();
        if (!shown.isEmpty()) {
            Table table = new Table(head);
            shown.forEach(of -> row.add(table, of));
            lines.add("");
            lines.addAll(table.lines(style));
        }
        if (shown.size() < wanted.size()) {
            lines.add(Text.count(wanted.size() - shown.size(), what) + " more that "
                    + (wanted.size() - shown.size() == 1
                            ? "is"
                            : "are")
                    + " not ordinary (--all shows them)");
        }
        if (more > 0 && amount == Amount.FEW) {
            lines.add("");
            lines.add(Text.count(more, what) + " ok (--all shows them)");
        }
    }

    private void section(Table table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(style));
        }
    }
}
