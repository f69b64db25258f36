package net.reroute.redirect.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Zone;
import net.reroute.redirect.RedirectException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Update;

/** Finds out whether a zone can be read and changed, without changing it. */
public final class ZoneTrial {

    private ZoneTrial() {}

    /**
     * Why changes would be refused; empty if nothing speaks against them. An update that names no change (RFC 2136 allows
     * it) shows whether the server takes updates at all, but not which names they may concern.
     *
     * @param within deadline of each exchange
     * @throws RedirectException if the zone cannot be read
     */
    public static Optional<String> of(Zone zone, Duration within) throws RedirectException {
        Name name = DnsNames.of(zone.name());
        List<NameServerClient> servers = NameServerClient.of(zone, within);
        for (NameServerClient server : servers) {
            new Soa(name).serial(server);
        }
        if (zone.file().isPresent()) {
            return writable(zone.file().get().path());
        }
        Message answer = servers.getFirst().await(servers.getFirst().begin(new Update(name)));
        return answer.getRcode() == Rcode.NOERROR
                ? Optional.empty()
                : Optional.of(servers.getFirst() + " " + servers.getFirst().complaint(answer));
    }

    private static Optional<String> writable(Path file) throws RedirectException {
        try {
            Path real = file.toRealPath();
            return Files.isReadable(real) && Files.isWritable(real.getParent())
                    ? Optional.empty()
                    : Optional
                            .of("the folder of " + real + " cannot be written, and a zone file is replaced as a whole");
        } catch (IOException e) {
            throw new RedirectException(true, "there is no zone file " + file, e);
        }
    }
}
