package net.reroute.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;

/** Draws the pictures of all samples. */
final class SamplePictures {

    static final Path SAMPLES = Path.of("samples");

    private SamplePictures() {}

    /** The names of all samples with an inventory, sorted. */
    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(f -> Files.isDirectory(f.resolve("inventory"))).map(f -> f.getFileName().toString())
                    .sorted().toList();
        }
    }

    static Path home(String sample) {
        return SAMPLES.resolve(sample);
    }

    static String drawn(String sample) throws BadInventoryException {
        return new SamplePicture(sample, InventoryReader.read(home(sample).toAbsolutePath())).draw();
    }

    /** Writes picture.svg of each. */
    public static void main(String[] args) throws IOException, BadInventoryException {
        for (String sample : names()) {
            Files.writeString(home(sample).resolve("picture.svg"), drawn(sample));
        }
    }
}
