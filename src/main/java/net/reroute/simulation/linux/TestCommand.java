package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code test} and {@code [}: strings, numbers, files and !, without -a and -o. */
final class TestCommand implements LinuxCommand {

    @Override
    public int run(LinuxCall call) throws IOException {
        List<String> words = call.args();
        if (call.name().endsWith("[")) {
            if (words.isEmpty() || !words.getLast().equals("]")) {
                call.shell().complain(call.io(), 1, "[: missing ]");
                return 2;
            }
            words = words.subList(0, words.size() - 1);
        }
        boolean not = words.size() > 1 && words.getFirst().equals("!");
        Optional<Boolean> holds = holds(call, not ? words.subList(1, words.size()) : words);
        if (holds.isEmpty()) {
            call.shell().complain(call.io(), 1, call.name() + ": " + words.getLast() + ": unexpected operator");
            return 2;
        }
        return holds.get() == not ? 1 : 0;
    }

    private static Optional<Boolean> holds(LinuxCall call, List<String> words) {
        return switch (words.size()) {
            case 0 -> Optional.of(false);
            case 1 -> Optional.of(!words.getFirst().isEmpty());
            case 2 -> one(call, words.getFirst(), words.getLast());
            case 3 -> two(words.getFirst(), words.get(1), words.getLast());
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> one(LinuxCall call, String operator, String value) {
        return switch (operator) {
            case "-n" -> Optional.of(!value.isEmpty());
            case "-z" -> Optional.of(value.isEmpty());
            case "-e", "-f", "-r", "-s" -> Optional.of(call.shell().host().file(value).isPresent());
            case "-x" -> Optional.of(value.startsWith("/") && call.starter().has(value));
            case "-d" -> Optional.of(List.of("/", "/etc", "/proc", "/root", "/tmp", "/var").contains(value));
            case "-t" -> Optional.of(call.io().interactive());
            case "-w", "-L", "-h" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> two(String left, String operator, String right) {
        return switch (operator) {
            case "=", "==" -> Optional.of(left.equals(right));
            case "!=" -> Optional.of(!left.equals(right));
            default -> left.matches("-?\\d{1,18}") && right.matches("-?\\d{1,18}")
                    ? compare(Long.compare(Long.parseLong(left), Long.parseLong(right)), operator)
                    : Optional.empty();
        };
    }

    private static Optional<Boolean> compare(int order, String operator) {
        return switch (operator) {
            case "-eq" -> Optional.of(order == 0);
            case "-ne" -> Optional.of(order != 0);
            case "-lt" -> Optional.of(order < 0);
            case "-le" -> Optional.of(order <= 0);
            case "-gt" -> Optional.of(order > 0);
            case "-ge" -> Optional.of(order >= 0);
            default -> Optional.empty();
        };
    }
}
