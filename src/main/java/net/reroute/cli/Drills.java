package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.playbook.DrillBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** reroute drill. */
@Command(name = "drill", description = "Takes all services off a healthy server and brings them back, watched. Without SERVER: the drills held.")
final class Drills extends Work {

    @Parameters(arity = "0..1", paramLabel = "SERVER", description = "Or: next, the one that was not drilled for longest.")
    String name;

    @Option(names = "--shadow", description = "Decide as if it had failed, and type nothing.")
    boolean shadow;

    @Option(names = "--report", description = "Tell its last report again.")
    boolean report;

    @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal and your colleagues.")
    String because;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        DrillBook book = new DrillBook(office().drills());
        if (name == null) {
            return list(book);
        }
        Inventory inventory = office().inventory();
        String server = name.equals(DrillBook.NEXT) ? name : server(inventory, name);
        if (report) {
            return tell(book.last(server)
                    .orElseThrow(
                            () -> new RequestRefusedException("there is no report of a drill of " + server + " yet")));
        }
        if (!shadow && !office().isDaemon()) {
            throw new RequestRefusedException(
                    "a drill needs the daemon, which ends it whatever becomes of this command; start it with"
                            + " 'reroute daemon', or say --shadow");
        }
        try (Office.Session session = office()
                .open(new Office.Need(inventory.services().keySet(), !shadow, false, false))) {
            Optional<DrillBook.Page> page = session.plays().drill(server, shadow, by(because), line -> {
            });
            return page.isPresent() ? tell(page.get()) : ExitCodes.REFUSED;
        }
    }

    private int tell(DrillBook.Page page) throws com.fasterxml.jackson.core.JsonProcessingException {
        if (json) {
            json(page.json());
        } else {
            page.lines().forEach(this::say);
        }
        return page.good() ? ExitCodes.DONE : ExitCodes.REFUSED;
    }

    private int list(DrillBook book) throws Exception {
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            book.all().forEach(p -> array.add(p.json()));
            json(array);
            return ExitCodes.DONE;
        }
        Table table = new Table("WHEN", "SERVER", "RESULT", "");
        book.all().forEach(p -> table.row(Moment.text(p.at()), p.server(),
                p.good() ? console().green(p.result()) : console().red(p.result()), p.why()));
        if (table.isEmpty()) {
            say("no drill was held yet; 'reroute drill SERVER --shadow' tells what one would do");
        } else {
            table.lines(console()).forEach(this::say);
        }
        return ExitCodes.DONE;
    }
}
