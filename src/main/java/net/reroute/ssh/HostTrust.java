package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.ssh.KnownHosts.Entry;
import net.reroute.ssh.KnownHosts.Marker;

/**
 * Verifies host keys by the rules of ssh with strict checking (sshconnect.c, hostfile.c). Both libraries get the same
 * verdict and message.
 */
final class HostTrust {

    private final SshTarget target;
    private final KnownHosts known;
    private final List<SshKey> revoked;
    private final List<String> authorityAlgorithms;

    private HostTrust(SshTarget target, KnownHosts known) throws SshException {
        this.target = target;
        this.known = known;
        this.revoked = target.revoked();
        this.authorityAlgorithms = target.authorityAlgorithms();
    }

    /** @throws SshException refused, if a file cannot be read */
    static HostTrust of(SshTarget target) throws SshException {
        List<Path> files = new ArrayList<>();
        files.add(target.login().knownHosts());
        target.globalKnownHosts().stream().filter(Files::exists).forEach(files::add);
        try {
            return new HostTrust(target, KnownHosts.read(files));
        } catch (SshException e) {
            throw e;
        } catch (IOException e) {
            throw SshException.refused(HostKeyWording.unreadable(target), e);
        }
    }

    /** The host key algorithms to offer, in order. */
    List<String> hostKeyAlgorithms() throws SshException {
        List<String> list = target.hostKeyAlgorithms();
        return target.ordersHostKeyAlgorithms() ? list : order(list);
    }

    /**
     * Puts the algorithms of known keys first, so that a host with several keys shows a known one (sshconnect2.c,
     * order_hostkeyalgs).
     */
    private List<String> order(List<String> algorithms) {
        List<Entry> entries = known.of(target.knownName());
        if (hasType(entries, algorithms.getFirst())) {
            return algorithms;
        }
        boolean authority = entries.stream().anyMatch(e -> e.marker() == Marker.AUTHORITY);
        List<String> first = algorithms.stream()
                .filter(a -> authority && a.endsWith(SshKey.CERTIFICATE) || hasType(entries, a)).toList();
        List<String> all = new ArrayList<>(first);
        algorithms.stream().filter(a -> !first.contains(a)).forEach(all::add);
        return all;
    }

    private static boolean hasType(List<Entry> entries, String algorithm) {
        return entries.stream().anyMatch(
                e -> e.marker() == Marker.NONE && e.key().type().equals(Algorithms.keyType(algorithm)));
    }

    /**
     * Why this host key must be refused; empty if it is trusted.
     *
     * @param now for the dates of certificates
     */
    Optional<String> objection(SshKey shown, Instant now) {
        if (shown.rsaBits() > 0 && shown.rsaBits() < target.leastRsaBits()) {
            return Optional.of(HostKeyWording.weak(target, shown));
        }
        if (revoked.stream().anyMatch(r -> same(r, shown))) {
            return Optional.of(HostKeyWording.revokedByFile(target, shown));
        }
        if (shown.isCertificate() && Signatures.forged(shown.certificate())) {
            return Optional.of(HostKeyWording.forged(target, shown));
        }
        return check(target.knownName(), shown, now);
    }

    private Optional<String> check(String name, SshKey shown, Instant now) {
        List<Entry> entries = known.of(name);
        Optional<Entry> banned = entries.stream().filter(e -> e.marker() == Marker.REVOKED && same(e.key(), shown))
                .findFirst();
        if (banned.isPresent()) {
            return Optional.of(HostKeyWording.revoked(target, shown, banned.get()));
        }
        if (!shown.isCertificate()) {
            return checkKey(name, entries, shown, now);
        }
        Optional<String> objection = checkCertificate(name, entries, shown, now);
        // If the certificate is not valid, its key may still be in known_hosts.
        return objection.isEmpty() || checkKey(name, entries, shown.plain(), now).isEmpty()
                ? Optional.empty()
                : objection;
    }

    private Optional<String> checkKey(String name, List<Entry> entries, SshKey shown, Instant now) {
        List<Entry> keys = entries.stream().filter(e -> e.marker() == Marker.NONE).toList();
        if (keys.stream().anyMatch(e -> e.key().equals(shown))
                || keys.isEmpty() && withoutPort(name).filter(n -> check(n, shown, now).isEmpty()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(keys.isEmpty()
                ? HostKeyWording.unknown(target, shown)
                : HostKeyWording.changed(target, shown, keys));
    }

    private Optional<String> checkCertificate(String name, List<Entry> entries, SshKey shown, Instant now) {
        SshCertificate certificate = shown.certificate();
        Optional<Entry> authority = entries.stream()
                .filter(e -> e.marker() == Marker.AUTHORITY && e.key().equals(certificate.authority())).findFirst();
        if (authority.isPresent()) {
            return certificate.objectionAsHost(target.principal(), now)
                    .or(() -> Signatures.objection(certificate, authorityAlgorithms))
                    .map(why -> HostKeyWording.badCertificate(target, shown, authority.get(), why));
        }
        if (withoutPort(name).filter(n -> check(n, shown, now).isEmpty()).isPresent()) {
            return Optional.empty();
        }
        List<Entry> keys = entries.stream().filter(e -> e.marker() == Marker.NONE).toList();
        return Optional.of(keys.isEmpty()
                ? HostKeyWording.unknownAuthority(target, shown)
                : HostKeyWording.changed(target, shown, keys));
    }

    /** As in ssh, known_hosts entries without a port count if there are none for the port. */
    private Optional<String> withoutPort(String name) {
        return name.equals(target.principal()) || target.hasAlias()
                ? Optional.empty()
                : Optional.of(target.principal());
    }

    private static boolean same(SshKey banned, SshKey shown) {
        return banned.plain().equals(shown.plain())
                || shown.isCertificate() && banned.plain().equals(shown.certificate().authority().plain());
    }
}
