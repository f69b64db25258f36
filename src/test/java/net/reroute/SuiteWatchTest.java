package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteWatchTest {

    private final List<String> stuck = new ArrayList<>();
    private final SuiteWatch watch = new SuiteWatch(stuck::add);
    private final long longest = SuiteWatch.LONGEST.toNanos();

    @Test
    void aSuiteInWhichNothingHappensForLongIsStuckAfterWhatHappenedLast() {
        watch.happened("the start of one test", 0);
        watch.look(longest);
        assertThat(stuck).isEmpty();
        watch.look(longest + 1);
        assertThat(stuck).containsExactly("the start of one test");
    }

    @Test
    void aLongSuiteOfShortTestsIsNot() {
        for (int i = 0; i < 100; i++) {
            watch.happened("a test", i * longest / 2);
            watch.look(i * longest / 2 + longest / 2);
        }
        assertThat(stuck).isEmpty();
    }
}
