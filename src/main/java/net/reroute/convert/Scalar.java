package net.reroute.convert;

import java.util.List;
import java.util.stream.Collectors;

/** Values as YAML: quoted wherever YAML or a reader could take them for something else. */
final class Scalar {

    private static final String BARE = "[A-Za-z][A-Za-z0-9._/@-]*|[1-9][0-9]{0,8}|[1-9][0-9]{0,8}(ms|s|m|h|d)"
            + "|[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?";
    private static final String RESERVED = "(?i)true|false|yes|no|on|off|null|y|n";

    private Scalar() {}

    static String of(String text) {
        return text.matches(BARE) && !text.matches(RESERVED) ? text : quoted(text);
    }

    static String of(long number) {
        return Long.toString(number);
    }

    /** In double quotes, where only the quote and the backslash have a meaning. */
    static String quoted(String text) {
        return '"' + Plain.visible(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String list(List<String> texts) {
        return texts.stream().map(Scalar::of).collect(Collectors.joining(", ", "[", "]"));
    }
}
