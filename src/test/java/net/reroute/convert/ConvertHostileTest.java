package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are damaged, or that want to be more than text. */
class ConvertHostileTest {

    private static final int ROUNDS = 120;

    @TempDir
    Path home;

    @Test
    void theTextOfASourceNeverBecomesStructureOrAnEscape() {
        String source = String.join("\n", "listen evilLSservices:", " bind 10.5.0.9:80",
                " server \"a: {b}\\nx:\" 192.168.5.31:80 check ESC[31mred",
                " server \"- 'q'\" 192.168.5.32:80 check \"xNELsettings: {mode: act}\"",
                " option httpchk GET \"/x\\\"#: {y}\"", " option \"RLOevil # settings: {mode: act}\"");
        Conversion conversion = Conversion.of(home, source.replace("LS", "\u2028").replace("ESC", "\u001b")
                .replace("NEL", "\u0085").replace("RLO", "\u202e"));
        assertThat(conversion.text().lines()).allMatch(l -> l.matches(" *#.*| *[\\w.-]+:.*|"));
        assertThat(conversion.text().codePoints().filter(c -> c != '\n'))
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        assertThat(conversion.inventory().settings().act()).isFalse();
        assertThat(conversion.inventory().servers()).hasSize(2);
    }

    @Test
    void marksLineEndsAndTabsOfOtherSystemsChangeNothing() throws BadSourceException {
        for (String sample : Samples.ALL) {
            String other = "\ufeff" + sample.replace("    ", "\t").replace("\n", "\r\n");
            Source source = Source.of("etc/source1", other.getBytes(StandardCharsets.UTF_8));
            Converted converted = Converter.convert(List.of(source), Optional.empty(), Includes.NONE);
            assertThat(converted.lines()).isEqualTo(Conversion.of(home, sample).converted().lines());
        }
    }

    @Test
    void whatIsNoTextOrTooLargeIsRefusedInASentence() {
        BadSourceException binary = catchThrowableOfType(BadSourceException.class,
                () -> Source.of("keys.bin", new byte[]{'a', 0, 'b'}));
        assertThat(binary.sentences()).containsExactly(
                "keys.bin: is no text (it has a zero byte); name a configuration file, in UTF-8");
        BadSourceException large = catchThrowableOfType(BadSourceException.class,
                () -> Source.of("big", new byte[Source.MOST_BYTES + 1]));
        assertThat(large.sentences()).containsExactly("big: has more than 8 MB; no configuration is that large");
    }

    @Test
    void commentsInLatinOneAreRead() throws BadSourceException {
        assertThat(Source.of("x", "# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1)).text())
                .isEqualTo("# f\u00fcr\n");
    }

    @Test
    void blocksThatStandInEachOtherTooDeepAreRefused() {
        assertThat(Conversion.refusal("global_defs {\n" + "a {\n".repeat(40_000))).singleElement().asString()
                .contains("more than 30 deep");
    }

    /** Deleted, doubled and swapped lines, truncation, strange bytes: an inventory that reroute accepts, or sentences. */
    @Test
    void damagedSourcesGiveAnInventoryOrSentencesAndNeverAnException() {
        Random random = new Random(20_261_130);
        int inventories = 0;
        for (int i = 0; i < ROUNDS * Samples.ALL.size(); i++) {
            String damaged = Damage.of(Samples.ALL.get(i % Samples.ALL.size()), random);
            try {
                Source source = Source.of("etc/source", damaged.getBytes(StandardCharsets.UTF_8));
                Kind kind = Kind.values()[i % Samples.ALL.size()];
                Converted converted = Converter.convert(List.of(source), Optional.of(kind), Includes.NONE);
                Conversion.read(home, converted);
                inventories++;
            } catch (BadSourceException e) {
                assertThat(e.sentences()).as(damaged).isNotEmpty()
                        .allMatch(s -> s.length() > 10 && s.indexOf('\n') < 0);
            }
        }
        assertThat(inventories).as("most of them").isGreaterThan(ROUNDS);
    }
}
