package net.reroute.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Names;
import net.reroute.ssh.Permissions;

/**
 * The files NAME.yaml of a folder, in name order. Hidden files are skipped, as by {@code *.yaml} in a shell: editors
 * leave them there.
 */
final class YamlFolder {

    private static final String ENDING = ".yaml";

    private YamlFolder() {}

    /**
     * The files; none if there is no such folder. Files with another ending that look like YAML are reported.
     *
     * @param kind for sentences: "a playbook's file"
     */
    static List<Path> files(Path folder, String kind, ProblemList problems) {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        Permissions.writable(folder).ifPresent(why -> problems.unread(folder, why));
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> all = listed.filter(f -> !name(f).startsWith(".")).sorted().toList();
            all.stream().filter(YamlFolder::isMisnamed).forEach(f -> problems.unread(f, "is not read; " + kind
                    + " ends in .yaml: rename it to " + renamed(name(f))));
            return all.stream().filter(f -> name(f).endsWith(ENDING)).toList();
        } catch (UncheckedIOException e) {
            problems.unread(folder, reason(folder, e.getCause()));
        } catch (IOException e) {
            problems.unread(folder, reason(folder, e));
        }
        return List.of();
    }

    private static boolean isMisnamed(Path file) {
        String name = name(file);
        return name.matches("(?i).*\\.(ya?ml|json)") && !name.endsWith(ENDING) && !Files.isDirectory(file);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** JSON is YAML. */
    private static String renamed(String name) {
        return name.replaceFirst("\\.[^.]*$", ENDING);
    }

    /** Why a path cannot be read as a file; empty if it can be tried. */
    static Optional<String> notAFile(Path path) {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            if (is.isDirectory()) {
                return Optional.of("is a folder, not a file");
            }
            return is.isOther() ? Optional.of("is a pipe or a device, not a file") : Optional.empty();
        } catch (IOException e) {
            return Optional.of(reason(path, e));
        }
    }

    /** The cause and the remedy, for the admin. */
    static String reason(Path path, IOException e) {
        return switch (e) {
            case NoSuchFileException none when Files.isSymbolicLink(path) -> "is a symbolic link that leads nowhere";
            case NoSuchFileException none -> "there is no such file" + meant(path);
            case AccessDeniedException denied -> "may not be read; check its owner and mode, and those of its folder";
            case NotDirectoryException file -> "is a file, not a folder";
            case FileSystemException circle when String.valueOf(circle.getReason()).contains("symbolic links") ->
                "is a symbolic link that leads in a circle";
            case FileSystemException other when other.getReason() != null -> "cannot be read: " + other.getReason();
            default -> "cannot be read; check its owner and mode, and the disk";
        };
    }

    private static String meant(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        try (Stream<Path> beside = Files.list(folder)) {
            return Names.didYouMean(name(path), beside.map(YamlFolder::name).sorted().toList());
        } catch (IOException | UncheckedIOException e) {
            return ""; // only a hint was wanted
        }
    }
}
