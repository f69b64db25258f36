package net.reroute.journal;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;
import java.util.Set;

/** Heads of the chain in a file: a line each with time, row number and hash. Lines are only ever appended. */
public final class Anchors {

    /** The most lines that are read: ten years of one an hour. */
    private static final int MOST = 100_000;

    private Anchors() {}

    /**
     * Appends a head to a file, which it creates if necessary.
     *
     * @throws IOException if that fails, also if the file is a symbolic link
     */
    public static void add(Path file, Head head) throws IOException {
        try (var out = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))) {
            Channels.newOutputStream(out)
                    .write((line(Instant.now(), head) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The line for a head. */
    public static String line(Instant at, Head head) {
        return at + " " + head;
    }

    /**
     * Reads all heads of a file.
     *
     * @throws IOException if the file cannot be read, or a line is not a head
     */
    public static List<Head> in(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file of anchors");
        }
        try (Scanner lines = new Scanner(file, StandardCharsets.US_ASCII)) {
            lines.useDelimiter("\n");
            return lines.tokens().limit(MOST).filter(l -> !l.isBlank()).map(Anchors::head).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds something that is no anchor", e); // does not quote the content
        }
    }

    /**
     * Reads a line, with or without the time.
     *
     * @throws IllegalArgumentException if it is not a head
     */
    public static Head head(String line) {
        String[] words = line.strip().split("\\s+");
        return Head.parse(words.length > 2 && words[0].contains("T") ? words[1] + " " + words[2] : line);
    }
}
