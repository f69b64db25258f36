package net.reroute.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Login.Secret;

/**
 * A DNS zone with names whose records reroute keeps.
 *
 * @param name without the dot at its end
 * @param servers that are authoritative for it; the first takes updates. Empty if {@code file} is present
 * @param key signs updates and questions (RFC 8945); empty: unsigned
 * @param file the zone's file, for a name server that takes no updates
 */
public record Zone(String name, List<NameServer> servers, Optional<Key> key, Optional<ZoneFile> file)
        implements
            Appliance {

    /** The port of name servers (RFC 1035, 4.2). */
    public static final int PORT = 53;

    /** @param port usually {@link #PORT} */
    public record NameServer(Address address, int port) {
        @Override
        public String toString() {
            String host = address.v6() && port != PORT ? "[" + address + "]" : address.toString();
            return host + (port == PORT ? "" : ":" + port);
        }
    }

    /**
     * A key shared with the name servers.
     *
     * @param name of the key, as the name servers call it
     * @param algorithm such as {@code hmac-sha256}
     * @param secret where its secret in Base64 is read; the contents of a BIND key file count too
     */
    public record Key(String name, String algorithm, Secret secret) {}

    /**
     * @param path on this machine
     * @param reload program and arguments that make the name server read it again; empty: it notices by itself
     */
    public record ZoneFile(Path path, List<String> reload) {}

    /** The name of this zone among the routers. */
    public String device() {
        return "dns:" + name;
    }
}
