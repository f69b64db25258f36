package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Patterns, words and lists as OpenSSH reads them. */
class PatternsTest {

    @Test
    void starsAndQuestionMarks() {
        assertThat(List.of("gw1", "gw*", "*", "g?1", "*1", "g*1*", "**")).allMatch(p -> Patterns.matches("gw1", p));
        assertThat(List.of("gw", "gw1?", "?", "", "*2", "GW1")).noneMatch(p -> Patterns.matches("gw1", p));
        assertThat(Patterns.matches("", "*")).isTrue();
        assertThat(Patterns.matches("a.b.c.d", "*.*.d")).isTrue();
    }

    @Test
    void oneNegationOutweighsAll() {
        assertThat(Patterns.inList("gw1", "gw*,!gw2")).isTrue();
        assertThat(Patterns.inList("gw2", "gw*,!gw2")).isFalse();
        assertThat(Patterns.inList("gw1", "!gw2")).isFalse();
    }

    @Test
    void quotesHoldWordsTogetherAndHashesEndLines() {
        assertThat(ConfigWords.of("a \"b c\"  d'e f' # g")).containsExactly("a", "b c", "de f");
        assertThat(ConfigWords.of("a\\ b \"\" c#d")).containsExactly("a b", "", "c#d");
    }

    @Test
    void listsReplaceAddRemoveAndPrefer() {
        List<String> defaults = List.of("a", "b", "ab");
        assertThat(Algorithms.list("x,c", defaults, "cd"::contains)).containsExactly("c");
        assertThat(Algorithms.list("+c", defaults, "cd"::contains)).containsExactly("a", "b", "ab", "c");
        assertThat(Algorithms.list("-a*", defaults, "cd"::contains)).containsExactly("b");
        assertThat(Algorithms.list("^b", defaults, "ab"::contains)).containsExactly("b", "a", "ab");
        assertThat(Algorithms.list("a*", defaults, "ab"::contains)).containsExactly("a", "ab");
    }
}
