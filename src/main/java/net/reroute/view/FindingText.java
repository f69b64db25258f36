package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.reroute.core.Text;
import net.reroute.doctor.Finding;

/** Findings of the doctor, as text and as JSON. */
public final class FindingText {

    private static final int INDENT = 6;
    /** More equal findings than these are counted. */
    private static final int NAMED = 3;

    private FindingText() {}

    public static List<String> lines(List<Finding> findings, Style style) {
        List<String> lines = new ArrayList<>();
        Map<List<Object>, List<Finding>> alike = new LinkedHashMap<>();
        findings.forEach(f -> alike.computeIfAbsent(List.of(f.level(), f.text(), generic(f)), k -> new ArrayList<>())
                .add(f));
        alike.values().forEach(group -> {
            if (group.size() > NAMED) {
                lines.addAll(lines(together(group), style));
            } else {
                group.forEach(f -> lines.addAll(lines(f, style)));
            }
        });
        return lines;
    }

    /** A fix that names the place is another one elsewhere; the same fix there is found by its other words. */
    private static String generic(Finding finding) {
        return finding.where().isEmpty() ? finding.fix() : finding.fix().replace(finding.where(), "");
    }

    /** Equal findings are shown once; the fix is that of the first. */
    private static Finding together(List<Finding> group) {
        Finding first = group.getFirst();
        int more = group.size() - NAMED;
        List<String> where = group.stream().map(Finding::where).distinct().toList();
        String places = String.join(", ", where.subList(0, Math.min(NAMED, where.size()))) + " and " + more + " more";
        String fix = first.fix().isEmpty() ? "" : first.fix() + " (and so on for each of the " + group.size() + ")";
        return new Finding(places, first.level(), first.text(), fix);
    }

    private static List<String> lines(Finding finding, Style style) {
        String mark = switch (finding.level()) {
            case GOOD -> style.green("good");
            case NOTE -> style.yellow("note");
            case BAD -> style.red("bad ");
        };
        List<String> lines = new ArrayList<>();
        List<String> wrapped = Text.wrap(finding.where() + " " + finding.text(), style.width() - INDENT);
        lines.add(mark + "  " + wrapped.getFirst());
        wrapped.stream().skip(1).forEach(l -> lines.add("      " + l));
        if (!finding.fix().isEmpty()) {
            lines.add("      " + style.bold("fix: ") + finding.fix());
        }
        return lines;
    }

    public static ArrayNode json(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        findings.forEach(f -> array.addObject().put("where", f.where())
                .put("level", f.level().name().toLowerCase(Locale.ROOT)).put("text", f.text()).put("fix", f.fix()));
        return array;
    }
}
