package net.reroute.redirect.arp;

import net.reroute.core.Address;
import net.reroute.core.LanRemarks;

/** Receives events of the LAN, and decides what reroute may do there. Must be thread-safe. */
public interface LanEventHandler {

    /** Ignores events and allows nothing. */
    LanEventHandler NONE = new LanEventHandler() {
        @Override
        public void tell(LanRemarks remark) {}

        @Override
        public void removed(Address address, String server, String words) {}

        @Override
        public void reachable(String server) {}

        @Override
        public void lost(Address address) {}

        @Override
        public boolean announces() {
            return false;
        }

        @Override
        public boolean types() {
            return false;
        }
    };

    /** A remark for the journal. */
    void tell(LanRemarks remark);

    /**
     * An address is being taken off a server.
     *
     * @param words that must follow {@code ip addr add} to restore exactly this address
     */
    void removed(Address address, String server, String words);

    /** A lost server can be asked again. */
    void reachable(String server);

    /** The address is not at its server any more, so a cycle should look and decide. */
    void lost(Address address);

    /** False in observe mode: no frame may be sent. */
    boolean announces();

    /** False in observe mode or while paused: no line may be typed on a server. */
    boolean types();
}
