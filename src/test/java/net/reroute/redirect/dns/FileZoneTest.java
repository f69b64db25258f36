package net.reroute.redirect.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Outcome;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.redirect.Applied.Done;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Fence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zone in a file, written in the ways that people write zone files. */
class FileZoneTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
    private static final String HEAD = """
                                       ; the zone of widgetco
                                       $TTL 300
                                       @\tIN SOA ns1 hostmaster (
                                       \t\t2026010101 ; serial
                                       \t\t3600 600 86400 60 )
                                       \tNS ns1
                                       ns1 A 192.168.1.53
                                       """;

    @TempDir
    Path folder;

    private Path file;

    private Service www() {
        return GivenNames.name("www.widgetco.example", GivenNames.inFile(file),
                Map.of("www-1", "192.168.1.33", "www-2", "192.168.1.65", "www-3", "192.168.1.97"));
    }

    private DnsRedirector open(String records, String... reload) throws IOException {
        file = Files.writeString(folder.resolve("zone"), HEAD + records);
        return DnsRedirector.open(RouterSpec.of(GivenNames.inFile(file, reload)), Duration.ofSeconds(1),
                name -> Set.of(), CLOCK, Fence.NONE);
    }

    private Done list(DnsRedirector redirector, String... services) throws RedirectException {
        Seen seen = redirector.look(List.of(www())).get("www.widgetco.example");
        Shift shift = new Shift(www(), seen, List.of(services), false, false, Optional.empty(), "for a test");
        return redirector.apply(List.of(shift)).done().get("www.widgetco.example");
    }

    private String records() throws IOException {
        String text = Files.readString(file);
        assertThat(text).startsWith(HEAD.replace("2026010101", "2026010102"));
        return text.substring(HEAD.length());
    }

    @Test
    void onlyTheLinesOfTheNameChangeAndTheSerialGrows() throws IOException {
        try (DnsRedirector redirector = open("""
                                             mail  A  203.0.113.5 ; not ours
                                             www   A  192.168.1.33
                                                   A  192.168.1.65
                                                   A  192.168.1.97
                                                   TXT "of www; too"
                                             ftp   CNAME www
                                             """)) {
            assertThat(list(redirector, "www-1", "www-3").text()).contains("read back",
                    "caches may answer the old for 5m",
                    "2027-01-15T08:05:00Z");
        }
        assertThat(records()).isEqualTo("""
                                        mail  A  203.0.113.5 ; not ours
                                        www.widgetco.example.\t30\tIN\tA\t192.168.1.33
                                        www.widgetco.example.\t30\tIN\tA\t192.168.1.97
                                              TXT "of www; too"
                                        ftp   CNAME www
                                        """);
    }

    @Test
    void addressesOfOthersStayAndSoDoesTheirTimeToLive() throws IOException {
        try (DnsRedirector redirector = open("""
                                             www A 203.0.113.7
                                             www A 192.168.1.33
                                             www A 192.168.1.65
                                             www AAAA 2001:db8::7
                                             """)) {
            Seen seen = redirector.look(List.of(www())).get("www.widgetco.example");
            assertThat(seen.remark()).contains("203.0.113.7", "2001:db8::7", "stays");
            assertThat(list(redirector, "www-1").kind()).isEqualTo(Outcome.Kind.MOVED);
        }
        assertThat(records().lines().filter(l -> l.contains("A"))).contains("www A 203.0.113.7", "www AAAA 2001:db8::7")
                .noneMatch(l -> l.contains("192.168.1.65")).noneMatch(l -> l.contains("\t30\t"));
    }

    @Test
    void aLineThatLosesTheNameBeforeItGetsOneOfItsOwn() throws IOException {
        try (DnsRedirector redirector = open(
                "www A 192.168.1.33\n    A 203.0.113.7\n    A 192.168.1.65\nmail A 203.0.113.5\n")) {
            assertThat(list(redirector, "www-2").kind()).isEqualTo(Outcome.Kind.MOVED);
        }
        assertThat(records()).isEqualTo(
                "www.widgetco.example.    A 203.0.113.7\n    A 192.168.1.65\nmail A 203.0.113.5\n");
    }

    @Test
    void aNameInAnotherOriginIsFound() throws IOException {
        try (DnsRedirector redirector = open(
                "$ORIGIN example.\nwww.widgetco 1h IN A 192.168.1.33\n$ORIGIN widgetco.example.\n")) {
            assertThat(redirector.look(List.of(www())).get("www.widgetco.example").servers()).containsExactly("www-1");
            assertThat(list(redirector, "www-1", "www-2").kind()).isEqualTo(Outcome.Kind.MOVED);
            assertThat(redirector.look(List.of(www())).get("www.widgetco.example").servers())
                    .containsExactly("www-1", "www-2");
        }
    }

    @Test
    void aNewNameGoesToTheEnd() throws IOException {
        try (DnsRedirector redirector = open("mail A 203.0.113.5")) { // no line end
            assertThat(redirector.look(List.of(www())).get("www.widgetco.example")).isInstanceOf(Seen.Nobody.class);
            assertThat(list(redirector, "www-1", "www-2", "www-3").kind()).isEqualTo(Outcome.Kind.MOVED);
        }
        assertThat(records()).startsWith("mail A 203.0.113.5\n").endsWith("192.168.1.97\n");
    }

    @Test
    void recordsOverSeveralLinesAreRefusedAndNothingIsChanged() throws IOException {
        String records = "www A ( 192.168.1.33\n )\nwww A 192.168.1.65\n";
        try (DnsRedirector redirector = open(records)) {
            Done done = list(redirector, "www-2");
            assertThat(done.kind()).isEqualTo(Outcome.Kind.REFUSED);
            assertThat(done.text()).contains("one to a line");
        }
        assertThat(Files.readString(file)).isEqualTo(HEAD + records);
    }

    @Test
    void aFileThatTheNameServerRefusesIsPutBack() throws IOException {
        String records = "www A 192.168.1.33\nwww A 192.168.1.65\n";
        try (DnsRedirector redirector = open(records, "sh", "-c", "echo zone rejected; exit 1")) {
            Done done = list(redirector, "www-1");
            assertThat(done.kind()).isEqualTo(Outcome.Kind.REFUSED);
            assertThat(done.text()).contains("zone rejected");
        }
        assertThat(Files.readString(file)).isEqualTo(HEAD + records);
    }

    @Test
    void theNewFileHasTheModeOfTheOldOne() throws IOException {
        try (DnsRedirector redirector = open("www A 192.168.1.33\n", "true")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
            assertThat(list(redirector, "www-2").kind()).isEqualTo(Outcome.Kind.MOVED);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw----");
        }
    }

    @Test
    void anAliasIsLeftAlone() throws IOException {
        try (DnsRedirector redirector = open("www CNAME elsewhere.example.\n")) {
            Seen seen = redirector.look(List.of(www())).get("www.widgetco.example");
            assertThat(seen).isInstanceOf(Seen.Owned.class);
            assertThat(seen.remark()).contains("alias", "elsewhere.example");
        }
    }

    @Test
    void aMissingFileIsToldOfWithTheCommandThatMakesOne() throws IOException {
        try (DnsRedirector redirector = open("")) {
            Files.delete(file);
            assertThatThrownBy(() -> redirector.look(List.of(www())))
                    .hasMessageContaining("reroute dns zone widgetco.example > " + file);
        }
    }

    @Test
    void serialsOnlyGrowWhateverTheyCountIn() {
        Instant now = CLOCK.instant();
        assertThat(Serials.after(7, now)).isEqualTo(1_800_000_000L);
        assertThat(Serials.after(2_026_113_001L, now)).isEqualTo(2_026_113_002L);
        assertThat(Serials.after(1_800_000_000L, now)).isEqualTo(1_800_000_001L);
        assertThat(Serials.after(4_294_967_295L, now)).as("around the end of 32 bits").isEqualTo(1_800_000_000L);
        assertThat(Serials.isNewer(0, 4_294_967_295L)).isTrue();
        assertThat(Serials.after(3_000_000_000L, now)).isEqualTo(3_000_000_001L);
    }
}
