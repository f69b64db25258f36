package net.reroute.app;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;

/** Which of several controllers this is. */
final class OwnName {

    private OwnName() {}

    /**
     * The member of the inventory that this machine is.
     *
     * @throws IOException if it cannot be told
     */
    static Member of(ClusterSpec spec, Optional<String> name) throws IOException {
        if (name.isPresent()) {
            return spec.member(name.get()).orElseThrow(() -> new IOException("no controller '" + name.get()
                    + "' in the section controllers:; there are " + String.join(", ", spec.members().keySet())));
        }
        List<Member> here = spec.members().values().stream().filter(m -> isOwn(m.address())).toList();
        if (here.size() != 1) {
            throw new IOException((here.isEmpty()
                    ? "none of the controllers has an address of this machine"
                    : "several of the controllers have an address of this machine")
                    + "; start the daemon with --name, and the name of this one");
        }
        return here.getFirst();
    }

    private static boolean isOwn(Address address) {
        try {
            return NetworkInterface.getByInetAddress(address.inet()) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** True if this machine is a witness. */
    static boolean isWitness(ClusterSpec spec, Optional<String> name) {
        try {
            return spec.isCluster() && of(spec, name).witness();
        } catch (IOException e) {
            return false; // status tells that it cannot be told which one this is
        }
    }
}
