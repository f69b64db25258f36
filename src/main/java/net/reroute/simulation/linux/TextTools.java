package net.reroute.simulation.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Programs that print or filter text. */
final class TextTools {

    /** Ends of programs that select lines by their first words; with the second, also what belongs to such a line. */
    private static final List<String> SELECTS = List.of("}}($1 in w)||($2 in w)",
            "{p=($1 in w)||($2 in w)||p&&$1==\"nh_info\"}p");

    private TextTools() {}

    static Map<String, LinuxCommand> all() {
        Map<String, LinuxCommand> all = new HashMap<>();
        all.put("echo", TextTools::echo);
        all.put("printf",
                call -> call.args().isEmpty() ? call.fail(2, "usage: printf format [arg ...]") : printf(call));
        all.put("cat", TextTools::cat);
        all.put("grep", TextTools::grep);
        all.put("head", call -> cut(call, true));
        all.put("tail", call -> cut(call, false));
        all.put("wc", TextTools::wc);
        all.put("awk", TextTools::awk);
        all.put("sort", TextTools::sort);
        return all;
    }

    private static int echo(LinuxCall call) throws IOException {
        List<String> words = call.args();
        boolean bare = !words.isEmpty() && words.getFirst().equals("-n");
        String text = String.join(" ", bare ? words.subList(1, words.size()) : words);
        call.out(text + (bare ? "" : "\n"));
        return 0;
    }

    /** Repeats the format while arguments are left. */
    private static int printf(LinuxCall call) throws IOException {
        boolean dashes = call.args().size() > 1 && call.args().getFirst().equals("--");
        List<String> left = new ArrayList<>(dashes ? call.args().subList(1, call.args().size()) : call.args());
        String format = left.removeFirst();
        StringBuilder out = new StringBuilder();
        int before;
        do {
            before = left.size();
            once(format, left, out);
        } while (!left.isEmpty() && left.size() < before);
        call.out(out.toString());
        return 0;
    }

    private static void once(String format, List<String> left, StringBuilder out) {
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '\\' && i + 1 < format.length()) {
                out.append(escaped(format.charAt(++i)));
            } else if (c == '%' && i + 1 < format.length()) {
                out.append(field(format.charAt(++i), left));
            } else {
                out.append(c);
            }
        }
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'a' -> "\u0007";
            case '\\' -> "\\";
            default -> "\\" + c;
        };
    }

    private static String field(char kind, List<String> left) {
        if (kind == '%') {
            return "%";
        }
        String none = kind == 's' || kind == 'b' ? "" : "0";
        String value = left.isEmpty() ? none : left.removeFirst();
        return kind == 'd' && !value.matches("-?\\d+") ? "0" : value;
    }

    /**
     * The content of the named files, or of the standard input if none is named. Prints an error for each missing file.
     */
    private static Optional<String> input(LinuxCall call, List<String> files) throws IOException {
        if (files.isEmpty()) {
            return Optional.of(ShellIo.text(call.io().in()));
        }
        StringBuilder all = new StringBuilder();
        boolean missing = false;
        for (String file : files) {
            Optional<String> text = file.equals("-")
                    ? Optional.of(ShellIo.text(call.io().in()))
                    : call.shell().host().file(file);
            if (text.isEmpty()) {
                call.fail(1, file + ": No such file or directory");
                missing = true;
            }
            all.append(text.orElse(""));
        }
        return missing && all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
    }

    private static int cat(LinuxCall call) throws IOException {
        if (call.args().isEmpty() || call.args().equals(List.of("-"))) {
            return copy(call);
        }
        Optional<String> text = input(call, call.args().stream().filter(a -> !a.startsWith("-")).toList());
        call.out(text.orElse(""));
        return text.isPresent() ? 0 : 1;
    }

    /** Copies line by line, since the input may be a keyboard. */
    private static int copy(LinuxCall call) throws IOException {
        for (Optional<String> line = ShellIo.line(call.io().in()); line.isPresent();) {
            call.out(line.get());
            line = ShellIo.line(call.io().in());
        }
        return 0;
    }

    private static int grep(LinuxCall call) throws IOException {
        List<String> plain = call.args().stream().filter(a -> !a.matches("-[A-Za-z]+")).toList();
        String flags = String.join("", call.args().stream().filter(a -> a.matches("-[A-Za-z]+")).toList());
        if (plain.isEmpty()) {
            call.err("Usage: grep [OPTION]... PATTERNS [FILE]...\n");
            return 2;
        }
        try {
            return grep(call, pattern(plain.getFirst(), flags), flags, input(call, plain.subList(1, plain.size())));
        } catch (PatternSyntaxException e) {
            return call.fail(2, "Invalid regular expression");
        }
    }

    private static int grep(LinuxCall call, Pattern pattern, String flags, Optional<String> text) throws IOException {
        boolean not = flags.contains("v");
        List<String> found = text.orElse("").lines().filter(l -> pattern.matcher(l).find() != not).toList();
        if (flags.contains("c")) {
            call.out(found.size() + "\n");
        } else if (!flags.contains("q")) {
            print(call, found);
        }
        if (text.isEmpty()) {
            return 2;
        }
        return found.isEmpty() ? 1 : 0;
    }

    /** In a basic expression + ? | ( ) { } are literal, and special with a backslash. */
    private static Pattern pattern(String typed, String flags) {
        String text = typed;
        if (flags.contains("F")) {
            text = Pattern.quote(text);
        } else if (!flags.contains("E") && !flags.contains("P")) {
            text = text.replaceAll("(\\\\?)([+?|(){}])", "$1\u0000$2").replace("\\\u0000", "").replace("\u0000", "\\");
        }
        if (flags.contains("w")) {
            text = "\\b(?:" + text + ")\\b";
        } else if (flags.contains("x")) {
            text = "^(?:" + text + ")$";
        }
        return Pattern.compile(text, flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0);
    }

    private static void print(LinuxCall call, List<String> lines) throws IOException {
        call.out(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    private static int cut(LinuxCall call, boolean first) throws IOException {
        String options = String.join(" ", call.args()).replaceAll("-n ?|-(?=\\d)", "-n");
        int count = options.matches("(?s).*-n\\d{1,6}\\b.*")
                ? Integer.parseInt(options.replaceFirst("(?s).*-n(\\d+).*", "$1"))
                : 10;
        List<String> files = call.args().stream().filter(a -> a.startsWith("/")).toList();
        Optional<String> text = input(call, files);
        List<String> lines = text.orElse("").lines().toList();
        int edge = first ? Math.min(count, lines.size()) : Math.max(0, lines.size() - count);
        print(call, first ? lines.subList(0, edge) : lines.subList(edge, lines.size()));
        return text.isPresent() ? 0 : 1;
    }

    /** Runs only the program that picks lines by their first or second word. */
    private static int awk(LinuxCall call) throws IOException {
        if (call.args().isEmpty() || SELECTS.stream().noneMatch(call.args().getFirst()::endsWith)) {
            return call.fail(2, "this machine runs no such program");
        }
        Set<String> wanted = new HashSet<>(call.args().subList(1, call.args().size()));
        print(call, ShellIo.text(call.io().in()).lines().filter(l -> Stream.of(l.strip().split("\\s+")).limit(2)
                .anyMatch(wanted::contains)).toList());
        return 0;
    }

    private static int wc(LinuxCall call) throws IOException {
        String flags = String.join("", call.args().stream().filter(a -> a.startsWith("-")).toList());
        String text = input(call, call.args().stream().filter(a -> !a.startsWith("-")).toList()).orElse("");
        long lines = text.chars().filter(c -> c == '\n').count();
        long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        call.out(switch (flags) {
            case "-l" -> lines + "\n";
            case "-w" -> words + "\n";
            case "-c" -> bytes + "\n";
            default -> "%7d %7d %7d\n".formatted(lines, words, bytes);
        });
        return 0;
    }

    private static int sort(LinuxCall call) throws IOException {
        Optional<String> text = input(call, call.args().stream().filter(a -> !a.startsWith("-")).toList());
        print(call, text.orElse("").lines().sorted().toList());
        return text.isPresent() ? 0 : 2;
    }
}
