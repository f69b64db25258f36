package net.reroute.notify;

import java.util.List;

/** Which services a server carries, and the like. */
public interface ServiceMembership {

    /** True if a server may carry one of these services. */
    boolean serves(String server, List<String> services);
}
