package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.reroute.convert.Draft.Section;
import net.reroute.core.Text;

/** Writes a draft as lines of YAML with comments. */
final class InventoryWriter {

    private static final int WIDTH = 116;

    private final List<String> lines = new ArrayList<>();

    private InventoryWriter() {}

    /** @param tools what was converted, a line each */
    static List<String> lines(Draft draft, List<String> tools) {
        InventoryWriter writer = new InventoryWriter();
        writer.header(draft, tools);
        for (Section section : Section.values()) {
            writer.section(section, draft);
        }
        writer.lines.addAll(List.of("", "# observe: decide, print the exact lines, type nothing. Begin with that;"
                + " 'act' when it decides what you expect.", "settings: {mode: observe}"));
        return writer.lines;
    }

    private void header(Draft draft, List<String> tools) {
        tools.forEach(t -> comment("", t));
        comment("", "");
        comment("", "A comment that begins with TO DO says what has to be filled in; addresses from 192.0.2.0/24 and"
                + " the like are placeholders. 'no counterpart' names what the source has and this inventory has not.");
        comment("", "Next, type: reroute validate (mistakes), then reroute doctor (logs in everywhere, changes"
                + " nothing), then reroute plan (what it would do).");
        draft.general().forEach(r -> remark("", r));
    }

    private void section(Section section, Draft draft) {
        List<Entry> entries = draft.entries(section);
        if (entries.isEmpty() && draft.remarks(section).isEmpty()) {
            return;
        }
        boolean active = entries.stream().anyMatch(e -> !e.isOff());
        lines.add("");
        lines.add((active ? "" : "# ") + section.name().toLowerCase(Locale.ROOT) + ":");
        entries.forEach(this::entry);
        draft.remarks(section).forEach(r -> remark("  ", r));
    }

    private void entry(Entry entry) {
        entry.remarks().forEach(r -> remark("  ", r));
        String off = entry.isOff() ? "# " : "";
        String name = "  " + off + Scalar.of(entry.name()) + ":";
        String inLine = entry.values().entrySet().stream().map(v -> v.getKey() + ": " + v.getValue())
                .collect(Collectors.joining(", ", " {", "}"));
        if (name.length() + inLine.length() <= WIDTH) {
            lines.add(name + inLine);
            return;
        }
        lines.add(name);
        entry.values().forEach((key, value) -> lines.add("  " + off + "  " + key + ": " + value));
    }

    private void remark(String indent, Remark remark) {
        String begin = switch (remark.sort()) {
            case TO_DO -> "TO DO: ";
            case WITHOUT -> "no counterpart: ";
            case NOTE -> "";
        };
        comment(indent, begin + remark.text());
    }

    /** Each line of it is a comment of its own, whatever the text. */
    private void comment(String indent, String text) {
        String clean = Plain.visible(text);
        boolean first = true;
        for (String line : Text.wrap(clean, WIDTH - indent.length() - 4)) {
            lines.add((indent + "# " + (first ? "" : "  ") + line).stripTrailing());
            first = false;
        }
    }
}
