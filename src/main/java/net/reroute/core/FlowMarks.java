package net.reroute.core;

/**
 * The numbers by which a Linux router knows the next hop of a connection. The highest bit of the mask marks connections
 * that were first seen from the server's side; the others are the slot of the next hop.
 *
 * @param mask the bits of connection marks and packet marks that are used: neighbours, and no others
 * @param preference of the rules of routing
 * @param tables the number of the first routing table; that of a next hop is this and its slot
 */
public record FlowMarks(long mask, int preference, long tables) {

    public static final FlowMarks DEFAULT = new FlowMarks(0xff00_0000L, 7100, 72_000);

    private static final int LEAST_BITS = 4;
    private static final int MOST_BITS = 16;
    private static final long ALL = 0xffff_ffffL;
    /** The first byte of marks of virtual servers. */
    private static final long BALANCED = 0x72;
    private static final int FIRST_BYTE = 24;

    public FlowMarks {
        long bits = mask >>> Long.numberOfTrailingZeros(mask);
        if (mask <= 0 || mask > ALL || (bits & bits + 1) != 0 || Long.bitCount(mask) < LEAST_BITS
                || Long.bitCount(mask) > MOST_BITS) {
            throw new IllegalArgumentException("4 to 16 bits side by side, like 0xff000000, not 0x"
                    + Long.toHexString(mask));
        }
    }

    private int shift() {
        return Long.numberOfTrailingZeros(mask);
    }

    /** The highest slot. Slots begin with 1. */
    public int slots() {
        return (1 << Long.bitCount(mask) - 1) - 2;
    }

    /** The mark of packets whose connection may have an end. No connection has it. */
    public long leaving() {
        return mark(slots() + 1);
    }

    /** The mark of a slot's connections. */
    public long mark(int slot) {
        return (long) slot << shift();
    }

    /** The mark of a slot's connections that were first seen from the server's side. */
    public long reversed(int slot) {
        return mark(slot) | Long.highestOneBit(mask);
    }

    /** The bits that are not used. */
    public long others() {
        return ALL & ~mask;
    }

    public long table(int slot) {
        return tables + slot;
    }

    /** True if this is the number of a table of a slot. */
    public boolean hasTable(String table) {
        return table.matches("\\d{1,10}") && Long.parseLong(table) > tables
                && Long.parseLong(table) <= tables + slots();
    }

    /** The slot in a connection's mark; 0 if it has none. */
    public int slot(long mark) {
        return (int) ((mark & mask & ~Long.highestOneBit(mask)) >>> shift());
    }

    public boolean isReversed(long mark) {
        return (mark & Long.highestOneBit(mask)) != 0;
    }

    /** True if marks of virtual servers never look like those of this slot. */
    public boolean isApart(int slot) {
        return (mask & ALL << FIRST_BYTE) == 0
                || ((mark(slot) ^ BALANCED << FIRST_BYTE) & mask & ALL << FIRST_BYTE & ~Long.highestOneBit(mask)) != 0;
    }
}
