package net.reroute.convert;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.reroute.core.Inventory;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;

/** What became of a source, and the inventory as reroute reads it. */
record Conversion(Converted converted, Inventory inventory) {

    /** Fails if the inventory is refused. */
    static Conversion of(Path home, String... sources) {
        return of(home, Map.of(), sources);
    }

    /** @param files that are included, by name */
    static Conversion of(Path home, Map<String, String> files, String... sources) {
        try {
            List<Source> all = IntStream.range(0, sources.length)
                    .mapToObj(i -> new Source("etc/source" + (i + 1), sources[i])).toList();
            Converted converted = Converter.convert(all, Optional.empty(), including(files));
            return new Conversion(converted, read(home, converted));
        } catch (BadSourceException e) {
            throw new AssertionError(e.sentences().toString(), e);
        }
    }

    static Includes including(Map<String, String> files) {
        return (pattern, from) -> files.entrySet().stream()
                .filter(e -> e.getKey().equals(pattern) || pattern.equals("*"))
                .map(e -> new Source(e.getKey(), e.getValue())).toList();
    }

    static Inventory read(Path home, Converted converted) {
        try {
            Files.createDirectories(home.resolve("inventory"));
            Files.write(home.resolve("inventory/converted.yaml"), converted.lines(), StandardCharsets.UTF_8);
            return InventoryReader.read(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadInventoryException e) {
            throw new AssertionError(e.problems() + "\n" + String.join("\n", converted.lines()), e);
        }
    }

    /** The sentences of a refusal. */
    static List<String> refusal(Map<String, String> files, String source) {
        return catchThrowableOfType(BadSourceException.class, () -> Converter.convert(
                List.of(new Source("etc/source", source)), Optional.empty(), including(files))).sentences();
    }

    static List<String> refusal(String source) {
        return refusal(Map.of(), source);
    }

    String text() {
        return String.join("\n", converted.lines());
    }

    /** The comments in one line each, however they were wrapped. */
    String told() {
        return String.join("\n", converted.toDo()) + "\n" + String.join("\n", converted.withoutCounterpart());
    }

    /** All comments, with their wrapping taken out. */
    String comments() {
        return text().replaceAll("\n *# {3}", " ");
    }
}
