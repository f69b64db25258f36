package net.reroute.simulation.linux;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.simulation.linux.ShellNode.Redirect;

/** Runs what {@link ShellParser} read. One for each {@code sh} and each subshell. */
final class LinuxShell {

    private final String name;
    private final LinuxHost host;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> arguments;
    private int status;

    /** @param name it complains by; begins with a dash for the one of a login */
    LinuxShell(String name, LinuxHost host, Map<String, String> variables, List<String> arguments) {
        this.name = name;
        this.host = host;
        this.variables.putAll(variables);
        this.arguments = arguments;
    }

    LinuxShell copy() {
        LinuxShell copy = new LinuxShell(name, host, variables, arguments);
        copy.status = status;
        return copy;
    }

    LinuxHost host() {
        return host;
    }

    Map<String, String> variables() {
        return variables;
    }

    List<String> arguments() {
        return arguments;
    }

    String name() {
        return name;
    }

    int status() {
        return status;
    }

    /** Runs every command as soon as it is complete, until the lines end or an {@code exit}. */
    int runAll(ShellSource.Lines lines, ShellIo io) throws IOException {
        ShellLexer lexer = new ShellLexer(lines);
        ShellParser parser = new ShellParser(lexer);
        try {
            while (runNext(lexer, parser, io)) {
                continue;
            }
        } catch (ShellExit e) {
            status = e.status();
        }
        return status;
    }

    /** @return whether there may be more */
    private boolean runNext(ShellLexer lexer, ShellParser parser, ShellIo io) throws IOException {
        try {
            Optional<ShellNode> node = parser.next();
            if (node.isPresent()) {
                run(node.get(), io);
            }
            return node.isPresent();
        } catch (LinuxTerminal.Break e) {
            status = 130;
            new LinuxCall(this, name, List.of(), io).out("\n");
        } catch (ShellSyntax e) {
            complain(io, e.line(), e.getMessage());
            status = 2;
        }
        lexer.forget();
        return io.interactive();
    }

    void complain(ShellIo io, int line, String what) throws IOException {
        boolean bash = name.startsWith("-");
        new LinuxCall(this, name, List.of(), io).err(name + ": " + (bash ? "" : line + ": ") + what + "\n");
    }

    int run(ShellNode node, ShellIo io) throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("hung up");
        }
        status = switch (node) {
            case ShellNode.Simple simple -> new ShellSimple(this, simple).run(io);
            case ShellNode.Block block -> block(block, io);
            case ShellNode.Either either -> either(either, io);
            case ShellNode.Pipe pipe -> pipe(pipe, io);
            case ShellNode.Group group -> group(group, io);
            case ShellNode.If choice -> choice(choice, io);
            case ShellNode.While loop -> loop(loop, io);
            case ShellNode.For each -> each(each, io);
        };
        return status;
    }

    private int block(ShellNode.Block block, ShellIo io) throws IOException {
        for (ShellNode node : block.nodes()) {
            run(node, io);
        }
        return status;
    }

    private int either(ShellNode.Either either, ShellIo io) throws IOException {
        int first = run(either.first(), io);
        return (first == 0) == either.and() ? run(either.second(), io) : first;
    }

    private int group(ShellNode.Group group, ShellIo io) throws IOException {
        Optional<ShellIo> redirected = redirect(group.redirects(), io, 1);
        if (redirected.isEmpty()) {
            return 2;
        }
        return group.sub() ? copy().runSub(group.body(), redirected.get()) : run(group.body(), redirected.get());
    }

    /** In a shell of its own: an {@code exit} ends no more than that. */
    private int runSub(ShellNode node, ShellIo io) throws IOException {
        try {
            return run(node, io);
        } catch (ShellExit e) {
            return e.status();
        }
    }

    /** One part after the other, each reading what the one before wrote. */
    private int pipe(ShellNode.Pipe pipe, ShellIo io) throws IOException {
        ShellIo from = io;
        int last = 0;
        for (int i = 0; i < pipe.parts().size(); i++) {
            boolean end = i == pipe.parts().size() - 1;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            last = copy().runSub(pipe.parts().get(i), end ? from.withOut(io.out()) : from.withOut(out));
            from = io.withIn(new ByteArrayInputStream(out.toByteArray()));
        }
        return pipe.not() ? last == 0 ? 1 : 0 : last;
    }

    private int choice(ShellNode.If choice, ShellIo io) throws IOException {
        if (run(choice.condition(), io) == 0) {
            return run(choice.then(), io);
        }
        return choice.otherwise().isPresent() ? run(choice.otherwise().get(), io) : 0;
    }

    private int loop(ShellNode.While loop, ShellIo io) throws IOException {
        int last = 0;
        while (run(loop.condition(), io) == 0 != loop.until()) {
            io.pause(1);
            last = run(loop.body(), io);
        }
        return last;
    }

    private int each(ShellNode.For each, ShellIo io) throws IOException {
        int last = 0;
        for (String value : new ShellExpansion(this, io).words(each.words())) {
            variables.put(each.name(), value);
            last = run(each.body(), io);
        }
        return last;
    }

    /** What a script prints, without the last line ends. */
    String output(String script, ShellIo io) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        status = copy().runAll(ShellSource.of(script), io.withOut(out));
        return out.toString(StandardCharsets.UTF_8).replaceFirst("\n+$", "");
    }

    /** @return empty if it has complained already */
    Optional<ShellIo> redirect(List<Redirect> redirects, ShellIo io, int line) throws IOException {
        ShellIo now = io;
        for (Redirect redirect : new ArrayList<>(redirects)) {
            String target = new ShellExpansion(this, io).one(redirect.target());
            Optional<String> refusal = ShellRedirect.refusal(redirect, target, host);
            if (refusal.isPresent()) {
                complain(now, line, refusal.get());
                return Optional.empty();
            }
            now = ShellRedirect.apply(redirect, target, now, host);
        }
        return Optional.of(now);
    }
}
