package net.reroute.check;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import net.reroute.core.CheckSpec.LoadPath;

/** Reads the load of a server from a JSON answer. */
final class LoadFigure {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PLACES = 3;

    private LoadFigure() {}

    /** The number at this place; empty if there is none, or it is no load. Loads are not negative. */
    static OptionalDouble in(String text, LoadPath path) {
        try {
            JsonNode node = JSON.readTree(text);
            for (String step : path.steps()) {
                node = node.isArray() && step.matches("\\d{1,6}") ? node.path(Integer.parseInt(step)) : node.path(step);
            }
            return node.isNumber() && Double.isFinite(node.asDouble()) && node.asDouble() >= 0
                    ? OptionalDouble.of(node.asDouble())
                    : OptionalDouble.empty();
        } catch (JacksonException e) {
            return OptionalDouble.empty(); // no JSON, so no load is known
        }
    }

    /** Without digits that nobody reads. */
    static String text(double load) {
        return BigDecimal.valueOf(load).setScale(PLACES, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
