package net.reroute.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import net.reroute.convert.BadSourceException;
import net.reroute.convert.Includes;
import net.reroute.convert.Source;

/** Reads configurations to be converted, and the files that they include, from disk. */
final class IncludedFiles implements Includes {

    private static final Path STANDARD_INPUT = Path.of("-");

    /**
     * Reads a file, a pipe, or standard input, which is named "-".
     *
     * @throws BadSourceException if it cannot be read, or is no text; the sentence says what to do
     */
    static Source read(Path file) throws BadSourceException {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder; name the file in it");
        }
        boolean standard = file.equals(STANDARD_INPUT);
        try (InputStream in = standard ? System.in : Files.newInputStream(file)) {
            return Source.of(standard ? "standard input" : file.toString(), in.readNBytes(Source.MOST_BYTES + 1));
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + reason(e));
        }
    }

    private static BadSourceException refused(Path file, String why) {
        return new BadSourceException(List.of(file + ": " + why));
    }

    /** What the admin can do about it, in a few words. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case AccessDeniedException denied -> "the user " + System.getProperty("user.name") + " may not";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public List<Source> matching(String pattern, String from) throws BadSourceException {
        List<Source> sources = new ArrayList<>();
        for (Path file : files(pattern, from)) {
            sources.add(read(file));
        }
        return sources;
    }

    /** Wildcards stand in the last part of a name. */
    private static List<Path> files(String pattern, String from) throws BadSourceException {
        List<Path> found = new ArrayList<>();
        try {
            Path wanted = Path.of(from).resolveSibling(pattern);
            Path name = wanted.getFileName();
            Path folder = wanted.toAbsolutePath().getParent();
            if (Files.isRegularFile(wanted)) {
                found.add(wanted.normalize());
            } else if (name != null && folder != null && Files.isDirectory(folder)) {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, name.toString())) {
                    all.forEach(p -> found.add(p.normalize()));
                }
            }
        } catch (InvalidPathException | PatternSyntaxException e) {
            return List.of(); // no such file can be; the caller tells it
        } catch (NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new BadSourceException(List.of(from + ": the files " + pattern + " cannot be listed: " + reason(e)));
        }
        found.removeIf(p -> !Files.isRegularFile(p));
        found.sort(null);
        return found;
    }
}
