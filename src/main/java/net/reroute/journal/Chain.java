package net.reroute.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hash chain. Each row's hash covers the row and the hash before it, so a changed, removed or inserted row shows.
 * If the newest rows are cut off, a shorter valid chain remains; the anchor, a file beside the database, names the
 * newest row.
 */
final class Chain {

    /** The hash that the first row is chained to. */
    static final String START = "0".repeat(64);
    /** The head of an empty chain. */
    static final Head NOTHING = new Head(0, START);

    /** The format of the anchor: 2 since rows record the intents in force. */
    private static final String FORMAT = "2";

    private static final int LONGEST = 200;

    private Chain() {}

    static String hash(String before, JournalRow entry) {
        // The lengths make the concatenation unambiguous.
        String text = field(before) + field(Long.toString(entry.id())) + field(entry.at().toString())
                + field(entry.kind()) + field(entry.actor()) + field(entry.subject()) + field(entry.text())
                + field(entry.detail());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String field(String text) {
        return text.length() + ":" + text;
    }

    /** Writes the anchor to a new file and renames it. Never follows a symbolic link. */
    static void keep(Path anchor, Head head) throws IOException {
        Path next = anchor.resolveSibling(anchor.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((head + " " + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII)));
            out.force(true); // else a power cut could leave an empty anchor
        }
        Files.move(next, anchor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads the anchor; empty if there is none.
     *
     * @throws IOException if it cannot be read, or is not an anchor
     */
    static Optional<Head> kept(Path anchor) throws IOException {
        try {
            return Optional.of(Head.parse(text(anchor)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(anchor + " is damaged", e);
        }
    }

    /**
     * True if the anchor was written by a version that records forgotten rows in a row; false if there is no anchor.
     */
    static boolean isOfThisFormat(Path anchor) throws IOException {
        try {
            return text(anchor).strip().endsWith(" " + FORMAT);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Reads the anchor up to a limit. Refuses links, pipes and the like. */
    private static String text(Path anchor) throws IOException {
        if (Files.exists(anchor, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(anchor, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(anchor + " is no file");
        }
        try (InputStream in = Files.newInputStream(anchor, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
        }
    }
}
