package net.reroute.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The packages that the build made. */
final class Packages {

    static final Path FOLDER = Path.of("target/packages");

    private Packages() {}

    static Path deb() throws IOException {
        return file("_amd64.deb");
    }

    static Path rpm() throws IOException {
        return file(".x86_64.rpm");
    }

    private static Path file(String ending) throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Path.of("none");
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(ending)).findFirst().orElse(Path.of("none"));
        }
    }

    /** Skips the test where there are none, or no Debian to try them in. */
    static void areThere() throws IOException {
        Assumptions.assumeTrue(Files.exists(deb()) && Files.exists(LabDebian.TAR),
                "bin/test makes a Debian, mvn -Ppackages verify makes the packages first");
    }
}
