package net.reroute.convert;

import java.util.stream.Collectors;

/** Text of a source, made safe for one line of a comment or a message. */
final class Plain {

    private static final int LONGEST = 240;

    private Plain() {}

    /** On one line, without characters that a terminal or YAML would obey, and 240 characters at most. */
    static String text(String raw) {
        String clean = visible(raw.length() > 2 * LONGEST ? raw.substring(0, 2 * LONGEST) : raw).strip();
        return clean.length() > LONGEST ? clean.substring(0, end(clean)) + "..." : clean;
    }

    /** Without those characters; control characters become blanks, so that words stay apart. */
    static String visible(String raw) {
        return raw.codePoints().filter(c -> Character.getType(c) == Character.CONTROL || !isObeyed(c))
                .map(c -> isObeyed(c) ? ' ' : c).mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** Not between the halves of a character beyond U+FFFF. */
    private static int end(String text) {
        return Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }

    /** True if a value can stand in the inventory as it is: nothing in it is invisible. */
    static boolean isPlain(String raw) {
        return raw.codePoints().noneMatch(Plain::isObeyed);
    }

    private static boolean isObeyed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
                true;
            default -> false;
        };
    }
}
