package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({"2001:DB8:0:0:0:0:0:1,2001:db8::1", "::,::", "::1,::1", "2001:db8:0:1:0:0:0:1,2001:db8:0:1::1",
            "1:0:0:2:0:0:0:3,1:0:0:2::3", "fe80:0:0:0:1:1:1:1,fe80::1:1:1:1", "1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7",
            "10:0:0:0:0:0:0:0,10::", "192.168.1.2,192.168.1.2"})
    void anAddressHasOneSpelling(String written, String spelling) {
        assertThat(Address.parse(written)).hasToString(spelling);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1", "192.168.1.256", "192.168.01.2", "host1", "", "1", "[::1]",
            "1.2.3.4.5", ":::"})
    void whatIsNoAddressIsRefused(String written) {
        assertThatThrownBy(() -> Address.parse(written)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an IP address; write it like 192.168.1.2");
    }

    @Test
    void aPrefixWithHostBitsNamesTheRightOne() {
        assertThatThrownBy(() -> Prefix.parse("192.168.1.33/27"))
                .hasMessage("192.168.1.33/27 has host bits set; the prefix is 192.168.1.32/27");
        assertThatThrownBy(() -> Prefix.parse("2001:db8::1/64"))
                .hasMessage("2001:db8::1/64 has host bits set; the prefix is 2001:db8::/64");
    }

    @Test
    void aPrefixKnowsItsFirstUsableAddress() {
        assertThat(Prefix.parse("192.168.1.32/27").firstUsable()).hasToString("192.168.1.33");
        assertThat(Prefix.parse("192.168.1.20").firstUsable()).hasToString("192.168.1.20");
        assertThat(Prefix.parse("192.168.1.20/31").firstUsable()).hasToString("192.168.1.20");
        assertThat(Prefix.parse("2001:db8::/64").firstUsable()).hasToString("2001:db8::1");
    }

    @Test
    void prefixesOverlapWhenOneContainsTheOther() {
        assertThat(Prefix.parse("10.0.0.0/8").overlaps(Prefix.parse("10.1.0.0/16"))).isTrue();
        assertThat(Prefix.parse("10.1.0.0/16").overlaps(Prefix.parse("10.0.0.0/8"))).isTrue();
        assertThat(Prefix.parse("10.0.0.0/16").overlaps(Prefix.parse("10.1.0.0/16"))).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").overlaps(Prefix.parse("::/0"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.32/33", "192.168.1.32/", "192.168.1.32/-1", "::/129", "192.168.1.32/x"})
    void whatIsNoPrefixIsRefused(String written) {
        assertThatThrownBy(() -> Prefix.parse(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"50ms,PT0.05S", "2s,PT2S", "5m,PT5M", "1h,PT1H", "1d,PT24H"})
    void durationsAreReadAsWritten(String written, Duration duration) {
        assertThat(Durations.parse(written)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1s", "1.5s", "1w", "", "99999999999s", "2 parsecs"})
    void whatIsNoDurationIsRefused(String written) {
        assertThatThrownBy(() -> Durations.parse(written))
                .hasMessage("'" + written + "' is not a duration; write it like 50ms, 2s, 5m, 1h or 1d");
    }

    @ParameterizedTest
    @CsvSource({"2 s,2s", "5min,5m", "3 hours,3h", "20 msec,20ms"})
    void aDurationThatHasOneReadingIsSaid(String written, String meant) {
        assertThatThrownBy(() -> Durations.parse(written))
                .hasMessage("'" + written + "' is not a duration; write " + meant);
    }

    @Test
    void noDurationIsLongerThanNanosecondsCanCount() {
        assertThatThrownBy(() -> Durations.parse("999999999d")).hasMessageContaining("longer than a hundred years");
        assertThat(Durations.parse("36500d").toNanos()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"PT0.25S,250ms", "PT4S,4s", "PT4.25S,4.2s", "PT3M12S,3m12s", "PT5H7M,5h07m", "PT52H,2d4h", "PT1H,1h"})
    void durationsAreShownShort(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }

    @Test
    void guessesWhatWasMeant() {
        List<String> known = List.of("host1", "prefix", "servers");
        assertThat(Names.didYouMean("prefx", known)).isEqualTo(", did you mean 'prefix'?");
        assertThat(Names.didYouMean("sevrers", known)).isEqualTo(", did you mean 'servers'?");
        assertThat(Names.didYouMean("qqqqq", known)).isEmpty();
    }

    @Test
    void aServiceOrServerIsNotNamedLikeACommand() {
        assertThat(Names.complaint("status")).hasValueSatisfying(c -> assertThat(c).contains("command line"));
        assertThat(Names.complaint("to")).isPresent();
        assertThat(Names.complaint("a b")).isPresent();
        assertThat(Names.complaint("www-1.example_2")).isEmpty();
    }

    @Test
    void textIsBrokenAtSpacesAndColoursTakeNoRoom() {
        assertThat(Text.wrap("  one two three", 9)).containsExactly("  one two", "three");
        assertThat(Text.wrap("averylongword b", 5)).containsExactly("averylongword", "b");
        assertThat(Text.wrap("\u001b[33mnote\u001b[0m: b", 7)).containsExactly("\u001b[33mnote\u001b[0m: b");
        assertThat(Text.wrap("", 7)).containsExactly("");
    }

    @Test
    void thePrefixAroundAnAddress() {
        assertThat(Prefix.around(Address.parse("192.168.1.45"), 27)).hasToString("192.168.1.32/27");
        assertThat(Prefix.around(Address.parse("2001:db8::5:1"), 64)).hasToString("2001:db8::/64");
    }
}
