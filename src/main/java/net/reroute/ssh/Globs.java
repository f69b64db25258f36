package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files an Include means (glob(7)). */
final class Globs {

    private Globs() {}

    /** Those that match in every part of the path, in order of their names. */
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
