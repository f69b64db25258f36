package net.reroute.playbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files with the reports of drills: one of JSON for programs and one of text for people each. */
final class DrillFiles {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);
    static final int COMPARED = 5;

    private final Path folder;

    DrillFiles(Path folder) {
        this.folder = folder;
    }

    /** All reports, the newest first. A damaged one is logged and left out. */
    List<DrillReport> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<DrillReport> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                try {
                    reports.add(DrillReport.read(Files.readString(file)));
                } catch (IllegalArgumentException e) {
                    LOG.warn("{}: {}", file, e.getMessage());
                }
            }
        }
        reports.sort(Comparator.comparing(DrillReport::at).reversed());
        return reports;
    }

    /** The last passed drills of a server before this time, for comparison. */
    List<DrillReport> before(String server, Instant at) throws IOException {
        return all().stream().filter(r -> r.server().equals(server) && r.at().isBefore(at)
                && r.result() == DrillReport.Grade.PASS).limit(COMPARED).toList();
    }

    /** Writes a report. Returns its text. */
    List<String> keep(DrillReport report) throws IOException {
        List<String> lines = report.lines(before(report.server(), report.at()));
        Files.createDirectories(folder);
        String name = NAME.format(report.at()) + "-" + report.server();
        write(name + ".txt", String.join("\n", lines) + "\n");
        write(name + ".json", report.json().toPrettyString() + "\n");
        return lines;
    }

    private void write(String name, String text) throws IOException {
        Path next = folder.resolve(name + ".new");
        Files.writeString(next, text);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
