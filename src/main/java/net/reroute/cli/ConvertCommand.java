package net.reroute.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.convert.BadSourceException;
import net.reroute.convert.Converted;
import net.reroute.convert.Converter;
import net.reroute.convert.Kind;
import net.reroute.convert.Source;
import net.reroute.core.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an inventory of another tool's configuration. It needs neither a daemon nor an inventory. */
@Command(name = "convert", description = "Makes a commented inventory of a configuration of keepalived, ExaBGP's healthcheck, heartbeat, ldirectord or HAProxy.")
final class ConvertCommand extends BaseCommand {

    private static final String FILE = "converted.yaml";

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Configurations; several become one inventory. '-' is standard input.")
    List<Path> files = new ArrayList<>();

    @Option(names = "--from", paramLabel = "TOOL", description = "keepalived, exabgp, haresources, ldirectord or haproxy; recognised without it.")
    String from;

    @Option(names = "--to", paramLabel = "FOLDER", description = "Write FOLDER/inventory/converted.yaml, which must not be there, in place of printing.")
    Path folder;

    @Override
    public Integer call() throws Exception {
        processes().readsFilesOfCaller();
        Optional<Kind> kind = Optional.ofNullable(from).map(word -> Kind.named(word).orElseThrow(
                () -> usage("--from is one of " + String.join(", ", Kind.words()) + ", not '" + word + "'")));
        Converted converted = Converter.convert(sources(), kind, new IncludedFiles());
        Optional<Path> file = Optional.empty();
        if (folder != null) {
            file = Optional.of(write(converted.lines()));
        }
        tell(converted, file);
        return ExitCodes.DONE;
    }

    private List<Source> sources() throws BadSourceException {
        List<Source> sources = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Path file : files) {
            try {
                sources.add(IncludedFiles.read(file));
            } catch (BadSourceException e) {
                unread.addAll(e.sentences());
            }
        }
        if (!unread.isEmpty()) {
            throw new BadSourceException(unread);
        }
        return sources;
    }

    private Path write(List<String> lines) throws IOException {
        Path file = folder.resolve("inventory").resolve(FILE);
        if (Files.isSymbolicLink(file.getParent())) {
            throw new IOException(file.getParent() + " is a link, and nothing is written through it; name another"
                    + " folder");
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            return file;
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is there already and is never overwritten; move it away, or name"
                    + " another folder", e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + IncludedFiles.reason(e), e);
        }
    }

    private void tell(Converted converted, Optional<Path> file) throws IOException {
        tell(() -> json(converted, file), () -> file.map(f -> List.of("written: " + f + "; next, type: reroute --home "
                + folder + " validate")).orElse(converted.lines()));
        if (!isJson()) {
            converted.toDo().forEach(t -> console().err().println("to do: " + t));
            console().err().println(Text.count(converted.toDo().size(), "thing") + " to fill in, "
                    + Text.number(converted.withoutCounterpart().size()) + " without counterpart");
        }
    }

    private static ObjectNode json(Converted converted, Optional<Path> file) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("inventory",
                String.join("\n", converted.lines()) + "\n");
        ArrayNode toDo = node.putArray("todo");
        converted.toDo().forEach(toDo::add);
        ArrayNode without = node.putArray("without_counterpart");
        converted.withoutCounterpart().forEach(without::add);
        file.ifPresent(f -> node.put("file", f.toString()));
        return node;
    }
}
