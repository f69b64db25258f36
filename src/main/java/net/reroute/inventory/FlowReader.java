package net.reroute.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.FlowMarks;
import net.reroute.core.Flows;
import net.reroute.core.Flows.Mode;

/** Reads what becomes of connections when a service moves, and the numbers that routers use for it. */
final class FlowReader {

    static final String KEY = "flows";

    private static final List<String> KEYS = List.of("marks", "preference", "tables");
    /** Rules behind that of the main table would come too late. */
    private static final int LAST_PREFERENCE = 32_765;
    private static final long LAST_TABLE = 0xffff_0000L;
    /** Tables up to this belong to the system. */
    private static final long SYSTEM_TABLES = 255;

    private FlowReader() {}

    /** Reads {@code flows:} and {@code patience:} of a service that routes lead to its servers. */
    static Flows service(Fields fields, boolean lan) {
        int before = fields.problems().count();
        Mode mode = fields.choice(KEY, Mode.class, Mode.FOLLOW);
        boolean known = fields.problems().count() == before;
        Optional<Duration> patience = fields.has("patience")
                ? Optional.of(fields.duration("patience", Duration.ofSeconds(1)))
                : Optional.empty();
        if (known && patience.isPresent() && mode != Mode.KEEP) {
            fields.problem("patience", "'patience' says how long kept connections may go on, and none are kept here;"
                    + " write flows: keep beside it, or take it away");
        }
        if (lan && mode != Mode.FOLLOW) {
            fields.problem(KEY, "'" + KEY + "' is for services that a router leads, and 'redirect: arp' has none;"
                    + " take it away");
        }
        return new Flows(mode, patience);
    }

    /** Reads {@code flows:} of a Linux router: the marks, preference and tables to use. */
    static FlowMarks router(Fields fields) {
        FlowMarks usual = FlowMarks.DEFAULT;
        return fields.inner(KEY, KEYS).map(f -> new FlowMarks(
                f.value("marks", FlowReader::marks).orElse(usual.mask()),
                (int) (long) f.value("preference", t -> number("preference", t, LAST_PREFERENCE))
                        .orElse((long) usual.preference()),
                f.value("tables", FlowReader::tables).orElse(usual.tables()))).orElse(usual);
    }

    private static long marks(String text) {
        try {
            return new FlowMarks(Long.decode(text), FlowMarks.DEFAULT.preference(), FlowMarks.DEFAULT.tables()).mask();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'marks' is a mask like 0xff000000, not '" + text + "'", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'marks' has " + e.getMessage(), e);
        }
    }

    private static long tables(String text) {
        long first = number("tables", text, LAST_TABLE);
        if (first <= SYSTEM_TABLES) {
            throw new IllegalArgumentException("'tables' is a number above " + SYSTEM_TABLES
                    + ", where the system's own end, not " + text);
        }
        return first;
    }

    private static long number(String key, String text, long most) {
        if (!text.matches("[1-9]\\d{0,9}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("'" + key + "' is a number from 1 to " + most + ", not '" + text + "'");
        }
        return Long.parseLong(text);
    }
}
