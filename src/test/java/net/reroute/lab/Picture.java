package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a terminal shows, as an SVG for README: in the colours of a light and of a dark page. */
final class Picture {

    private static final int COLUMNS = 112;
    private static final int LINE = 19;
    private static final int EDGE = 16;
    private static final double COLUMN = 7.83;
    private static final String STYLE = """
                                          <style>
                                            .page { fill: #f6f8fa; stroke: #d1d9e0 }
                                            text { font: 13px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328; white-space: pre }
                                            .typed { font-weight: 600; fill: #0969da }
                                            .event { fill: #59636e; font-style: italic }
                                            .good { fill: #1a7f37 }
                                            .bad { fill: #cf222e }
                                            @media (prefers-color-scheme: dark) {
                                              .page { fill: #161b22; stroke: #3d444d }
                                              text { fill: #e6edf3 }
                                              .typed { fill: #4493f8 }
                                              .event { fill: #9198a1 }
                                              .good { fill: #3fb950 }
                                              .bad { fill: #f85149 }
                                            }
                                          </style>
                                        """;

    private record Line(String text, String look) {}

    private final List<Line> lines = new ArrayList<>();

    /** Adds what was printed; a long line goes on in the next. */
    void add(String text) {
        text.lines().forEach(line -> {
            String rest = line;
            while (rest.length() > COLUMNS) {
                int at = Math.max(rest.lastIndexOf(' ', COLUMNS), COLUMNS / 2);
                put(rest.substring(0, at), look(line));
                rest = "      " + rest.substring(at).strip();
            }
            put(rest, look(line));
        });
    }

    private void put(String text, String look) {
        if (!lines.isEmpty() || !text.isBlank()) {
            lines.add(new Line(text, look));
        }
    }

    void write(Path file) {
        int width = (int) (COLUMNS * COLUMN) + 2 * EDGE;
        int height = lines.size() * LINE + 2 * EDGE;
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
                        .formatted(width, height, width, height))
                .append(STYLE)
                .append("  <rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n"
                        .formatted(width - 1, height - 1));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).text().isBlank()) {
                svg.append("  <text%s xml:space=\"preserve\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(
                        lines.get(i).look(), EDGE,
                        EDGE + i * LINE + 14, escaped(lines.get(i).text())));
            }
        }
        try {
            Files.writeString(file, svg.append("</svg>\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String look(String line) {
        if (line.startsWith("$ ")) {
            return " class=\"typed\"";
        }
        if (line.startsWith("== ")) {
            return " class=\"event\"";
        }
        if (line.matches("\\S+ +DOWN .*|failed .*")) {
            return " class=\"bad\"";
        }
        return line.matches("\\S+ +UP .*|moved .*") ? " class=\"good\"" : "";
    }

    private static String escaped(String line) {
        return line.stripTrailing().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
