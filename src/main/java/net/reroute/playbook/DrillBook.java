package net.reroute.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reports of past drills. */
public final class DrillBook {

    /** In place of a server's name: the server whose last drill is longest ago. */
    public static final String NEXT = Drill.NEXT;

    /**
     * One drill.
     *
     * @param good false if it failed
     * @param result PASS, FAIL or SHADOW
     * @param why one sentence
     * @param lines the whole report as text
     * @param json the same for programs
     */
    public record Page(Instant at, String server, boolean good, String result, String why, List<String> lines,
            JsonNode json) {}

    private final DrillFiles files;

    /** @param folder of the reports */
    public DrillBook(Path folder) {
        this.files = new DrillFiles(folder);
    }

    /** All drills, the newest first. A damaged report is left out. */
    public List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (DrillReport report : files.all()) {
            pages.add(page(report));
        }
        return pages;
    }

    /** The last drill of a server, or with {@link #NEXT} of any server; empty if there was none. */
    public Optional<Page> last(String server) throws IOException {
        Optional<DrillReport> last = files.all().stream()
                .filter(r -> server.equals(NEXT) || r.server().equals(server)).findFirst();
        return last.isPresent() ? Optional.of(page(last.get())) : Optional.empty();
    }

    private Page page(DrillReport r) throws IOException {
        return new Page(r.at(), r.server(), r.result() != DrillReport.Grade.FAIL, r.result().name(), r.why(),
                r.lines(files.before(r.server(), r.at())), r.json());
    }
}
