package net.reroute.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.reroute.core.Dialect;
import net.reroute.core.Names;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds and reads routers/NAME.yaml: from the home folder, else as shipped. */
final class DialectFiles {

    /** The dialect that is code and not a file. */
    static final String LINUX = "linux";
    private static final List<String> SHIPPED = List.of("cisco-ios", "cisco-nxos", "cisco-xr", "arista-eos", "frr",
            "vyos", "juniper-junos", "mikrotik");
    private static final String RESOURCES = "/routers/";

    private final Path home;
    private final ProblemList problems;
    private final Map<String, Optional<Dialect>> read = new LinkedHashMap<>();
    /** Listed once, when they are first needed. */
    private List<Path> own;

    DialectFiles(Path home, ProblemList problems) {
        this.home = home;
        this.problems = problems;
    }

    /** The names of all dialects that an inventory can use. */
    List<String> known() {
        Set<String> names = new TreeSet<>(SHIPPED);
        names.add(LINUX);
        own().forEach(file -> names.add(name(file)));
        return List.copyOf(names);
    }

    /** The sentence for a name that is none of them; empty if it is. */
    Optional<String> unknown(String name) {
        if (known().contains(name)) {
            return Optional.empty();
        }
        String meant = Names.didYouMean(name, known());
        return Optional.of("unknown dialect '" + name + "'"
                + (meant.isEmpty() ? "; known are " + String.join(", ", known()) : meant));
    }

    private List<Path> own() {
        if (own == null) {
            own = YamlFolder.files(home.resolve("routers"), "a dialect's file", problems);
        }
        return own;
    }

    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    /** Reads every file of the home folder, used or not, so that mistakes show before they matter. */
    void readOwn() {
        own().forEach(file -> named(name(file)));
    }

    /** Empty if it has mistakes, which are then reported. */
    Optional<Dialect> named(String name) {
        if (!read.containsKey(name)) {
            read.put(name, read(name));
        }
        return read.get(name);
    }

    private Optional<Dialect> read(String name) {
        Path file = home.resolve("routers").resolve(name + ".yaml");
        int before = problems.count();
        Optional<MappingNode> top = Files.exists(file)
                ? YamlFile.read(file, problems)
                : YamlFile.read(shipped(name), name + ".yaml", problems);
        Optional<Dialect> dialect = top.map(node -> DialectReader.read(problems, name, node));
        return problems.count() > before ? Optional.empty() : dialect;
    }

    /** Reads one file, wherever it is. */
    void check(Path file) {
        YamlFile.read(file, problems).ifPresent(node -> DialectReader.read(problems, name(file), node));
    }

    private static String shipped(String name) {
        try (InputStream in = DialectFiles.class.getResourceAsStream(RESOURCES + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if a file has prompts, which no inventory has. */
    static boolean isDialect(Path file) {
        return YamlFile.read(file, new ProblemList()).map(DialectFiles::hasPrompt).orElse(false);
    }

    private static boolean hasPrompt(MappingNode top) {
        return top.getValue().stream().anyMatch(t -> t.getKeyNode() instanceof ScalarNode s
                && s.getValue().equals("prompt"));
    }
}
