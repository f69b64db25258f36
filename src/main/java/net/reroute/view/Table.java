package net.reroute.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.reroute.core.Text;

/** A table with columns as wide as necessary. The last column is wrapped to the rest of the line. */
final class Table {

    private static final int GAP = 2;
    private static final int NARROWEST = 20;

    private static final int INDENT = 7;

    /** @param below text under the row; may be empty */
    private record Row(String[] cells, String below) {}

    private final List<Row> rows = new ArrayList<>();

    private final int[] least;
    private final boolean headed;

    Table(String... head) {
        rows.add(new Row(head, ""));
        this.least = new int[head.length];
        this.headed = true;
    }

    /** A table without a head, with columns at least this wide. */
    Table(List<Integer> widths) {
        this.least = widths.stream().mapToInt(Integer::intValue).toArray();
        this.headed = false;
    }

    void row(String... cells) {
        rows.add(new Row(cells, ""));
    }

    /** Text under the newest row, which takes the whole width. */
    void below(String text) {
        rows.addLast(new Row(rows.removeLast().cells, text));
    }

    boolean isEmpty() {
        return rows.size() == (headed ? 1 : 0);
    }

    List<String> lines(Style style) {
        int columns = least.length;
        int[] widths = least.clone();
        rows.forEach(
                row -> Arrays.setAll(widths, i -> Math.max(widths[i], Text.plain(row.cells[i]).length())));
        int before = Arrays.stream(widths, 0, columns - 1).map(w -> w + GAP).sum();
        int left = Math.max(NARROWEST, style.width() - before);
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            String[] row = rows.get(r).cells;
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] + GAP - Text.plain(row[i]).length()));
            }
            List<String> wrapped = Text.wrap(row[columns - 1], left);
            lines.add((headed && r == 0 ? style.bold(line + wrapped.getFirst()) : line + wrapped.getFirst())
                    .stripTrailing());
            wrapped.stream().skip(1)
                    .forEach(w -> lines.add(" ".repeat(Math.min(before, style.width() - NARROWEST)) + w));
            if (!rows.get(r).below.isEmpty()) {
                Text.wrap(rows.get(r).below, Math.max(NARROWEST, style.width() - INDENT))
                        .forEach(w -> lines.add(" ".repeat(INDENT) + w));
            }
        }
        return lines;
    }

    /** Names of servers for one cell. */
    static String names(List<String> servers) {
        return servers.isEmpty() ? "-" : String.join("+", servers);
    }
}
