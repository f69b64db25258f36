package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.reroute.convert.BadSourceException;
import net.reroute.core.Names;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.UnknownNameException;
import net.reroute.redirect.RedirectException;
import net.reroute.view.MonitoringText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Tells why a command failed: a sentence to standard error, and as JSON where the answer was to be JSON. */
public final class Failures {

    private final List<String> args;
    private final Console console;

    /** @param args as typed */
    public Failures(List<String> args, Console console) {
        this.args = args;
        this.console = console;
    }

    int usage(ParameterException e) {
        String message = e.getMessage().lines().findFirst().orElse("that is not understood");
        return usage(e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                        ? unknown(unmatched.getUnmatched(), e.getCommandLine())
                        : message);
    }

    private int usage(String message) {
        return tell(List.of(message + (message.endsWith("?") ? " " : "; ") + "'reroute --help' tells what there is"),
                ExitCodes.USAGE);
    }

    private static String unknown(List<String> words, CommandLine line) {
        String word = words.getFirst();
        boolean option = word.startsWith("-");
        List<String> known = new ArrayList<>(line.getSubcommands().keySet());
        known.addAll(line.getCommandSpec().optionsMap().keySet());
        String meant = Names.didYouMean(word, known);
        if (!option && line.getParent() != null) {
            return "'" + line.getCommandName() + "' takes no further word '" + word + "'";
        }
        String move = option || !meant.isEmpty() ? "" : "; " + move(words);
        return "unknown " + (option ? "option" : "command") + " '" + word + "'" + meant + move;
    }

    /** How a move is written, with the words that were typed. */
    private static String move(List<String> words) {
        List<String> plain = List.of(String.join(" ", words).split("\\s+")).stream().filter(w -> !w.startsWith("-"))
                .filter(w -> !w.toLowerCase(Locale.ROOT).equals("to")).toList();
        return "to move something write: reroute " + (plain.size() < 2
                ? plain.getFirst() + " to SERVER"
                : String.join(" ", plain.subList(0, plain.size() - 1)) + " to " + plain.getLast());
    }

    int failed(Exception e) {
        return switch (e) {
            case BadInventoryException bad -> tell(bad.problems().stream().map(Object::toString).toList(), true,
                    ExitCodes.USAGE);
            case BadSourceException bad -> tell(bad.sentences(), true, ExitCodes.USAGE);
            case UnknownNameException unknown -> usage(unknown.getMessage());
            case RequestRefusedException refusal -> tell(List.of(refusal.getMessage()), ExitCodes.REFUSED);
            case RedirectException device -> tell(List.of(device.getMessage()),
                    device.refused() ? ExitCodes.REFUSED : ExitCodes.UNREACHABLE);
            case IOException io -> tell(List.of(String.valueOf(io.getMessage())), ExitCodes.REFUSED);
            default -> {
                int code = tell(List.of("internal error (please report it): " + e), ExitCodes.REFUSED);
                e.printStackTrace(console.err());
                yield code;
            }
        };
    }

    /** Tells it in the form that was asked for. Returns the exit code. */
    public int tell(String sentence, int code) {
        return tell(List.of(sentence), code);
    }

    private int tell(List<String> sentences, int code) {
        return tell(sentences, false, code);
    }

    /** @param places true if each sentence begins with the place of a mistake */
    private int tell(List<String> sentences, boolean places, int code) {
        if (args.contains("--check") && args.contains("status")) {
            MonitoringText unknown = MonitoringText.unknown(sentences.getFirst());
            console.out().println(unknown.text());
            return unknown.code();
        }
        sentences.forEach(s -> console.err().println(places ? s : "reroute: " + s));
        if (args.contains("--json")) {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("error", String.join("\n", sentences))
                    .put("exit", code);
            if (sentences.size() > 1) {
                ArrayNode all = node.putArray("errors");
                sentences.forEach(all::add);
            }
            console.out().println(node);
        }
        return code;
    }
}
