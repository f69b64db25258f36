package net.reroute.notify;

import java.util.List;

/** The services that a server may carry. */
public interface ServiceMembership {

    /** True if a server may carry one of these services. */
    boolean serves(String server, List<String> services);
}
