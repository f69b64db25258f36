package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.Printed;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Practice;
import net.reroute.core.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that pages print are done: in a rehearsal of the shipped inventory, one after another. */
@Timeout(300)
class PrintedCommandsInRehearsalTest {

    /** What pages speak of beside the shipped inventory. */
    private static final String NAMES = """
                                        names:
                                          www.widgetco.example: {zone: widgetco.example, services: [www-1, www-2],
                                            servers: ["192.168.1.53"], tsig: {name: reroute, key: {file: "%s"}}}
                                        """;
    /** How lines begin that no rehearsal runs, with the reason of each. */
    private static final Map<String, String> NOT_HERE = Map.ofEntries(
            Map.entry("ALL=(root) NOPASSWD:", "a line for sudoers"), Map.entry("daemon", "the rehearsal is one"),
            Map.entry("rehearse", "RehearseTest runs it"), Map.entry("--home", "another place than the rehearsal"),
            Map.entry("switch", "a process of its own; SwitchIT runs it"),
            Map.entry("init", "asks at a terminal; InitIT runs it"),
            Map.entry("convert", "reads files of the caller; ConvertCommandTest runs it"),
            Map.entry("validate FILE", "reads files of the caller"),
            Map.entry("validate routers/", "reads files of the caller"),
            Map.entry("play", "a rehearsal has no playbooks"), Map.entry("drill", "a rehearsal has no playbooks"),
            Map.entry("cluster ", "a rehearsal has one controller"),
            Map.entry("record", "writes down what is typed at a terminal"),
            Map.entry("farm", "a rehearsal spreads nothing"), Map.entry("mail", "a rehearsal has no LAN"),
            Map.entry("www to", "a rehearsal has no speakers"),
            Map.entry("status --watch", "ends with its terminal"),
            Map.entry("reload", "a rehearsal keeps its inventory"),
            Map.entry("drain --", "a sentence without the server"));
    /** Whole lines of that kind. */
    private static final Map<String, String> LINES_NOT_HERE = Map.of("drain", "a sentence without the server",
            "release",
            "a sentence without the service", "dns zone", "a sentence without the zone", "cluster",
            "a rehearsal has one controller", "www.widgetco.example to www-1", "for a name without records");
    /** What must be so before lines that begin like this. */
    private static final Map<String, String> BEFORE = Map.of("undo", "www-3 to host1", "undrain", "drain host1",
            "release www-1", "www-1 to host2", "release www.", "www.widgetco.example to www-1 --stay", "token revoke",
            "token add anna", "resume", "pause");
    /** What ends the effect of lines that begin like this. */
    private static final Map<String, String> AFTER = Map.of("www-1 to", "release www-1", "192.168.1.32/27 to",
            "release www-1", "SERVICE to", "release www-1", "PREFIX|SERVICE to", "release www-1", "drain",
            "undrain host1", "pause", "resume", "www.widgetco.example to", "release www.widgetco.example",
            "token add anna",
            "token revoke anna");

    /** A step, and why the one before this line failed. */
    private static final Pattern TOLD = Pattern.compile(" *[\\d.]+s  reroute .*|reroute: .*|.*Not all went.*");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private static Optional<String> fitting(Map<String, String> map, String line) {
        return map.entrySet().stream().filter(e -> line.startsWith(e.getKey())).map(Map.Entry::getValue).findFirst();
    }

    /** Lines of a script; a dry run has no effect that would have to end. */
    private static Stream<String> steps(Printed command) {
        String itself = command.words().stream().map(w -> w.contains(" ") ? "\"" + w + "\"" : w)
                .collect(Collectors.joining(" "));
        Optional<String> after = itself.endsWith("--dry-run") ? Optional.empty() : fitting(AFTER, command.line());
        return Stream.of(fitting(BEFORE, command.line()), Optional.of(itself), after).flatMap(Optional::stream)
                .map(words -> "reroute " + words);
    }

    @Test
    void eachIsDone() throws Exception {
        List<Printed> commands = Printed.all().stream().filter(p -> fitting(NOT_HERE, p.line()).isEmpty())
                .filter(p -> !LINES_NOT_HERE.containsKey(p.line()))
                .collect(Collectors.toMap(Printed::words, p -> p, (one, same) -> one, LinkedHashMap::new))
                .values().stream().toList();
        Path inventory = Files.createDirectories(folder.resolve("inventory"));
        Files.copy(Path.of("inventory/widgetco.yaml"), inventory.resolve("widgetco.yaml"));
        Files.writeString(inventory.resolve("names.yaml"), NAMES.formatted(secret("tsig.key")));
        Path script = Files.write(folder.resolve("script"), commands.stream().flatMap(
                PrintedCommandsInRehearsalTest::steps).toList());
        int code = Rehearse.run(new Paths(folder, folder.resolve("state"), true),
                new Practice(Optional.empty(), Optional.of(script), false, false), console());
        assertThat(commands).hasSizeGreaterThan(40);
        assertThat(code).as(said.toString(StandardCharsets.UTF_8).lines().filter(l -> TOLD.matcher(l).matches())
                .collect(Collectors.joining("\n"))).isZero();
    }

    @Test
    void everyExceptionIsNeeded() {
        List<String> lines = Printed.all().stream().map(Printed::line).toList();
        Stream.of(NOT_HERE, BEFORE, AFTER).flatMap(map -> map.keySet().stream())
                .forEach(begin -> assertThat(lines).anyMatch(line -> line.startsWith(begin)));
        assertThat(lines).containsAll(LINES_NOT_HERE.keySet());
    }

    private Path secret(String name) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(folder.resolve(name), "c2VjcmV0"),
                PosixFilePermissions.fromString("rw-------"));
    }

    private Console console() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Console(out, out, 200, false, new Actor.Human("anna", ""));
    }
}
