package net.reroute.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.reroute.core.Text;

/** A table with columns as wide as necessary. The last column is wrapped to the rest of the line. */
final class Table {

    private static final int GAP = 2;
    private static final int NARROWEST = 20;

    private final List<String[]> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(head);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    List<String> lines(Style style) {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], Text.plain(row[i]).length())));
        int before = Arrays.stream(widths, 0, columns - 1).map(w -> w + GAP).sum();
        int left = Math.max(NARROWEST, style.width() - before);
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            String[] row = rows.get(r);
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] + GAP - Text.plain(row[i]).length()));
            }
            List<String> wrapped = Text.wrap(row[columns - 1], left);
            lines.add((r == 0 ? style.bold(line + wrapped.getFirst()) : line + wrapped.getFirst()).stripTrailing());
            wrapped.stream().skip(1)
                    .forEach(w -> lines.add(" ".repeat(Math.min(before, style.width() - NARROWEST)) + w));
        }
        return lines;
    }

    /** Names of servers for one cell. */
    static String names(List<String> servers) {
        return servers.isEmpty() ? "-" : String.join("+", servers);
    }
}
