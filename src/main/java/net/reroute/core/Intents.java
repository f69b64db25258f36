package net.reroute.core;

import java.time.Instant;
import java.util.Optional;

/** Intents that were made, withdrawn or expired. */
public sealed interface Intents extends Record {

    /** The intent's id: there is at most one intent of a kind for a key. */
    Intent.Id id();

    /** Author and reason. */
    Attribution by();

    /** The intent that this one replaced or ended, for undo; empty if there was none. */
    Optional<Intent> before();

    /** The journal row of the intent that this one undoes; empty unless it is an undo. */
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

    /** An intent was made. */
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

    /** An intent was withdrawn. */
    record IntentEnded(Attribution by, Intent.Id id, Optional<Intent> before,
            Optional<Long> undoes) implements Intents {

        @Override
        public String text() {
            return id + " withdrawn " + by;
        }
    }

    /**
     * An intent has expired.
     *
     * @param before the expired intent; one that replaced it meanwhile is kept. Empty in rows of the first edition:
     *     then whatever has this id ends
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
