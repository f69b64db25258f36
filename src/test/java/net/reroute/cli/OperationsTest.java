package net.reroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import net.reroute.operations.Operations;
import org.junit.jupiter.api.Test;

/** Everything that can be asked of reroute or told to it has a command, and a command does nothing else. */
class OperationsTest {

    /** A command line that calls it, for each operation. */
    private static final Map<String, String> COMMANDS = Map.ofEntries(Map.entry("status", "status"),
            Map.entry("explain", "explain www-1"), Map.entry("names", "names services"),
            Map.entry("plan", "plan --if-down host1"),
            Map.entry("history", "history --since 2h"), Map.entry("verifyHistory", "history --verify"),
            Map.entry("jobs", "jobs --json"), Map.entry("cluster", "cluster"), Map.entry("examine", "doctor"),
            Map.entry("zone", "dns zone widgetco.example"),
            Map.entry("recordSession", "record gw1"), Map.entry("validateDialects", "validate routers/cisco-ios.yaml"),
            Map.entry("validate", "validate"), Map.entry("move", "www-1 to host2 --for 2h"),
            Map.entry("release", "release www-1"), Map.entry("drain", "drain host1"),
            Map.entry("planMaintenance", "drain host1 --for 1h --from 2030-01-01_02:00Z"),
            Map.entry("undrain", "undrain host1"), Map.entry("undo", "undo"), Map.entry("pause", "pause"),
            Map.entry("resume", "resume --force"), Map.entry("addToken", "token add anna --read-only"),
            Map.entry("tokens", "token"), Map.entry("revokeToken", "token revoke anna"),
            Map.entry("reload", "reload --dry-run"),
            Map.entry("play", "play mirror --server host1"), Map.entry("stopPlaybook", "play mirror --stop"),
            Map.entry("drill", "drill host1 --shadow"), Map.entry("lastDrill", "drill host1 --report"),
            Map.entry("drills", "drill"));

    /** Processes, what reads files of the caller alone, and what is made from the commands themselves. */
    private static final Set<String> NO_OPERATION = Set.of("daemon", "init", "rehearse", "switch", "completion", "man",
            "convert");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void eachOperationHasACommandThatCallsItAndNoOther() {
        Map<String, List<String>> called = new TreeMap<>();
        Map<String, List<String>> expected = new TreeMap<>();
        for (Method operation : Operations.class.getDeclaredMethods()) {
            if (!Modifier.isStatic(operation.getModifiers()) && !operation.isSynthetic()) {
                String line = COMMANDS.getOrDefault(operation.getName(), "");
                called.put(operation.getName(), calledBy(line));
                expected.put(operation.getName(), List.of(operation.getName()));
            }
        }
        assertThat(called).as(err.toString()).isEqualTo(expected);
    }

    @Test
    void eachCommandBelongsToAnOperation() {
        Set<String> commands = new TreeSet<>(Cli.commands(null, null, console()).getSubcommands().keySet());
        commands.removeAll(NO_OPERATION);
        Set<String> calling = COMMANDS.values().stream()
                .map(line -> line.contains(" to ") ? "move" : line.split(" ")[0]).collect(Collectors.toSet());
        assertThat(commands).isEqualTo(calling);
    }

    @Test
    void helpIsWrittenBeforeOrBehindACommand() {
        assertThat(told("help", "drain")).isEqualTo(told("drain", "--help")).contains("--because");
        assertThat(told("help")).isEqualTo(told("--help")).contains("drain");
    }

    private static String told(String... words) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        assertThat(Cli.run(List.of(words), null, null, new Console(out, out, 80, false, new Actor.Human("root", ""))))
                .isZero();
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Which operations a command line calls; each of them refuses, so that no report is needed. */
    private List<String> calledBy(String line) {
        Map<String, Integer> calls = new HashMap<>();
        Operations operations = (Operations) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Operations.class}, (proxy, method, arguments) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    throw new RequestRefusedException("for a test");
                });
        List<String> words = Arrays.stream(line.split(" ")).map(w -> w.replace('_', ' ')).toList();
        Cli.run(words, operations, null, console());
        return calls.keySet().stream().sorted().toList();
    }

    private Console console() {
        PrintStream nowhere = new PrintStream(err);
        return new Console(nowhere, nowhere, 80, false, new Actor.Human("root", ""));
    }
}
