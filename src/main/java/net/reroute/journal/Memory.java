package net.reroute.journal;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Placement;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Leg;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.Target;

/** What a step of the journal may change besides its row. What people wish for is not here: only rows tell of that. */
public final class Memory {

    /**
     * What is kept as JSON by whoever put it there. PLAY: playbooks under way. JOB: the last run of what recurs. OUTBOX:
     * what people are still to be told. PROBLEM: what they were told of and is not over. CERTIFICATE: when it was last told of one that will expire.
     */
    public enum Kept {
        PLAY, JOB, OUTBOX, PROBLEM, CERTIFICATE;

        String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Tables tables;

    Memory(Tables tables) {
        this.tables = tables;
    }

    public void placement(String service, Placement placement) throws SQLException {
        tables.put(service, placement);
    }

    public void seen(At at, List<Address> hops) throws SQLException {
        tables.put(at, hops);
    }

    public void ours(String service, List<Address> hops) throws SQLException {
        tables.putOurs(service, hops);
    }

    public void kept(At at, Map<Address, String> lines) throws SQLException {
        tables.putKept(at, lines);
    }

    public void begun(String service, Begun begun) throws SQLException {
        tables.put(service, begun);
    }

    public void keep(Kept kind, String id, String text) throws SQLException {
        tables.keep(kind, id, text);
    }

    public void forget(Kept kind, String id) throws SQLException {
        tables.forget(kind, id);
    }

    public void ended(String service) throws SQLException {
        tables.ended(service);
    }

    /** @param at empty if its next hop is its own again */
    public void takeover(String server, Optional<String> at) throws SQLException {
        tables.putTakeover(server, at);
    }

    public void hardware(Leg leg, HardwareAddress address) throws SQLException {
        tables.putHardware(leg, address);
    }

    public void health(Target target, Settled settled) throws SQLException {
        tables.put(target, settled);
    }
}
