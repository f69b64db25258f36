package net.reroute.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Actor;
import net.reroute.core.Address;
import net.reroute.core.By;
import net.reroute.core.Change;
import net.reroute.core.Event;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Inventory;
import net.reroute.core.Outcome;
import net.reroute.core.Placement;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Leg;
import net.reroute.core.Wish;
import net.reroute.journal.ActorJson;
import net.reroute.journal.Draft;
import net.reroute.journal.Journal;
import net.reroute.journal.JournalException;
import net.reroute.journal.WishJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says the same sentence to the log and to the journal. Rows carry wall-clock time. */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration INTENT = Duration.ofMillis(100);
    private static final Duration WISH = Duration.ofSeconds(3);

    private final Optional<Journal> journal;
    private final Consumer<Draft> listener;
    private final Teller teller;

    /**
     * @param inventory the one in force
     * @param journal empty for one who only looks: then nothing is said and nothing is written
     * @param listener told all that is said
     * @param events told what happens, by who writes it down
     */
    public Recorder(Supplier<Inventory> inventory, Optional<Journal> journal, Consumer<Draft> listener,
            Consumer<Event> events) {
        this.teller = new Teller(inventory, journal.isPresent() ? events : event -> {
        });
        this.journal = journal;
        this.listener = listener;
    }

    /** What was found wrong with the journal since it was opened. */
    List<String> complaints() {
        return journal.map(Journal::complaints).orElse(List.of());
    }

    Optional<String> trouble() {
        return journal.flatMap(Journal::trouble);
    }

    /** One event, one line. */
    void event(String kind, String subject, String text) {
        say(false, draft(kind, "reroute", subject, text, ""), m -> {
        });
        teller.said(kind, subject, text);
    }

    /** Something happened that has no row of its own. */
    public void tell(Event.Kind kind, Map<String, String> facts) {
        teller.tell(kind, facts);
    }

    void settled(String service) {
        teller.settled(service);
    }

    /** Keeps something without a row of its own; the future ends when it is written. */
    public CompletableFuture<Void> keep(Journal.Step step) {
        return journal.map(j -> j.remember(step)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** One line for log and journal. */
    public void say(boolean warn, String kind, String subject, String text) {
        say(warn, draft(kind, "reroute", subject, text, ""), m -> {
        });
    }

    /** What somebody should look at: in log and journal, and told. */
    public void trouble(String kind, String subject, String text) {
        say(true, kind, subject, text);
        tell(Event.Kind.TROUBLE, Map.of("text", text));
    }

    /** What a playbook did, with what goes with it. */
    public CompletableFuture<Void> play(Draft draft, boolean warn, Journal.Step step) {
        return say(warn, draft, step);
    }

    /** A router was brought to what had been decided before. */
    void aligned(String service, String text) {
        say(false, draft("aligned", "reroute", service, text, ""), m -> m.ended(service));
    }

    /** A route that was missing is there again, whoever put it back. */
    void thereAgain(String service, String text) {
        say(false, draft("missing", "reroute", service, text, ""), m -> {
        });
        teller.settled(service, text);
    }

    void warn(String kind, String subject, String text) {
        say(true, draft(kind, "reroute", subject, text, ""), m -> {
        });
        teller.said(kind, subject, text);
    }

    private CompletableFuture<Void> say(boolean warn, Draft draft, Journal.Step step) {
        if (journal.isPresent()) {
            String line = draft.kind() + " " + draft.subject() + ": " + draft.text();
            if (warn) {
                LOG.warn("{}", line);
            } else {
                LOG.info("{}", line);
            }
            listener.accept(draft);
            return journal.get().later(draft, step);
        }
        return CompletableFuture.completedFuture(null);
    }

    private static Draft draft(String kind, String actor, String subject, String text, String detail) {
        return new Draft(Instant.now(), kind, actor, subject, text, detail);
    }

    /**
     * @param before what a wish takes the place of, for undo
     * @param after the wish; empty = it is withdrawn
     * @param undoes the row that is undone by it
     */
    record WishChange(Optional<Wish> before, Optional<Wish> after, Optional<Long> undoes) {}

    /**
     * Records a wish, on the disk before anything follows from it.
     */
    void wish(By by, Wish.Id id, WishChange change) throws JournalException {
        Optional<Wish> before = change.before();
        Optional<Wish> after = change.after();
        ObjectNode detail = about(id, by.actor());
        change.undoes().ifPresent(row -> detail.put("undoes", row));
        before.ifPresent(w -> detail.set("before", WishJson.of(w)));
        after.ifPresent(w -> detail.set("after", WishJson.of(w)));
        String text = after.map(Wish::text).orElse(id + " withdrawn");
        journal.orElseThrow().write(draft("wish", by.who(), id.key(), text + " " + by, detail.toString()), m -> {
        }, WISH);
        LOG.info("wish {} {}", text, by);
        teller.wish(id, after.isPresent(), text + " " + by);
    }

    /** What the row of a wish says in any case: by it the journal knows which wish it is. */
    private static ObjectNode about(Wish.Id id, Actor actor) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("kind", id.kind().name()).put("key", id.key());
        detail.set("actor", ActorJson.of(actor));
        return detail;
    }

    /** A wish that ended by itself. */
    void over(Wish wish) {
        String text = wish.id() + " of " + wish.by().who() + " has ended by itself";
        say(false, draft("wish", "reroute", wish.key(), text, about(wish.id(), new Actor.Program()).toString()), m -> {
        });
        teller.wish(wish.id(), false, text);
    }

    /** Something an admin asked for that is no wish of its own, on the disk. */
    void byHand(By by, String kind, String subject, String text, Optional<Placement> placement)
            throws JournalException {
        journal.orElseThrow().write(draft(kind, by.who(), subject, text, ""), m -> {
            if (placement.isPresent()) {
                m.placement(subject, placement.get());
            }
        }, WISH);
        LOG.info("{} {}: {}", kind, subject, text);
    }

    /** Before anything is typed: survives kill -9, does not wait for a disk. */
    void about(String router, List<Change> changes, List<Begun> begun) {
        String text = changes.size() == 1
                ? changes.getFirst().service().name() + " -> " + String.join("+", begun.getFirst().to()) + " on "
                        + router
                        + ": " + begun.getFirst().reason()
                : changes.size() + " changes on " + router;
        Draft draft = draft("begun", "reroute", router, text, "");
        listener.accept(draft);
        journal.orElseThrow().before(draft, m -> {
            for (int i = 0; i < changes.size(); i++) {
                m.begun(changes.get(i).service().name(), begun.get(i));
                m.ours(changes.get(i).service().name(), changes.get(i).after());
            }
        }, INTENT);
    }

    /** Where a service is now. */
    void placed(String service, Placement placement) {
        journal.ifPresent(j -> j.remember(m -> m.placement(service, placement)));
    }

    void seen(At at, List<Address> hops) {
        journal.ifPresent(j -> j.remember(m -> m.seen(at, hops)));
    }

    /** Lines of a configuration that were taken out and may be written again. */
    void kept(At at, Map<Address, String> lines) {
        journal.ifPresent(j -> j.remember(m -> m.kept(at, lines)));
    }

    void hardware(Leg leg, HardwareAddress address) {
        journal.ifPresent(j -> j.remember(m -> m.hardware(leg, address)));
    }

    /** @param at who has taken over the next hop of a server; empty if nobody has */
    void takeover(String server, Optional<String> at) {
        journal.ifPresent(j -> j.remember(m -> m.takeover(server, at)));
    }

    /** How a move ended. */
    void outcome(Outcome outcome, By by, Optional<Placement> placement) {
        String service = outcome.decision().service().name();
        String kind = outcome.isShown() ? "observe" : switch (outcome.made()) {
            case ALL -> "moved";
            case SOME -> "partly-moved";
            case NONE -> "not-moved";
        };
        String phases = phases(outcome);
        say(!outcome.good(), draft(kind, by.who(), service, outcome.sentence() + phases, detail(outcome, by)), m -> {
            if (!outcome.leavesOpen()) {
                m.ended(service);
            }
            if (placement.isPresent()) {
                m.placement(service, placement.get());
            }
        });
        teller.outcome(outcome, outcome.sentence() + phases);
    }

    private static String phases(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.phases().forEach((name, ms) -> text.append(text.isEmpty() ? " (" : ", ").append(name).append(' ')
                .append(ms).append(" ms"));
        return text.append(text.isEmpty() ? "" : ")").toString();
    }

    private static String detail(Outcome outcome, By by) {
        ObjectNode detail = JSON.createObjectNode();
        detail.set("actor", ActorJson.of(by.actor()));
        detail.put("decision", outcome.decision().kind().name().toLowerCase(java.util.Locale.ROOT));
        detail.set("from", list(outcome.decision().from()));
        detail.set("to", list(outcome.decision().to()));
        ObjectNode phases = detail.putObject("phases");
        outcome.phases().forEach(phases::put);
        ArrayNode routers = detail.putArray("routers");
        outcome.routers().forEach(r -> {
            ObjectNode router = routers.addObject();
            router.put("router", r.router());
            router.put("outcome", r.kind().name().toLowerCase(java.util.Locale.ROOT)).put("answer", r.text());
            router.set("typed", list(r.typed()));
        });
        return detail.toString();
    }

    private static ArrayNode list(List<String> words) {
        ArrayNode array = JSON.createArrayNode();
        words.forEach(array::add);
        return array;
    }
}
