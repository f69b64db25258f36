package net.reroute.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.cli.Processes;
import net.reroute.core.Actor;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with files. */
class ConvertCommandTest {

    private static final Processes ANY = (Processes) Proxy.newProxyInstance(Processes.class.getClassLoader(),
            new Class<?>[]{Processes.class}, (proxy, method, arguments) -> null);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("haproxy.cfg"), Samples.HAPROXY);
    }

    private int run(Object... words) {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), 80, false, new Actor.Human("anna", ""));
        return Cli.run(List.of(words).stream().map(Object::toString).toList(), null, ANY, console);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theInventoryIsPrintedAndWhatIsToBeDoneGoesToTheOtherStream() throws Exception {
        assertThat(run("convert", file)).isZero();
        assertThat(said()).startsWith("# Made by 'reroute convert' from " + file).contains("reroute doctor",
                "settings: {mode: observe}");
        assertThat(complained()).containsPattern("0 things to fill in, \\d+ without counterpart\n$");
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("inventory"));
        Files.writeString(home.resolve("inventory/all.yaml"), said());
        assertThat(InventoryReader.read(home).switches()).hasSize(3);
    }

    @Test
    void aFolderGetsAFileThatIsNeverOverwritten() throws IOException, BadInventoryException {
        Path home = folder.resolve("home");
        assertThat(run("convert", "--to", home, file)).isZero();
        assertThat(said()).contains("written: " + home.resolve("inventory/converted.yaml"));
        assertThat(InventoryReader.read(home).switches()).hasSize(3);
        Files.writeString(home.resolve("inventory/converted.yaml"), "# mine");
        assertThat(run("convert", "--to", home, file)).isEqualTo(1);
        assertThat(complained()).contains("is there already and is never overwritten");
        assertThat(home.resolve("inventory/converted.yaml")).hasContent("# mine");
    }

    @Test
    void asJsonEverythingIsInOneObject() throws IOException {
        assertThat(run("convert", "--json", file)).isZero();
        JsonNode answer = new ObjectMapper().readTree(said());
        assertThat(answer.path("inventory").asText()).contains("switches:");
        assertThat(answer.path("todo").isArray()).isTrue();
        assertThat(answer.path("without_counterpart").size()).isGreaterThan(3);
        assertThat(complained()).isEmpty();
    }

    @Test
    void filesThatCannotBeReadAreAllToldAtOnce() {
        assertThat(run("convert", folder.resolve("none"), folder)).isEqualTo(2);
        assertThat(complained()).contains("none: cannot be read: there is no such file",
                folder + ": is a folder; name the file in it");
    }

    @Test
    void whatComesThroughAPipeIsReadToItsEnd() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                Files.writeString(pipe, Samples.HAPROXY, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(run("convert", pipe)).isZero();
        assertThat(said()).contains("switches:");
        writer.join();
    }

    @Test
    void aMinusIsStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Samples.HAPROXY.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("convert", "-")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(said()).startsWith("# Made by 'reroute convert' from standard input, a configuration of HAProxy.");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("inventory"), elsewhere);
        assertThat(run("convert", "--to", home, file)).isEqualTo(1);
        assertThat(complained()).contains("inventory is a link, and nothing is written through it");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aToolThatIsNamedIsTakenAtItsWord() {
        assertThat(run("convert", "--from", "haproxy", file)).isZero();
        assertThat(run("convert", "--from", "ldirectord", file)).isEqualTo(2);
        assertThat(complained()).contains("haproxy.cfg:1: this is no line of the form option = value");
        assertThat(run("convert", "--from", "squid", file)).isEqualTo(2);
        assertThat(complained()).contains("--from is one of keepalived, exabgp");
    }

    @Test
    void includedFilesAreFoundBesideTheFileThatIncludesThem() throws IOException {
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/b.conf"), "include ../c.conf\n");
        Files.writeString(folder.resolve("c.conf"),
                "virtual_server 10.7.0.80 80 {\n real_server 192.168.7.11 80 {\n }\n}");
        Path main = Files.writeString(folder.resolve("keepalived.conf"), "global_defs {\n}\ninclude conf.d/*.conf\n");
        assertThat(run("convert", main)).isZero();
        assertThat(said()).contains("(c.conf:1)", "address: 10.7.0.80");
        Files.writeString(folder.resolve("c.conf"), "include conf.d/b.conf\n");
        assertThat(run("convert", main)).isEqualTo(2);
        assertThat(complained()).contains("includes itself");
    }
}
