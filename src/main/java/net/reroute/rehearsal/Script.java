package net.reroute.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Durations;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.core.Service;

/**
 * The steps of a rehearsal, one after another.
 *
 * @param steps in order
 */
public record Script(List<Instruction> steps) {

    private static final Pattern WORD = Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final List<String> VERBS = List.of("kill", "recover", "drop", "wait", "reroute");

    /** One line of a script. */
    public sealed interface Instruction {

        /** The web server of a server dies, or a controller. */
        record Kill(String server) implements Instruction {}

        /** It is there again. */
        record Recover(String server) implements Instruction {}

        /** A router ends every session, as a reload does. */
        record Drop(String router) implements Instruction {}

        /** Nothing happens for a while. */
        record Wait(Duration time) implements Instruction {}

        /** A command as an admin would type it. */
        record Command(List<String> words) implements Instruction {}
    }

    /**
     * The default script: the home of the first service dies and recovers; of a site, one server after the other. Where
     * there are several controllers, the one that leads dies before. The inventory needs a service.
     */
    public static Script usual(Inventory inventory) {
        Service first = inventory.services().values().iterator().next();
        List<String> servers = first.announced().map(a -> a.sites().get(first.home()))
                .orElse(List.of(first.home()));
        List<String> names = PracticeControllers.names(inventory.settings().cluster());
        List<String> dying = Stream.concat(names.stream().limit(1), servers.stream()).toList();
        List<String> back = Stream.concat(servers.stream(), names.stream().limit(1)).toList();
        return new Script(Stream.concat(dying.stream().<Instruction>map(Instruction.Kill::new),
                back.stream().map(Instruction.Recover::new)).toList());
    }

    /**
     * The script in which one server dies and recovers.
     *
     * @throws IllegalArgumentException if the inventory has no such server
     */
    public static Script killing(Inventory inventory, String server) {
        return new Script(List.of(new Instruction.Kill(server(inventory, server)), new Instruction.Recover(server)));
    }

    /**
     * Reads a script: kill and recover a server or controller, drop ROUTER, wait DURATION, reroute COMMAND; # begins a
     * comment.
     *
     * @throws IllegalArgumentException with every mistake in it
     */
    public static Script read(String text, Inventory inventory) {
        List<Instruction> steps = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").strip();
            try {
                if (!line.isEmpty()) {
                    steps.add(step(line, inventory));
                }
            } catch (IllegalArgumentException e) {
                mistakes.add("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return new Script(steps);
    }

    /**
     * Parses one line, which must not be blank.
     *
     * @throws IllegalArgumentException if it is no step
     */
    public static Instruction step(String line, Inventory inventory) {
        List<String> words = words(line);
        String verb = words.getFirst();
        if (!VERBS.contains(verb)) {
            throw new IllegalArgumentException("'" + verb + "' is not a step" + Names.didYouMean(verb, VERBS)
                    + "; write kill SERVER, recover SERVER, drop ROUTER, wait 5s or reroute COMMAND");
        }
        if (words.size() < 2 || words.size() > 2 && !verb.equals("reroute")) {
            throw new IllegalArgumentException("'" + verb + "' takes one word behind it");
        }
        return switch (verb) {
            case "kill" -> new Instruction.Kill(mortal(inventory, words.get(1)));
            case "recover" -> new Instruction.Recover(mortal(inventory, words.get(1)));
            case "drop" -> new Instruction.Drop(known("router", words.get(1), inventory.routers().keySet()));
            case "wait" -> new Instruction.Wait(Durations.parse(words.get(1)));
            default -> new Instruction.Command(words.subList(1, words.size()));
        };
    }

    /** Splits a line as a shell does: quotes keep blanks together. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        return words;
    }

    private static String server(Inventory inventory, String name) {
        return known("server", name, inventory.servers().keySet());
    }

    private static String mortal(Inventory inventory, String name) {
        return PracticeControllers.names(inventory.settings().cluster()).contains(name)
                ? name
                : server(inventory, name);
    }

    private static String known(String what, String name, java.util.Collection<String> all) {
        if (!all.contains(name)) {
            throw new IllegalArgumentException("no " + what + " '" + name + "'" + Names.didYouMean(name, all));
        }
        return name;
    }
}
