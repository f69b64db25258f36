package net.reroute.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.SSHAgentConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;

/** Finds the keys to log in with, in the order in which ssh offers them (sshconnect2.c, pubkey_prepare). */
final class UserKeys {

    /** The files in ~/.ssh whose public keys select the agent's keys if no file is named. */
    private static final List<String> DEFAULTS = List.of("id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519",
            "id_ed25519_sk", "id_xmss", "id_dsa");

    private UserKeys() {}

    /**
     * The keys to offer; none if the login uses a password.
     *
     * @throws SshException refused, if the inventory's key cannot be used, no agent answers, or no key is left
     */
    static List<UserKey> of(SshTarget target) throws SshException {
        if (target.login().password().isPresent()) {
            return List.of();
        }
        List<UserKey> all = found(target);
        List<String> algorithms = target.userAlgorithms();
        all.removeIf(k -> Algorithms.of(k.key(), algorithms).isEmpty() || tooShort(k, target));
        if (all.isEmpty()) {
            throw SshException.refused("there is no key to log in to " + target.login() + " with: " + target.left()
                    + " leaves none", null);
        }
        return all;
    }

    private static List<UserKey> found(SshTarget target) throws SshException {
        List<UserKey> files = files(target);
        List<UserKey> agents = target.login().agent() ? agent(target, !files.isEmpty()) : List.of();
        List<UserKey> all = new ArrayList<>();
        for (Path file : target.certificates()) {
            certificate(file).flatMap(c -> signer(c, file, files, agents)).ifPresent(all::add);
        }
        List<SshKey> listed = listed(target, files);
        agents.stream().filter(a -> listed.contains(a.key())).forEach(all::add);
        if (!target.identitiesOnly()) {
            agents.stream().filter(a -> !listed.contains(a.key())).forEach(all::add);
        }
        files.stream().filter(f -> all.stream().noneMatch(a -> a.key().equals(f.key()))).forEach(all::add);
        return all;
    }

    private static boolean tooShort(UserKey key, SshTarget target) {
        return key.key().rsaBits() > 0 && key.key().rsaBits() < target.leastRsaBits();
    }

    private static Optional<UserKey> signer(SshKey certificate, Path file, List<UserKey> files, List<UserKey> agents) {
        return Stream.concat(agents.stream(), files.stream()).filter(k -> k.key().equals(certificate.plain()))
                .findFirst().map(k -> k.with(file.toString(), certificate));
    }

    /** The public keys of the files, even if a file cannot be used: the agent may hold its private key. */
    private static List<SshKey> listed(SshTarget target, List<UserKey> files) {
        Path ssh = Path.of(System.getProperty("user.home"), ".ssh");
        List<Path> named = target.identities().isEmpty()
                ? DEFAULTS.stream().map(ssh::resolve).toList()
                : target.identities();
        Stream<SshKey> beside = named.stream().flatMap(f -> Stream.of(f, beside(f, ".pub"), beside(f, "-cert.pub")))
                .map(UserKeys::publicKey).flatMap(Optional::stream);
        return Stream.concat(files.stream().map(UserKey::key), beside).toList();
    }

    private static List<UserKey> files(SshTarget target) throws SshException {
        List<UserKey> all = new ArrayList<>();
        for (Path file : target.identities()) {
            Optional<UserKey> key = target.login().key().filter(file::equals).isPresent()
                    ? Optional.of(load(file))
                    : usable(file);
            key.ifPresent(all::add);
            Path beside = beside(file, "-cert.pub");
            if (key.isPresent() && target.certificates().isEmpty()) {
                certificate(beside).filter(c -> c.plain().equals(key.get().key()))
                        .ifPresent(c -> all.add(key.get().with(beside.toString(), c)));
            }
        }
        return all;
    }

    /** Like ssh, skips files of the OpenSSH configuration that cannot be used. */
    private static Optional<UserKey> usable(Path file) {
        try {
            return Files.exists(file) ? Optional.of(load(file)) : Optional.empty();
        } catch (SshException e) {
            return Optional.empty();
        }
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private static Optional<SshKey> publicKey(Path file) {
        try {
            return Files.isReadable(file)
                    ? SshKey.line(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<SshKey> certificate(Path file) {
        return publicKey(file).filter(k -> k.isCertificate() && k.certificate().kind() == SshCertificate.USER);
    }

    private static UserKey load(Path file) throws SshException {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            KeyFile.refuseUnusable(file, text);
            FileKeyProvider provider = provider(text);
            PrivateKey secret = provider.getPrivate();
            SshKey key = SshKey.of(new Buffer.PlainBuffer().putPublicKey(provider.getPublic()).getCompactData());
            return new UserKey(file.toString(), key, (data, algorithm) -> Signatures.sign(secret, data, algorithm));
        } catch (SshException e) {
            throw e;
        } catch (IOException | SSHRuntimeException | IllegalArgumentException e) {
            String why = e + " " + e.getCause();
            if (why.matches("(?is).*(passphrase|password|decrypt|encrypted).*")) {
                throw Secrets.locked(file, e);
            }
            throw SshException.refused("the key " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads the text only; ignores files beside the key. */
    private static FileKeyProvider provider(String text) throws IOException {
        FileKeyProvider provider = Factory.Named.Util.create(SshjParts.DEFAULTS.getFileKeyProviderFactories(),
                KeyProviderUtil.detectKeyFileFormat(text, false).toString());
        if (provider == null) {
            throw new IOException("its format is not known");
        }
        provider.init(text, null, null);
        return provider;
    }

    /** @param more true if there are keys from files */
    private static List<UserKey> agent(SshTarget target, boolean more) throws SshException {
        try {
            Optional<Path> socket = target.agentSocket();
            SSHAgentConnector connector = socket.isPresent()
                    ? new SSHAgentConnector(socket.get())
                    : new SSHAgentConnector();
            List<Identity> identities = new AgentIdentityRepository(connector).getIdentities();
            if (identities.isEmpty() && !more) {
                throw SshException
                        .refused("no ssh-agent answers, or it holds no key; set SSH_AUTH_SOCK for this process"
                                + " and load a key with ssh-add", null);
            }
            return identities.stream().map(UserKeys::ofAgent).filter(Objects::nonNull).toList();
        } catch (AgentProxyException e) {
            if (more) {
                return List.of();
            }
            throw Secrets.noAnswer(target.login(), e);
        }
    }

    private static UserKey ofAgent(Identity identity) {
        try {
            SshKey key = SshKey.of(identity.getPublicKeyBlob());
            // The agent chooses the RSA hash by the algorithm's name without the certificate part.
            return new UserKey("the agent's " + identity.getName(), key,
                    (data, algorithm) -> identity.getSignature(data, Algorithms.plain(algorithm)));
        } catch (IllegalArgumentException e) {
            return null; // a key type that no library here can offer
        }
    }
}
