package net.reroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.reroute.Docs;
import net.reroute.Printed;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import net.reroute.operations.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The program understands every command that a page prints: it asks for what the command is for. */
class PrintedCommandsTest {

    /** What looks like a command and is none, each with its reason. */
    private static final Map<String, String> NONE = Map.of("ALL=(root) NOPASSWD:", "a line for sudoers: a user's name");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();

    static List<Printed> printed() {
        return Stream.concat(Printed.all().stream(), withoutTheProgram())
                .filter(p -> NONE.keySet().stream().noneMatch(p.line()::startsWith)).distinct().toList();
    }

    /** In sentences: 'plan --if-down host2'. */
    private static Stream<Printed> withoutTheProgram() {
        Set<String> commands = Cli.commands(null, null, null).getSubcommands().keySet();
        return Docs.pages().stream().flatMap(page -> page.inline().stream().filter(code -> code.contains(" --"))
                .filter(code -> commands.contains(code.split(" ")[0]))
                .map(code -> new Printed(page.file(), code, true)));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void isUnderstood(Printed command) {
        if (command.inSentence() && isMention(command.words())) {
            return;
        }
        int code = run(command.words());
        assertThat(code).as(command + ": " + said).isNotEqualTo(ExitCodes.USAGE);
        assertThat(code == ExitCodes.DONE || !asked.isEmpty()).as(command + " asks for nothing: " + said).isTrue();
    }

    @Test
    void whatIsNoCommandIsFound() {
        for (String line : List.of("stauts", "status --alll", "drain", "www-1 to", "to host1", "drain host1 --for soon",
                "drain host1 --from 2020-12-01",
                "cluster leave c2", "token add")) {
            assertThat(run(List.of(line.split(" ")))).as(line).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(isMention(List.of("stauts"))).isFalse();
        assertThat(isMention(List.of("status", "--alll"))).isFalse();
        assertThat(isMention(List.of("drain", "--wait"))).isTrue();
    }

    @Test
    void everyExceptionIsNeeded() {
        assertThat(NONE.keySet())
                .allMatch(none -> Printed.all().stream().anyMatch(p -> p.line().startsWith(none)));
    }

    @Test
    void pagesPrintMostOfWhatThereIs() {
        TreeSet<String> commands = new TreeSet<>(Cli.commands(null, null, console()).getSubcommands().keySet());
        printed().forEach(p -> commands.removeAll(p.words()));
        assertThat(commands).as("commands that no page prints; move has no word of its own, names is for completion")
                .containsExactly("move", "names");
    }

    /** True if a sentence speaks of a command, perhaps with an option, but without a value: 'drain --wait'. */
    private boolean isMention(List<String> words) {
        CommandLine line = Cli.commands(null, null, console());
        int at = 0;
        while (at < words.size() && line.getSubcommands().containsKey(words.get(at))) {
            line = line.getSubcommands().get(words.get(at++));
        }
        return at > 0 && line.getCommandSpec().optionsMap().keySet().containsAll(words.subList(at, words.size()));
    }

    private int run(List<String> words) {
        return Cli.run(words, refusing(Operations.class), refusing(Processes.class), console());
    }

    private <T> T refusing(Class<T> kind) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[]{kind}, (proxy, method, with) -> {
            asked.add(method.getName());
            throw new RequestRefusedException("for a test");
        }));
    }

    private Console console() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Console(out, out, 80, false, new Actor.Human("root", ""));
    }
}
