package net.reroute.simulation.linux;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Runs the commands that {@link ShellParser} parsed. Each {@code sh} and each subshell has one. */
final class LinuxShell implements LinuxCall.Starter {

    private final ShellState state;
    private final LinuxPrograms programs;

    LinuxShell(ShellState state, LinuxPrograms programs) {
        this.state = state;
        this.programs = programs;
    }

    private LinuxShell copy() {
        return new LinuxShell(state.copy(), programs);
    }

    @Override
    public boolean has(String name) {
        return programs.find(name).isPresent();
    }

    @Override
    public int program(LinuxCall call) throws IOException {
        return programs.find(call.name()).orElseThrow().run(call);
    }

    @Override
    public int script(ShellState shell, ShellSource.Lines lines, ShellIo io) throws IOException {
        return new LinuxShell(shell, programs).runAll(lines, io);
    }

    /** Runs every command as soon as it is complete, until the lines end or {@code exit}. Returns the exit status. */
    int runAll(ShellSource.Lines lines, ShellIo io) throws IOException {
        ShellLexer lexer = new ShellLexer(lines);
        ShellParser parser = new ShellParser(lexer);
        try {
            while (runNext(lexer, parser, io)) {
                continue;
            }
        } catch (ShellExit e) {
            state.status(e.status());
        }
        return state.status();
    }

    /** @return false at the end */
    private boolean runNext(ShellLexer lexer, ShellParser parser, ShellIo io) throws IOException {
        try {
            Optional<ShellNode> node = parser.next();
            if (node.isPresent()) {
                run(node.get(), io);
            }
            return node.isPresent();
        } catch (LinuxTerminal.Break e) {
            state.status(130);
            io.print("\n");
        } catch (ShellSyntax e) {
            state.complain(io, e.line(), e.getMessage());
            state.status(2);
        }
        lexer.forget();
        return io.interactive();
    }

    int run(ShellNode node, ShellIo io) throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("hung up");
        }
        state.status(switch (node) {
            case ShellNode.Simple simple -> new SimpleCommand(state, programs, this).run(simple, expansion(io), io);
            case ShellNode.Block block -> block(block, io);
            case ShellNode.Either either -> either(either, io);
            case ShellNode.Pipe pipe -> pipe(pipe, io);
            case ShellNode.Group group -> group(group, io);
            case ShellNode.If choice -> choice(choice, io);
            case ShellNode.While loop -> loop(loop, io);
            case ShellNode.For each -> each(each, io);
        });
        return state.status();
    }

    private int block(ShellNode.Block block, ShellIo io) throws IOException {
        for (ShellNode node : block.nodes()) {
            run(node, io);
        }
        return state.status();
    }

    private int either(ShellNode.Either either, ShellIo io) throws IOException {
        int first = run(either.first(), io);
        return (first == 0) == either.and() ? run(either.second(), io) : first;
    }

    private int group(ShellNode.Group group, ShellIo io) throws IOException {
        Optional<ShellIo> redirected = new ShellRedirect(state, expansion(io)).apply(group.redirects(), io, 1);
        if (redirected.isEmpty()) {
            return 2;
        }
        return group.sub() ? copy().runSub(group.body(), redirected.get()) : run(group.body(), redirected.get());
    }

    /** Runs a node in a subshell: {@code exit} ends only that. */
    private int runSub(ShellNode node, ShellIo io) throws IOException {
        try {
            return run(node, io);
        } catch (ShellExit e) {
            return e.status();
        }
    }

    /** Runs one part after the other. Each reads the complete output of the part before. */
    private int pipe(ShellNode.Pipe pipe, ShellIo io) throws IOException {
        ShellIo from = io;
        int last = 0;
        for (int i = 0; i < pipe.parts().size(); i++) {
            boolean end = i == pipe.parts().size() - 1;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            last = copy().runSub(pipe.parts().get(i), end ? from.withOut(io.out()) : from.withOut(out));
            from = io.withIn(new ByteArrayInputStream(out.toByteArray()));
        }
        int opposite = last == 0 ? 1 : 0;
        return pipe.not() ? opposite : last;
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
        for (String value : expansion(io).words(each.words())) {
            state.variables().put(each.name(), value);
            last = run(each.body(), io);
        }
        return last;
    }

    private ShellExpansion expansion(ShellIo io) {
        return new ShellExpansion(state, script -> output(script, io));
    }

    /** The output of a script, without trailing line ends. */
    private String output(String script, ShellIo io) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        state.status(copy().runAll(ShellSource.of(script), io.withOut(out)));
        return out.toString(StandardCharsets.UTF_8).replaceFirst("\n+$", "");
    }
}
