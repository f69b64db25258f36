package net.reroute.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Actor;
import net.reroute.core.Durations;
import net.reroute.core.Intent;
import net.reroute.core.Intent.Id;
import net.reroute.core.Intent.Kind;
import net.reroute.core.Intents;
import net.reroute.core.Intents.IntentMade;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.journal.RecordJson;

/**
 * The wish that an undo takes back.
 *
 * @param row of the journal
 * @param intent what that row says
 */
public record LastIntent(JournalRow row, Intents intent) {

    private static final int MOST = 10_000;

    /**
     * The newest wish of a person or a playbook; for a playbook its own newest, and never another's. An undo is a wish too, and takes the one before it off
     * the list; so does the program, when nothing fulfilled a wish or its time was over.
     *
     * @throws RequestRefusedException if there is none
     */
    public static LastIntent find(JournalReader journal, Actor caller) throws RequestRefusedException {
        Set<Long> undone = new HashSet<>();
        Set<String> ended = new HashSet<>();
        try {
            for (JournalRow row : journal.newest("wish", MOST)) {
                Intents intent = intent(row);
                if (intent.actor() instanceof Actor.Program) {
                    if (ends(intent)) {
                        ended.add(row.subject());
                    }
                } else if (intent.undoes().isPresent()) {
                    undone.add(intent.undoes().get());
                    ended.remove(row.subject());
                } else if (!undone.contains(row.id()) && !ended.remove(row.subject())
                        && concerns(intent.actor(), caller)) {
                    return new LastIntent(row, intent);
                }
            }
        } catch (IOException e) {
            throw new RequestRefusedException("the last wish cannot be read: " + e.getMessage(), e);
        }
        throw new RequestRefusedException(caller instanceof Actor.Human
                ? "there is no wish to undo"
                : caller + " has wished for nothing that could be undone; it takes back only its own wishes");
    }

    private static boolean concerns(Actor actor, Actor caller) {
        return caller instanceof Actor.Human
                ? actor instanceof Actor.Human || actor instanceof Actor.Playbook
                : actor.isSame(caller);
    }

    /** What the program wishes for by itself, a pause, ends no wish. */
    private static boolean ends(Intents intent) {
        return !(intent instanceof IntentMade) || intent.id().kind() == Kind.PIN;
    }

    private static Intents intent(JournalRow row) throws RequestRefusedException {
        try {
            if (RecordJson.read(row) instanceof Intents intent) {
                return intent;
            }
        } catch (IllegalArgumentException e) {
            throw new RequestRefusedException("row " + row.id() + " of the journal is damaged", e);
        }
        throw new RequestRefusedException("row " + row.id() + " of the journal is damaged");
    }

    /** Whose it is. */
    public Actor actor() {
        return intent.actor();
    }

    public Id id() {
        return intent.id();
    }

    /** What it took the place of. */
    public Optional<Intent> before() {
        return intent.before();
    }

    /** What it wished for; empty = it withdrew what was before. */
    public Optional<Intent> after() {
        return intent instanceof IntentMade made ? Optional.of(made.intent()) : Optional.empty();
    }

    /** The services that taking it back would concern. */
    public Set<String> concerned(Inventory inventory) {
        return switch (id().kind()) {
            case PIN -> inventory.services().containsKey(id().key()) ? Set.of(id().key()) : Set.of();
            case MAINTENANCE -> inventory.services().values().stream().filter(s -> s.servers().contains(id().key()))
                    .map(Service::name).collect(Collectors.toSet());
            case PAUSE, WINDOW, LEAD -> Set.of();
        };
    }

    /** What was wished for, by whom and how long ago. */
    public String said(Instant now) {
        return row.text() + ", " + Durations.text(Duration.between(row.at(), now)) + " ago";
    }

    /** What holds when it has been taken back. */
    public static String holds(Id id, Optional<Intent> now) {
        String ended = switch (id.kind()) {
            case PIN -> id.key() + " is pinned nowhere";
            case MAINTENANCE -> id.key() + " is in no maintenance";
            case PAUSE -> "nothing is paused";
            case WINDOW -> "no maintenance is planned for " + id.key();
            case LEAD -> "it does what its inventory says";
        };
        return now.map(w -> w.text() + " " + w.by()).orElse(ended);
    }
}
