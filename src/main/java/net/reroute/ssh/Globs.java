package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Expands the file patterns of an Include (glob(7)). */
final class Globs {

    private Globs() {}

    /**
     * The files that match, sorted by name within each folder. Names with a leading dot match only a pattern with one.
     *
     * @param pattern absolute path
     */
    static List<Path> files(Path pattern) throws SshException {
        List<Path> all = List.of(pattern.getRoot());
        try {
            for (Path part : pattern) {
                all = deeper(all, part);
            }
        } catch (IOException e) {
            throw SshException.refused("the ssh-config " + pattern + " cannot be read; check its path and owner", e);
        }
        return all;
    }

    private static List<Path> deeper(List<Path> folders, Path part) throws IOException {
        List<Path> deeper = new ArrayList<>();
        for (Path folder : folders) {
            if (part.toString().matches(".*[*?\\[].*")) {
                deeper.addAll(glob(folder, part.toString()));
            } else if (Files.exists(folder.resolve(part))) {
                deeper.add(folder.resolve(part));
            }
        }
        return deeper;
    }

    private static List<Path> glob(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
                files.forEach(found::add);
            }
        }
        found.removeIf(f -> f.getFileName().toString().startsWith(".") && !pattern.startsWith("."));
        return found.stream().sorted().toList();
    }
}
