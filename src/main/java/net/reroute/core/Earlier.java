package net.reroute.core;

import java.util.Collection;
import java.util.Optional;

/**
 * A row from a first-edition journal. Little more than its text is known; other state was kept outside the rows.
 *
 * @param intents all intents in force after this row; empty if the row does not list them
 */
public record Earlier(String kind, Actor actor, String subject, String text,
        Optional<Collection<Intent>> intents) implements Record {}
