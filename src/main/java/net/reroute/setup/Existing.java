package net.reroute.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands in the inventory already, beside the file of an earlier set-up.
 *
 * @param settings true if a file has settings
 * @param acts true if those do not say observe
 * @param others true if a file names routers, servers or services, so that a second inventory would clash with it
 */
record Existing(boolean settings, boolean acts, boolean others) {

    private static final Pattern SETTINGS = Pattern.compile("(?m)^\\s*[{,]?\\s*settings\\s*:");
    private static final Pattern OBSERVES = Pattern.compile("(?m)^[^#\\n]*\\bmode\\s*:\\s*\"?observe\\b");
    private static final Pattern OTHERS = Pattern.compile("(?m)^[^#\\n]*\\b(routers|servers|services|switches)\\s*:");

    static Existing of(Path home, Path own) throws IOException {
        boolean settings = false;
        boolean observes = false;
        boolean others = false;
        for (Path file : files(home.resolve("inventory"))) {
            if (!file.equals(own)) {
                String text = Files.readString(file);
                settings |= SETTINGS.matcher(text).find();
                observes |= OBSERVES.matcher(text).find();
                others |= OTHERS.matcher(text).find();
            }
        }
        return new Existing(settings, settings && !observes, others);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".yaml")).toList();
        }
    }
}
