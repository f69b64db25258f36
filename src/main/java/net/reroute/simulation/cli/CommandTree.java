package net.reroute.simulation.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commands of one mode. A keyword may be abbreviated if only one keyword starts with the abbreviation. In a
 * template a word in capitals matches any word, and LINE the rest of the line.
 */
final class CommandTree {

    /** Runs a command, given its words with keywords in full. */
    interface Action {
        void run(List<String> words) throws IOException;
    }

    /**
     * The meaning of a line.
     *
     * @param action empty if there is none
     * @param words with keywords in full
     * @param bad index of the word that does not fit; -1 if all fit
     * @param trouble why there is no action
     */
    record Match(Optional<Action> action, List<String> words, int bad, Trouble trouble) {}

    /** What is wrong with a line. */
    enum Trouble {
        NONE(""), UNKNOWN("Invalid"), AMBIGUOUS("Ambiguous"), INCOMPLETE("Incomplete");

        private final String word;

        Trouble(String word) {
            this.word = word;
        }

        /** The word that most devices put before "command". */
        String word() {
            return word;
        }
    }

    private final Map<List<String>, Action> templates = new LinkedHashMap<>();

    CommandTree on(String template, Action action) {
        templates.put(List.of(template.split(" ")), action);
        return this;
    }

    Match match(List<String> typed) {
        List<List<String>> candidates = List.copyOf(templates.keySet());
        List<String> words = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            List<List<String>> keyed = fitting(candidates, i, word);
            if (isAmbiguous(keyed, i, word)) {
                return new Match(Optional.empty(), words, i, Trouble.AMBIGUOUS);
            }
            Optional<List<String>> line = keyed.isEmpty() ? takingAll(candidates, i) : Optional.empty();
            if (line.isPresent()) {
                words.addAll(typed.subList(i, typed.size()));
                return found(line.get(), words);
            }
            candidates = keyed.isEmpty() ? wild(candidates, i) : exactOr(keyed, i, word);
            if (candidates.isEmpty()) {
                return new Match(Optional.empty(), words, i, Trouble.UNKNOWN);
            }
            words.add(keyed.isEmpty() ? word : candidates.getFirst().get(i));
        }
        return candidates.stream().filter(t -> t.size() == typed.size()).findFirst().map(t -> found(t, words))
                .orElse(new Match(Optional.empty(), words, -1, Trouble.INCOMPLETE));
    }

    private Match found(List<String> template, List<String> words) {
        return new Match(Optional.of(templates.get(template)), words, -1, Trouble.NONE);
    }

    private static boolean isAmbiguous(List<List<String>> keyed, int at, String word) {
        Set<String> keywords = new HashSet<>();
        keyed.forEach(t -> keywords.add(t.get(at)));
        return keywords.size() > 1 && !keywords.contains(word);
    }

    private static Optional<List<String>> takingAll(List<List<String>> candidates, int at) {
        return candidates.stream().filter(t -> t.get(Math.min(at, t.size() - 1)).equals("LINE")).findFirst();
    }

    private static List<List<String>> fitting(List<List<String>> candidates, int at, String word) {
        return candidates.stream().filter(t -> t.size() > at && !isWild(t.get(at))
                && t.get(at).startsWith(word.toLowerCase(java.util.Locale.ROOT))).toList();
    }

    private static List<List<String>> exactOr(List<List<String>> keyed, int at, String word) {
        List<List<String>> exact = keyed.stream().filter(t -> t.get(at).equals(word)).toList();
        return exact.isEmpty() ? keyed : exact;
    }

    private static List<List<String>> wild(List<List<String>> candidates, int at) {
        return candidates.stream().filter(t -> t.size() > at && isWild(t.get(at))).toList();
    }

    private static boolean isWild(String word) {
        return word.equals(word.toUpperCase(java.util.Locale.ROOT)) && Character.isLetter(word.charAt(0));
    }

    /** The words that may follow, for a question mark. */
    List<String> next(List<String> typed) {
        Set<String> words = new LinkedHashSet<>();
        templates.keySet().stream().filter(t -> t.size() > typed.size() && begins(t, typed))
                .forEach(t -> words.add("  " + t.get(typed.size())));
        return words.stream().sorted().toList();
    }

    private static boolean begins(List<String> template, List<String> typed) {
        for (int i = 0; i < typed.size(); i++) {
            if (!isWild(template.get(i)) && !template.get(i).startsWith(typed.get(i))) {
                return false;
            }
        }
        return true;
    }
}
