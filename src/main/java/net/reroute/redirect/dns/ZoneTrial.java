package net.reroute.redirect.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Address;
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
     * Why changes would be refused; empty if nothing speaks against them. Each name is tried with an update that removes
     * an address that no name has, which changes nothing (RFC 2136, 3.4.2.4).
     *
     * @param names in the zone that are to be changed
     * @param within deadline of each exchange
     * @throws RedirectException if the zone cannot be read
     */
    public static Optional<String> of(Zone zone, List<String> names, Duration within) throws RedirectException {
        Name name = DnsNames.of(zone.name());
        List<NameServerClient> servers = NameServerClient.of(zone, within);
        for (NameServerClient server : servers) {
            new Soa(name).serial(server);
        }
        if (zone.file().isPresent()) {
            return writable(zone.file().get().path()).or(() -> reload(zone.file().get().reload()));
        }
        for (String of : names) {
            Update update = new Update(name);
            update.delete(DnsNames.record(DnsNames.of(of), Address.parse("0.0.0.0"), 0));
            Message answer = servers.getFirst().await(servers.getFirst().begin(update));
            if (answer.getRcode() != Rcode.NOERROR) {
                return Optional.of(servers.getFirst() + " " + servers.getFirst().complaint(answer) + ", for " + of);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> reload(List<String> command) {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        String program = command.getFirst();
        Stream<Path> places = program.contains("/")
                ? Stream.of(Path.of(program))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(d -> Path.of(d, program));
        return places.anyMatch(Files::isExecutable)
                ? Optional.empty()
                : Optional.of("the reload command's program " + program + " is not here, or may not be run");
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
