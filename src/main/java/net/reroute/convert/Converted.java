package net.reroute.convert;

import java.util.List;

/**
 * What became of the sources.
 *
 * @param lines of the inventory
 * @param toDo what has to be filled in
 * @param withoutCounterpart what the sources had and the inventory has not
 */
public record Converted(List<String> lines, List<String> toDo, List<String> withoutCounterpart) {}
