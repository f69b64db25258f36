package net.reroute.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Durations;
import net.reroute.core.Inventory;
import net.reroute.core.Lines;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.Anchors;
import net.reroute.journal.Head;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.journal.Verified;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that look and change nothing. */
final class Looks {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault());

    private Looks() {}

    @Command(name = "status", description = "Where everything is, and why. Exit 0: every service is at an UP server; 6: no daemon watches.")
    static final class Status extends Work {

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            try (Office.Session session = office().open(Office.Need.atAGlance())) {
                StatusView view = StatusView.of(session.controller());
                if (json) {
                    json(view.json(office()));
                } else {
                    view.lines(console(), office()).forEach(this::say);
                }
                if (!office().isDaemon()) {
                    return ExitCodes.NO_DAEMON;
                }
                return view.allUp() ? ExitCodes.DONE : ExitCodes.REFUSED;
            }
        }
    }

    /** Why the newest rows are not in the journal yet. */
    private static Optional<String> unwritten(Office office) {
        return office.unwritten().map(why -> "the newest rows are missing here, the journal cannot be written (" + why
                + "); they are in the daemon's log, and are written when there is room");
    }

    @Command(name = "explain", description = "Why a service is where it is, or what a server's checks say.")
    static final class Explain extends Work {

        @Parameters(paramLabel = "PREFIX|SERVICE|SERVER")
        String what;

        @Override
        public Integer call() throws Exception {
            Inventory inventory = office().inventory();
            boolean isServer = inventory.servers().containsKey(what) && inventory.service(what).isEmpty();
            Set<String> services = isServer ? Set.of() : Set.of(service(inventory, what).name());
            try (Office.Session session = office().open(new Office.Need(services, false))) {
                ExplainView view = new ExplainView(session.controller());
                (isServer ? view.server(what) : view.service(service(inventory, what))).forEach(this::say);
                recent(isServer ? what : service(inventory, what).name());
                return ExitCodes.DONE;
            }
        }

        private void recent(String subject) {
            try (var journal = office().journal()) {
                List<JournalRow> rows = journal.since(Instant.EPOCH, 1000).stream()
                        .filter(e -> e.subject().equals(subject) && !e.kind().equals("begun")).toList();
                rows.stream().skip(Math.max(0, rows.size() - 5)).forEach(
                        e -> Lines.wrap(TIME.format(e.at()) + "  " + e.text(), console().width() - 4)
                                .forEach(l -> say("    " + l)));
                unwritten(office()).ifPresent(u -> say("    (" + u + ")"));
            } catch (java.io.IOException e) {
                say("    (" + e.getMessage() + ")");
            }
        }
    }

    @Command(name = "history", description = "What was decided and done, by whom and why.")
    static final class History extends Work {

        private static final int MOST = 1000;

        @Option(names = "--since", paramLabel = "TIME", defaultValue = "1d", description = "How far back, like 1d.")
        String since;

        @Option(names = "--verify", description = "Check that no row was changed, removed or cut off.")
        boolean verify;

        @Option(names = "--anchor", paramLabel = "ANCHOR", description = "With --verify: compare with an anchor that was kept elsewhere, the number of a row and its hash, as 'anchor:' in the settings sends them.")
        List<String> anchors = new ArrayList<>();

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        @Override
        public Integer call() throws Exception {
            try (var journal = office().journal()) {
                if (verify) {
                    return verified(journal);
                }
                tell(journal.since(Instant.now().minus(duration()), MOST));
                Optional<String> unwritten = unwritten(office());
                unwritten.ifPresent(u -> console().err().println("reroute: " + u));
                return unwritten.isPresent() ? ExitCodes.REFUSED : ExitCodes.DONE;
            }
        }

        private int verified(JournalReader journal) throws java.io.IOException, BadInventoryException {
            List<Head> elsewhere = new ArrayList<>();
            for (String anchor : anchors) {
                elsewhere.add(head(anchor));
            }
            for (String file : office().inventory().settings().anchors()) {
                if (file.startsWith("/") && Files.isReadable(Path.of(file))) {
                    elsewhere.addAll(Anchors.in(Path.of(file)));
                }
            }
            Verified verified = journal.verify(elsewhere);
            if (!verified.findings().isEmpty()) {
                verified.findings().forEach(f -> say(console().red("the journal is not whole: " + f)));
                return ExitCodes.REFUSED;
            }
            say("the journal is whole: rows " + verified.first() + " to " + verified.last().id()
                    + " follow from one another, and " + (elsewhere.isEmpty()
                            ? "the anchor beside them agrees"
                            : elsewhere.size() + " anchors from elsewhere agree"));
            if (elsewhere.isEmpty()) {
                say("(whoever may write there could have made all of it anew; 'anchor:' in the inventory's settings sends its"
                        + " head elsewhere)");
            }
            return ExitCodes.DONE;
        }

        private Head head(String anchor) {
            try {
                return Anchors.head(anchor);
            } catch (IllegalArgumentException e) {
                throw usage("--anchor: " + e.getMessage());
            }
        }

        private Duration duration() {
            try {
                return Durations.parse(since);
            } catch (IllegalArgumentException e) {
                throw usage("--since: " + e.getMessage());
            }
        }

        private void tell(List<JournalRow> entries) throws com.fasterxml.jackson.core.JsonProcessingException {
            if (json) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (JournalRow entry : entries) {
                    array.add(json(entry));
                }
                json(array);
                return;
            }
            Table table = new Table("TIME", "WHO", "WHAT", "");
            entries.stream().filter(e -> !e.kind().equals("begun")).forEach(
                    e -> table.row(TIME.format(e.at()), e.actor(), e.kind(), text(e)));
            if (table.isEmpty()) {
                say("nothing stands in the journal for the last " + since);
            } else {
                table.lines(console()).forEach(this::say);
            }
        }

        private static String text(JournalRow e) {
            boolean named = !e.kind().equals("play") && e.text().contains(e.subject());
            return e.subject().isEmpty() || named ? e.text() : e.subject() + ": " + e.text();
        }

        private static ObjectNode json(JournalRow e) throws com.fasterxml.jackson.core.JsonProcessingException {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", e.id()).put("at", e.at().toString())
                    .put("kind", e.kind()).put("who", e.actor()).put("subject", e.subject()).put("text", e.text());
            JsonNode detail = e.detail().isEmpty()
                    ? JsonNodeFactory.instance.nullNode()
                    : new ObjectMapper().readTree(e.detail());
            return node.set("detail", detail);
        }
    }
}
