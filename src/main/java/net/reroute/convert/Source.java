package net.reroute.convert;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One configuration file of another tool.
 *
 * @param name as the admin named it; stands in messages and comments
 * @param text with \n as line ends
 */
public record Source(String name, String text) {

    /** Larger files are refused: the largest real configurations have some hundred kilobytes. */
    public static final int MOST_BYTES = 8 << 20;

    /** More lines would take minutes, and make an inventory that is too long to read. */
    static final int MOST_LINES = 50_000;

    private static final String MARK = "\ufeff";

    /**
     * Decodes a file: UTF-8, or Latin-1 where it is none, since old comments are.
     *
     * @throws BadSourceException if the file is too large or no text
     */
    public static Source of(String name, byte[] bytes) throws BadSourceException {
        if (bytes.length > MOST_BYTES) {
            throw refused(name, "has more than 8 MB; no configuration is that large");
        }
        for (byte b : bytes) {
            if (b == 0) {
                throw refused(name, "is no text (it has a zero byte); name a configuration file, in UTF-8");
            }
        }
        String text = decoded(bytes);
        String begun = text.startsWith(MARK) ? text.substring(1) : text;
        return new Source(name, begun.replace("\r\n", "\n").replace('\r', '\n'));
    }

    private static BadSourceException refused(String name, String why) {
        return new BadSourceException(List.of(Plain.text(name) + ": " + why));
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1); // every byte is a character there
        }
    }

    List<String> lines() {
        return List.of(text.split("\n", -1));
    }

    /** @param text of the line and of those it goes on with */
    record Line(Place place, String text) {}

    /** The lines without blanks around them, each with those it goes on with behind a backslash at its end. */
    List<Line> joined() {
        List<String> lines = lines();
        List<Line> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Place place = new Place(name, i + 1);
            StringBuilder line = new StringBuilder(lines.get(i).strip());
            while (line.toString().endsWith("\\") && i + 1 < lines.size()) {
                line.setLength(line.length() - 1);
                line.append(' ').append(lines.get(++i).strip());
            }
            all.add(new Line(place, line.toString()));
        }
        return all;
    }

    /** Adds its lines to those that were read before. */
    int counted(int before) throws BadSourceException {
        int sum = before + lines().size();
        if (sum > MOST_LINES) {
            throw refused(name, "with this there are more than " + MOST_LINES + " lines; convert it in parts");
        }
        return sum;
    }
}
