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
 * Each row's hash covers the row and the hash before it, so that a changed, removed or inserted row shows. A cut tail
 * would leave a shorter chain that is valid; the anchor, a file beside the database, has its former length.
 */
final class Chain {

    /** The hash before the first row. */
    static final String START = "0".repeat(64);
    /** The head of a chain without rows. */
    static final Head NOTHING = new Head(0, START);

    /** The format of the anchor: 2 since rows say which wishes are in force. */
    private static final String FORMAT = "2";

    private static final int LONGEST = 200;

    private Chain() {}

    static String hash(String before, JournalRow entry) {
        // Lengths keep the borders of fields unambiguous.
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

    /** Writes a new file and renames it; an existing link is never followed. */
    static void keep(Path anchor, Head head) throws IOException {
        Path next = anchor.resolveSibling(anchor.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((head + " " + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII)));
            out.force(true); // else a power cut can leave it empty under its new name
        }
        Files.move(next, anchor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The head that was kept; empty if none was.
     *
     * @throws IOException also if it is no anchor
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

    /** Whether its version writes a row about the rows that it forgets. */
    static boolean isOfThisFormat(Path anchor) throws IOException {
        try {
            return text(anchor).strip().endsWith(" " + FORMAT);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Neither a link nor a pipe, and no more than an anchor has. */
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
