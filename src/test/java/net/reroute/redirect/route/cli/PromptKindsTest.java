package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The planned move of every dialect's recording, where the device shows prompts of another kind. */
@Timeout(60)
class PromptKindsTest {

    private static final Path SHELF = Path.of("src/test/resources/recorded");

    @TempDir
    Path folder;

    private LocalTime clock = LocalTime.of(9, 59, 58);
    private int count = 8;

    private void play(String dialect, UnaryOperator<String> shown) throws IOException {
        Recording planned = Recording.read(SHELF.resolve(dialect + "/planned.txt"));
        List<String> lines = new ArrayList<>();
        for (String line : planned.lines()) {
            lines.add(line.startsWith("< ") ? ticked(shown.apply(line)) : line);
            if (line.startsWith("> ")) {
                clock = clock.plusSeconds(1);
                count++;
            }
        }
        Playback.of(new CliHome(folder), dialect, new Recording(planned.keys(), lines), Integer.MAX_VALUE);
    }

    private String ticked(String line) {
        return line.replace("{clock}", clock.toString()).replace("{count}", String.valueOf(count))
                .replace("{load}", "0." + (count * 37 % 100));
    }

    private static UnaryOperator<String> named(String exec, String config) {
        return line -> line.replace("gw1(config)", "{config}").replace("gw1", exec).replace("{config}", config);
    }

    @ParameterizedTest(name = "{0}: {1}# and {2}#")
    @CsvSource(delimiter = '|', value = {
            "cisco-ios  | gw1/admin/act             | gw1/admin/act(config)",
            "cisco-ios  | gw1 Nov 20 {clock}.123    | gw1 Nov 20 {clock}.123(config)",
            "cisco-ios  | 2026-11-20 {clock} gw1    | 2026-11-20 {clock} gw1(config)",
            "cisco-ios  | gw1 [{load}]              | gw1 [{load}](config)",
            "cisco-ios  | {count}:gw1               | {count}:gw1(config)",
            "cisco-ios  | gw1                       | {count}@gw1(config)",
            "cisco-ios  | core-router-of-site-no-17 | core-router-of-site-(config)",
            "cisco-ios  | core-router-of-site-no-17 | core-route(config)",
            "cisco-ios  | gw1                       | (config)",
            "cisco-ios  | gw1                       | something-else(config)",
            "cisco-ios  | gw1 in the cellar (left)  | gw1 in the cellar (left)(config)",
            "cisco-ios  | gw1(standby)              | gw1(standby)(config)",
            "cisco-ios  | gw1(standby)              | gw1(config)",
            "cisco-ios  | gw1                       | gw1(cfg-s-x17)",
            "cisco-ios  | J\u00c3\u00bcrgens#gw1>x  | J\u00c3\u00bcrgens#gw1>x(config)",
            "arista-eos | gw1.{clock}               | gw1.{clock}(config)",
            "arista-eos | gw1(s1)                   | gw1(s1)(config)",
            "arista-eos | gw1(vrf:BLUE)             | gw1(vrf:BLUE)(config-s-a)",
            "cisco-nxos | gw1(maint-mode)           | gw1(maint-mode)(config)",
            "cisco-nxos | gw1 {clock}               | gw1 {clock}(config)",
            "cisco-xr   | gw1 {clock}               | gw1 {clock}(config)",
            "cisco-xr   | gw1                       | other/gw(config)",
            "frr        | gw1 # no 2                | gw1 # no 2(config)",
            "frr        | gw1                       | gw2(config)",
            "vyos       | gw 1 (b)                  | ''",
            "juniper-junos | gw1-re0 {clock}        | ''",
            "mikrotik   | R1 (core) [x] > y         | ''",
            "mikrotik   | Office Router 2           | ''",
            "mikrotik   | 12(13)                    | ''",
            "mikrotik   | [gw1] /ip                 | ''",
            "mikrotik   | B\u00c3\u0085ro] >        | ''"})
    void movesWhateverThePromptsHold(String dialect, String exec, String config) throws IOException {
        play(dialect, named(exec, config));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arista-eos", "cisco-ios", "cisco-nxos", "cisco-xr", "frr", "juniper-junos", "mikrotik",
            "vyos"})
    void movesWhereSomebodyRenamesItInTheMeantime(String dialect) throws IOException {
        int[] shown = new int[1];
        long began = System.nanoTime();
        play(dialect, line -> line.replace("gw1", ++shown[0] > 40 ? "edge-7.lan" : "gw1"));
        assertThat(shown[0]).isGreaterThan(60);
        assertThat(System.nanoTime() - began).isLessThan(15_000_000_000L);
    }

    @Test
    void movesWhereTheOtherEngineTakesOverInTheMeantime() throws IOException {
        int[] shown = new int[1];
        play("juniper-junos", line -> line
                .replace("admin@gw1", (++shown[0] > 40 ? "{backup:1}" : "{master:0}") + "\\r\\nadmin@gw1"));
    }

    @Test
    void movesInABranchOfTheConfiguration() throws IOException {
        play("vyos", line -> line.replace("[edit]", "[edit interfaces ethernet eth0]"));
        play("cisco-ios", line -> line.replace("gw1(config)", "gw1(config-if)"));
    }

    @Test
    void movesWithABlankBehindThePromptOrWithoutOne() throws IOException {
        play("cisco-ios", line -> line.replaceFirst("gw1(\\(config\\))?([>#])$", "gw1$1$2\\\\s"));
        play("frr", line -> line.replaceFirst("#\\\\s$", "#"));
        play("cisco-ios", line -> line.replaceFirst("gw1(\\(config\\))?([>#])$", "gw1 $1$2"));
    }
}
