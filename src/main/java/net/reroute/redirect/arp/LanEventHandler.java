package net.reroute.redirect.arp;

import net.reroute.core.Address;
import net.reroute.core.LanRemarks;

/** Told what happens on the LAN, and asked what may be done about it; may be called by any thread. */
public interface LanEventHandler {

    /** Tells nobody. */
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

    /** Something worth a line in the journal. */
    void tell(LanRemarks remark);

    /**
     * An address was taken off a server.
     *
     * @param words what has to stand behind {@code ip addr add} to have the very same again
     */
    void removed(Address address, String server, String words);

    /** A server that was lost can be asked again. */
    void reachable(String server);

    /** It is not where it should be: somebody should look and decide. */
    void lost(Address address);

    /** False where nothing may be sent to the LAN: one who only observes. */
    boolean announces();

    /** False where nothing may be typed at a server by itself: one who observes or is paused. */
    boolean types();
}
