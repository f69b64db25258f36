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
 * The intent that an undo takes back.
 *
 * @param row of the journal
 * @param intent the content of that row
 */
public record LastIntent(JournalRow row, Intents intent) {

    private static final int MOST = 10_000;

    /**
     * Finds the newest intent of a person or a playbook; for a playbook only its own. Skips intents that were undone,
     * and those that reroute ended because they expired or could not be carried out.
     *
     * @throws RequestRefusedException if there is none, or the journal cannot be read
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

    /** True if reroute ended an intent. A pause that reroute makes by itself ends none. */
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

    /** The author of the intent. */
    public Actor actor() {
        return intent.actor();
    }

    public Id id() {
        return intent.id();
    }

    /** The intent that it replaced or ended; empty if there was none. */
    public Optional<Intent> before() {
        return intent.before();
    }

    /** The intent that it made; empty if it withdrew one. */
    public Optional<Intent> after() {
        return intent instanceof IntentMade made ? Optional.of(made.intent()) : Optional.empty();
    }

    /** Names of the services that an undo would concern. */
    public Set<String> concerned(Inventory inventory) {
        return switch (id().kind()) {
            case PIN -> inventory.scope().contains(id().key()) ? Set.of(id().key()) : Set.of();
            case MAINTENANCE -> inventory.services().values().stream().filter(s -> s.servers().contains(id().key()))
                    .map(Service::name).collect(Collectors.toSet());
            case PAUSE, WINDOW, LEAD -> Set.of();
        };
    }

    /** What was asked for, by whom and how long ago; for people. */
    public String said(Instant now) {
        return row.text() + ", " + Durations.text(Duration.between(row.at(), now)) + " ago";
    }

    /** What is in force after an undo; for people. */
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
