package net.reroute.core;

import java.util.Collection;
import java.util.Optional;

/**
 * A row of a journal of the first edition, of which little is known but its sentence.
 *
 * @param intents in force after it, where it says them all; what else was so then stood beside the rows
 */
public record Earlier(String kind, Actor actor, String subject, String text,
        Optional<Collection<Intent>> intents) implements Record {}
