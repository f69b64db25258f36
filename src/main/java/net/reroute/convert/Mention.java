package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How comments name a statement of the source. Values that may be secret are never shown. */
final class Mention {

    private static final String LEFT_OUT = "(the rest is left out: it may be secret)";
    private static final Pattern SECRET = Pattern
            .compile("(?i)pass|pwd|secret|token|auth|credential|md5|api-?key|bearer");
    /** As curl and mysql take user names and passwords. */
    private static final Pattern LOGIN = Pattern.compile("-[pu].*");
    private static final Pattern USER = Pattern.compile("//[^/@\\s]*@");
    private static final int MOST_KEYS = 100;

    private Mention() {}

    /** A statement and its place, as in "quorum 2 (keepalived.conf:15)"; of a block the keywords in it, too. */
    static String of(Statement statement) {
        String inside = isSecret(statement.words())
                ? ""
                : statement.block().map(b -> " {" + keys(b) + "}").orElse("");
        return words(statement.words()) + inside + " (" + statement.place() + ")";
    }

    private static String keys(List<Statement> block) {
        List<String> keys = block.stream().map(s -> words(List.of(s.key())).replace(" " + LEFT_OUT, "")).distinct()
                .toList();
        int more = keys.size() - MOST_KEYS;
        return keys.stream().limit(MOST_KEYS).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Words with everything after a word that announces a secret left out. */
    static String words(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (String word : String.join(" ", words).split("\\s+")) {
            boolean option = LOGIN.matcher(word).matches();
            if (option || SECRET.matcher(word).find()) {
                shown.add(announced(word));
                shown.add(LEFT_OUT);
                break;
            }
            shown.add(USER.matcher(word).replaceAll("//"));
        }
        return Plain.text(String.join(" ", shown));
    }

    /** The letters and dashes that a word begins with: what follows may be the secret itself. */
    private static String announced(String word) {
        int end = 0;
        while (end < word.length() && (Character.isLetter(word.charAt(end)) || "-_".indexOf(word.charAt(end)) >= 0)) {
            end++;
        }
        return LOGIN.matcher(word).matches() && !word.startsWith("--") ? word.substring(0, 2) : word.substring(0, end);
    }

    /** True if something in it may be a secret. */
    static boolean isSecret(List<String> words) {
        return words(words).contains(LEFT_OUT) || USER.matcher(String.join(" ", words)).find();
    }
}
