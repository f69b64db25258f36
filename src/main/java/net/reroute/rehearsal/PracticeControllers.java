package net.reroute.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;

/** The controllers of a rehearsal: those that elect by majority, at ports of this machine. */
final class PracticeControllers {

    private static final int FEWEST = 3;
    private static final int TRIES = 100;

    private PracticeControllers() {}

    /** True if several are played: a lease would need a real Linux router. */
    static boolean areSeveral(ClusterSpec of) {
        return of.members().size() >= FEWEST;
    }

    /** Their names, in the order of the files; empty if one is played alone. */
    static List<String> names(ClusterSpec of) {
        return areSeveral(of) ? List.copyOf(of.members().keySet()) : List.of();
    }

    /** The same ones on loopback, at ports that are free; none if one is played alone. */
    static ClusterSpec practised(ClusterSpec of) {
        Map<String, Member> members = new LinkedHashMap<>();
        names(of).forEach(name -> members.put(name, new Member(name, Address.parse("127.0.0.1"),
                freePair(), of.members().get(name).witness())));
        return members.isEmpty() ? ClusterSpec.NONE : new ClusterSpec(members, List.of(), of.whenAlone());
    }

    /** A port that nothing uses now, nor the next one, which elections use. */
    private static int freePair() {
        for (int i = 0; i < TRIES; i++) {
            int port = PracticeSwitches.freePort();
            if (isFree(port + 1)) {
                return port;
            }
        }
        throw new UncheckedIOException(new IOException("no two ports are free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket next = new ServerSocket()) {
            next.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
