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

/** Heads of the chain in a file, a line each: when, the row, its hash. A file is written at its end only. */
public final class Anchors {

    /** Ten years of them, one an hour. */
    private static final int MOST = 100_000;

    private Anchors() {}

    /** Adds a head; a link is not followed. */
    public static void add(Path file, Head head) throws IOException {
        try (var out = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))) {
            Channels.newOutputStream(out)
                    .write((line(Instant.now(), head) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** A head as a line, for files and people. */
    public static String line(Instant at, Head head) {
        return at + " " + head;
    }

    /**
     * All in a file.
     *
     * @throws IOException if it cannot be read, or a line is no head
     */
    public static List<Head> in(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no file of anchors");
        }
        try (Scanner lines = new Scanner(file, StandardCharsets.US_ASCII)) {
            lines.useDelimiter("\n");
            return lines.tokens().limit(MOST).filter(l -> !l.isBlank()).map(Anchors::head).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds something that is no anchor", e); // and not what it holds
        }
    }

    /**
     * With or without the time before it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Head head(String line) {
        String[] words = line.strip().split("\\s+");
        return Head.parse(words.length > 2 && words[0].contains("T") ? words[1] + " " + words[2] : line);
    }
}
