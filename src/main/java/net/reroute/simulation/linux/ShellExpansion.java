package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.simulation.linux.ShellWord.Part;
import net.reroute.simulation.linux.ShellWord.Syntax;

/** Expands the words of a script to the words of a command: variables, output of commands, splitting at blanks. */
final class ShellExpansion {

    private static final Pattern DEFAULT = Pattern.compile("(?s)(\\w+|[?$#@*!-])(:?[-+=])(.*)");

    /** Runs a script and returns its output, without trailing line ends. */
    interface Output {
        String of(String script) throws IOException;
    }

    private final ShellState shell;
    private final Output output;

    ShellExpansion(ShellState shell, Output output) {
        this.shell = shell;
        this.output = output;
    }

    List<String> words(List<ShellWord> words) throws IOException {
        List<String> all = new ArrayList<>();
        for (ShellWord word : words) {
            split(word, all);
        }
        return all;
    }

    /** Expands a word without splitting it, as in an assignment. */
    String one(ShellWord word) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Part part : word.parts()) {
            text.append(value(part));
        }
        return text.toString();
    }

    private void split(ShellWord word, List<String> into) throws IOException {
        StringBuilder current = new StringBuilder();
        boolean open = false;
        for (Part part : word.parts()) {
            if (part.kind() == Syntax.VARIABLE && part.text().equals("@") && part.quoted()) {
                into.addAll(shell.arguments());
            } else if (part.quoted() || part.kind() == Syntax.TEXT) {
                current.append(value(part));
                open = true;
            } else {
                open = pieces(value(part), current, open, into);
            }
        }
        if (open) {
            into.add(current.toString());
        }
    }

    /** @return true if the next part continues the last word */
    private static boolean pieces(String value, StringBuilder current, boolean begun, List<String> into) {
        boolean open = begun;
        for (String piece : value.splitWithDelimiters("\\s+", 0)) {
            if (piece.isBlank() && open) {
                into.add(current.toString());
                current.setLength(0);
            }
            current.append(piece.strip());
            open = piece.isEmpty() ? open : !piece.isBlank();
        }
        return open;
    }

    private String value(Part part) throws IOException {
        return switch (part.kind()) {
            case TEXT -> part.text();
            case COMMAND -> output.of(part.text());
            case VARIABLE -> variable(part.text());
        };
    }

    private String variable(String text) {
        Matcher other = DEFAULT.matcher(text);
        if (!other.matches()) {
            return named(text);
        }
        String value = named(other.group(1));
        boolean plus = other.group(2).endsWith("+");
        if (other.group(2).endsWith("=") && value.isEmpty()) {
            shell.variables().put(other.group(1), other.group(3));
        }
        String without = plus ? "" : other.group(3);
        String with = plus ? other.group(3) : value;
        return value.isEmpty() ? without : with;
    }

    private String named(String name) {
        List<String> arguments = shell.arguments();
        return switch (name) {
            case "?" -> Integer.toString(shell.status());
            case "$" -> "1042";
            case "#" -> Integer.toString(arguments.size());
            case "@", "*" -> String.join(" ", arguments);
            case "0" -> shell.name();
            default -> name.matches("[1-9]\\d{0,2}")
                    ? argument(Integer.parseInt(name))
                    : shell.variables().getOrDefault(name, "");
        };
    }

    private String argument(int number) {
        return number <= shell.arguments().size() ? shell.arguments().get(number - 1) : "";
    }
}
