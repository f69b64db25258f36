package net.reroute.doctor;

/**
 * A finding of an examination.
 *
 * @param where router or server
 * @param level GOOD, NOTE (may be intended) or BAD (will cause trouble)
 * @param text what was found
 * @param fix what to do; empty if nothing is
 */
public record Finding(String where, Level level, String text, String fix) {

    public enum Level {
        GOOD, NOTE, BAD
    }

    static Finding good(String where, String text) {
        return new Finding(where, Level.GOOD, text, "");
    }

    static Finding note(String where, String text, String fix) {
        return new Finding(where, Level.NOTE, text, fix);
    }

    static Finding bad(String where, String text, String fix) {
        return new Finding(where, Level.BAD, text, fix);
    }
}
