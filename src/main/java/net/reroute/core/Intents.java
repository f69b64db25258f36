package net.reroute.core;

import java.time.Instant;
import java.util.Optional;

/** What people, playbooks and drills ask for, and its end. */
public sealed interface Intents extends Record {

    /** Which one: there is one of a kind for a key. */
    Intent.Id id();

    /** Who, and why. */
    Attribution by();

    /** What this took the place of, for undo. */
    Optional<Intent> before();

    /** The row of the intent that this one takes back. */
    Optional<Long> undoes();

    @Override
    default Actor actor() {
        return by().actor();
    }

    @Override
    default String kind() {
        return "wish";
    }

    @Override
    default String subject() {
        return id().key();
    }

    /** Somebody wishes something. */
    record IntentMade(Attribution by, Intent intent, Optional<Intent> before,
            Optional<Long> undoes) implements Intents {

        @Override
        public Intent.Id id() {
            return intent.id();
        }

        @Override
        public String text() {
            return intent.text() + " " + by;
        }
    }

    /** Somebody withdraws a wish. */
    record IntentEnded(Attribution by, Intent.Id id, Optional<Intent> before,
            Optional<Long> undoes) implements Intents {

        @Override
        public String text() {
            return id + " withdrawn " + by;
        }
    }

    /**
     * The time of a wish is over.
     *
     * @param before the wish; another that was made in its place meanwhile is not taken away. Empty in rows of the first
     *     edition, which say only which one there could be
     * @param at when, by the steady clock
     */
    record IntentExpired(Intent.Id id, Optional<Intent> before, Instant at) implements Intents {

        @Override
        public Attribution by() {
            return Attribution.program("", at);
        }

        @Override
        public Optional<Long> undoes() {
            return Optional.empty();
        }

        @Override
        public String text() {
            return id + before.map(w -> " of " + w.by().who()).orElse("") + " has ended by itself";
        }
    }
}
