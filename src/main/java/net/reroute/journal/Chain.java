package net.reroute.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Each row's hash covers the row and the hash before it, so that a changed, removed or inserted row shows. A cut tail
 * would leave a shorter chain that is whole; the anchor, a file beside the database, remembers how long it was.
 */
final class Chain {

    /** What stands before the first row. */
    static final String START = "0".repeat(64);

    /**
     * @param id of the newest row
     * @param hash of it
     */
    record Head(long id, String hash) {}

    private Chain() {}

    static String hash(String before, Entry entry) {
        // Lengths keep two fields from being read as one and a half.
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

    static void keep(Path anchor, Head head) throws IOException {
        Path next = anchor.resolveSibling(anchor.getFileName() + ".new");
        Files.writeString(next, head.id() + " " + head.hash() + "\n");
        Files.move(next, anchor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The head that was kept; row 0 if none was. */
    static Head kept(Path anchor) throws IOException {
        try {
            String[] words = Files.readString(anchor).strip().split(" ");
            return new Head(Long.parseLong(words[0]), words[1]);
        } catch (NoSuchFileException e) {
            return new Head(0, START);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(anchor + " is damaged", e);
        }
    }
}
