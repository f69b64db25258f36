package net.reroute.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.reroute.core.Text;
import net.reroute.doctor.Finding;

/** Findings of the doctor, as text and as JSON. */
public final class FindingText {

    private static final int INDENT = 6;

    private FindingText() {}

    public static List<String> lines(List<Finding> findings, Style style) {
        List<String> lines = new ArrayList<>();
        findings.forEach(f -> lines.addAll(lines(f, style)));
        return lines;
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
