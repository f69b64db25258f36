package net.reroute.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.reroute.core.Durations;
import net.reroute.core.Names;

/** Values of common types. Each method throws IllegalArgumentException with a sentence for the admin. */
final class FieldValues {

    private FieldValues() {}

    static boolean flag(String key, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "yes", "on", "True", "TRUE" -> throw new IllegalArgumentException("'" + text + "' is written true");
            case "no", "off", "False", "FALSE" -> throw new IllegalArgumentException("'" + text + "' is written false");
            default -> throw new IllegalArgumentException("'" + key + "' is true or false, not '" + text + "'");
        };
    }

    static Duration duration(String key, String text) {
        Duration duration = Durations.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("'" + key + "' must be longer than nothing");
        }
        return duration;
    }

    static int count(String key, String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("'" + key + "' is a number from 1 to 9999, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    static <E extends Enum<E>> E choice(String key, String text, Class<E> type) {
        List<String> words = Stream.of(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
        if (!words.contains(text)) {
            throw new IllegalArgumentException("'" + key + "' is " + String.join(" or ", words) + ", not '" + text
                    + "'" + Names.didYouMean(text, words));
        }
        return type.getEnumConstants()[words.indexOf(text)];
    }
}
