package net.reroute.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Weights of servers, within the limits of the inventory. */
final class Weights {

    private Weights() {}

    /**
     * The weights as YAML, with a note if they had to be scaled; empty if all are the same.
     *
     * @param wished at least 1 each
     * @param most the largest that the inventory takes
     */
    static String yaml(Map<String, Integer> wished, int most, List<Remark> notes) {
        int largest = wished.values().stream().mapToInt(i -> i).max().orElse(1);
        if (wished.values().stream().allMatch(w -> w == largest)) {
            return "";
        }
        int common = wished.values().stream().reduce(0, Weights::divisor);
        Map<String, Integer> fit = new LinkedHashMap<>(wished);
        if (largest > most) {
            fit.replaceAll((s, w) -> largest / common <= most
                    ? w / common
                    : Math.max(1, (int) Math.round((double) w * most / largest)));
            notes.add(Remark.note("the weights are scaled: " + most + " is the largest here. The source has "
                    + wished.values().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        return fit.entrySet().stream().map(e -> Scalar.of(e.getKey()) + ": " + e.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
