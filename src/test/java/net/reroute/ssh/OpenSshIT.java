package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import net.reroute.core.Login;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table of keys, known_hosts files and configurations: both libraries log in where ssh does, and refuse where it does. */
@Timeout(300)
class OpenSshIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * One case. In its texts {@code N} in braces is the server as known_hosts names it, {@code P} its port, and the name
     * of a key that key.
     *
     * @param server see {@link OpenSsh#port}
     * @param key file to log in with; {@code agent}: the agent's keys
     * @param in whether it is to log in; ssh is asked too
     * @param says what a refusal says
     */
    private record Case(String name, String server, String known, String key, String config, boolean in, String says) {}

    @TempDir
    static Path folder;

    private static OpenSsh openSsh;
    private static Path agent;
    private final List<Case> cases = new ArrayList<>();

    @BeforeAll
    static void start() {
        openSsh = new OpenSsh(folder);
        agent = openSsh.agent("user2", "carried-agent");
    }

    @AfterAll
    static void stop() {
        openSsh.close();
    }

    private void in(String name, String server, String known) {
        cases.add(new Case(name, server, known, "user", "", true, ""));
    }

    private void out(String name, String server, String known, String says) {
        cases.add(new Case(name, server, known, "user", "", false, says));
    }

    private void key(String name, String key, boolean in, String says) {
        cases.add(new Case(name, "ed", "{N} {ed}", key, "", in, says));
    }

    private void config(String name, String known, String config) {
        cases.add(new Case(name, "ed ec rsa", known, "user", config, true, ""));
    }

    private void configOut(String name, String known, String config, String says) {
        cases.add(new Case(name, "ed ec rsa", known, "user", config, false, says));
    }

    private void keysOfHosts() {
        String all = "ed ec rsa";
        in("the first of several keys", all, "{N} {ed}");
        in("the second of several keys", all, "{N} {ec}");
        in("the last of several keys", all, "{N} {rsa}");
        in("all keys", all, "{N} {rsa}\n{N} {ec}\n{N} {ed}");
        in("one key changed, another not", all, "{N} {xed}\n{N} {rsa}\n{N} {ed}");
        in("an RSA key", "rsa", "{N} {rsa}");
        in("a P-384 key", "ec384", "{N} {ec384}");
        in("a P-521 key", "ec521", "{N} {ec521}");
        out("the preferred key changed, another right", all, "{N} {xed}\n{N} {rsa}", "is not the one in");
        out("the only key changed", all, "{N} {xrsa}", "is not the one in");
        out("only a key of another kind known", "ed", "{N} {rsa}", "which has only rsa for it");
        out("no key known", all, "[127.0.0.2]:{P} {ed}", "is not in");
        out("an empty file", all, "", "is not in");
    }

    private void namesOfHosts() {
        in("a hashed name", "ed", "{#N} {ed}");
        out("another name hashed", "ed", "{#X} {ed}", "is not in");
        in("a list of names", "ed", "gw1,10.0.0.1,{N},gw2 {ed}");
        in("a name without a port", "ed", "127.0.0.1 {ed}");
        in("a hashed name without a port", "ed", "{#H} {ed}");
        out("a name without a port, of a changed key", "ed", "127.0.0.1 {xed}", "is not in");
        out("the right key without a port, a wrong one with it", "ed", "127.0.0.1 {ed}\n{N} {xed}",
                "is not the one in");
        out("another port", "ed", "[127.0.0.1]:1 {ed}", "is not in");
        in("a wildcard", "ed", "[127.0.*]:* {ed}");
        in("a question mark", "ed", "[127.0.0.?]:{P} {ed}");
        out("a wildcard of others", "ed", "[127.1.*]:* {ed}", "is not in");
        out("a negation", "ed", "[127.*]:*,![127.0.0.1]:* {ed}", "is not in");
        in("a negation of others", "ed", "[127.*]:*,![127.0.0.2]:* {ed}");
        out("nothing but a negation", "ed", "![127.0.0.2]:* {ed}", "is not in");
        in("comments, blank lines, spaces and damaged lines", "ed",
                "# {N} {xed}\n\n  \t\n{N}\n{N} ssh-ed25519\n{N} ssh-ed25519 AAAA\n@nothing {N} {xed}\n"
                        + "{N} ssh-rsa AAAAC3NzaC1lZDI1NTE5\n \t {N} \t {ed} a comment");
        in("an end of line of Windows", "ed", "{N} {ed}\r");
    }

    private void revoked() {
        String all = "ed ec rsa";
        out("a revoked key", "ed", "@revoked {N} {ed}", "is marked @revoked in");
        out("a revoked key that is known too", "ed", "{N} {ed}\n@revoked {N} {ed}", "is marked @revoked in");
        out("a key revoked for all", "ed", "@revoked * {ed}\n{N} {ed}", "is marked @revoked in");
        out("a key revoked by a hashed name", "ed", "{N} {ed}\n@revoked {#N} {ed}", "is marked @revoked in");
        in("a key revoked for others", "ed", "@revoked gw9 {ed}\n{N} {ed}");
        in("another key revoked", all, "@revoked * {xed}\n{N} {ed}");
        in("another of its keys revoked", all, "@revoked * {rsa}\n{N} {ed}");
        out("a certificate of a revoked key", "ed cert:valid", "@cert-authority * {ca}\n@revoked * {ed}", "@revoked");
        out("a certificate of a revoked authority", "ed cert:valid", "@cert-authority * {ca}\n@revoked * {ca}",
                "is marked @revoked in");
        out("the same, its key known", "ed cert:valid", "{N} {ed}\n@revoked * {ca}", "is marked @revoked in");
    }

    private void certificatesOfHosts() {
        in("a certificate", "ed cert:valid", "@cert-authority * {ca}");
        in("a certificate of an RSA key", "rsa cert:rsa", "@cert-authority * {ca}");
        in("a certificate of an ECDSA key", "ec cert:ec", "@cert-authority * {ca}");
        in("an authority for this host", "ed cert:valid", "@cert-authority {N} {ca}");
        in("an authority for this host without its port", "ed cert:valid", "@cert-authority 127.0.0.1 {ca}");
        in("an authority by a hashed name", "ed cert:valid", "@cert-authority {#N} {ca}");
        in("two authorities", "ed cert:valid", "@cert-authority * {xca}\n@cert-authority * {ca}");
        in("an authority with an RSA key", "ed cert:rsaca", "@cert-authority * {rsaca}");
        in("a certificate, and other keys that nobody knows", "ed ec rsa cert:rsa", "@cert-authority * {ca}");
        in("a certificate for any name", "ed cert:none", "@cert-authority * {ca}");
        in("a key exchange of a group", "ed cert:valid KexAlgorithms=diffie-hellman-group-exchange-sha256",
                "@cert-authority * {ca}");
        in("a key exchange of a fixed group", "ed cert:valid KexAlgorithms=diffie-hellman-group14-sha256",
                "@cert-authority * {ca}");
        in("an authority that signed nothing here", "ed", "@cert-authority * {ca}\n{N} {ed}");
        in("a certificate nobody asked for, its key known", "ed cert:valid", "{N} {ed}");
        in("a certificate that has expired, its key known", "ed cert:expired", "@cert-authority * {ca}\n{N} {ed}");
        out("a certificate that has expired", "ed cert:expired", "@cert-authority * {ca}", "has expired at");
        out("a certificate of the future", "ed cert:early", "@cert-authority * {ca}", "is valid only from");
        out("a certificate for another name", "ed cert:name", "@cert-authority * {ca}", "is for gw9.example.org, not");
        out("a certificate for a pattern", "ed cert:wild", "@cert-authority * {ca}", "is for 127.0.0.*, not");
        out("a certificate signed with SHA-1", "ed cert:sha1", "@cert-authority * {rsaca}", "CASignatureAlgorithms");
        out("another authority", "ed cert:valid", "@cert-authority * {xca}", "nor is the authority");
        out("an authority for others", "ed cert:valid", "@cert-authority *.example.org {ca}", "nor is the authority");
        out("an authority not for this one", "ed cert:valid", "@cert-authority [127.*]:*,![127.0.0.1]:* {ca}",
                "nor is the authority");
        in("an authority not for this port, but for the host", "ed cert:valid",
                "@cert-authority *,![127.0.0.1]:* {ca}");
        out("an authority that shows its own key", "ed", "@cert-authority * {ed}", "is not in");
        out("an authority without its mark", "ed cert:valid", "{N} {ca}", "is not the one in");
    }

    private void keysOfUsers() {
        key("an Ed25519 key", "user", true, "");
        key("an ECDSA key", "user-ec", true, "");
        key("a P-384 key", "ec384", true, "");
        key("a P-521 key", "ec521", true, "");
        key("an RSA key", "user-rsa", true, "");
        key("an RSA key in the old format", "user-pem", true, "");
        key("a key in PKCS #8", "user-pkcs8", true, "");
        key("a stranger's key", "stranger", false, "refused the login with the key");
        key("a key with a passphrase", "locked", false, "has a passphrase");
        key("a certificate beside the key", "carried", true, "");
        key("a certificate beside an RSA key", "carried-rsa", true, "");
        key("a certificate beside an ECDSA key", "carried-ec", true, "");
        key("a certificate beside a key that would do alone", "both", true, "");
        key("a damaged certificate beside the key", "damaged", true, "");
        key("another key's certificate beside the key", "foreign", true, "");
        key("a certificate that has expired", "carried-expired", false, "carried-expired-cert.pub has expired at");
        key("a certificate of the future", "carried-early", false, "carried-early-cert.pub is valid only from");
        key("a certificate for another user", "carried-other", false, "is for somebody, not for");
        key("a certificate elsewhere", "carried-apart", false, "refused the login with the key");
    }

    private void settings() {
        String mine = "Host 127.0.0.1\n ";
        config("Port of the command line counts", "{N} {ed}", mine + "Port 1");
        config("User of the command line counts", "{N} {ed}", mine + "User nobody");
        config("HostName", "{N} {ed}", "Host 127.0.0.1\n HostName=127.0.0.1");
        config("HostKeyAlias", "gw1.example.org {ed}", mine + "HostKeyAlias GW1.example.org");
        configOut("HostKeyAlias of an unknown", "{N} {ed}", mine + "HostKeyAlias gw1", "under the name gw1");
        config("HostKeyAlgorithms", "{N} {xed}\n{N} {rsa}", mine + "HostKeyAlgorithms rsa-sha2-512");
        config("HostKeyAlgorithms taken out", "{N} {xed}\n{N} {rsa}", mine + "HostKeyAlgorithms -*ed25519*");
        configOut("HostKeyAlgorithms in an order", "{N} {rsa}", mine + "HostKeyAlgorithms ssh-ed25519,rsa-sha2-512",
                "is not the one in");
        config("HostKeyAlgorithms more", "{N} {rsa}", mine + "HostKeyAlgorithms +ssh-rsa");
        config("PubkeyAcceptedAlgorithms", "{N} {ed}", mine + "PubkeyAcceptedAlgorithms ssh-ed25519");
        configOut("PubkeyAcceptedAlgorithms without the key's", "{N} {ed}",
                mine + "PubkeyAcceptedKeyTypes rsa-sha2-512", "PubkeyAcceptedAlgorithms");
        config("Ciphers, MACs, KexAlgorithms", "{N} {ed}", mine + "Ciphers aes256-ctr\n MACs hmac-sha2-512\n"
                + " KexAlgorithms ecdh-sha2-nistp384");
        config("BindAddress", "{N} {ed}", mine + "BindAddress 127.0.0.1");
        config("AddressFamily", "{N} {ed}", mine + "AddressFamily inet");
        config("GlobalKnownHostsFile", "", mine + "GlobalKnownHostsFile {F:global}");
        config("RevokedHostKeys of others", "{N} {ed}", mine + "RevokedHostKeys {F:revoked-others}");
        configOut("RevokedHostKeys", "{N} {ed}", mine + "RevokedHostKeys {F:revoked}", "RevokedHostKeys");
        configOut("RevokedHostKeys that is not there", "{N} {ed}", mine + "RevokedHostKeys {F:nowhere}",
                "RevokedHostKeys");
        configOut("RequiredRSASize", "{N} {rsa}", mine + "HostKeyAlgorithms rsa-sha2-512\n RequiredRSASize 3072",
                "3072 is the least");
        config("StrictHostKeyChecking no, the key known", "{N} {ed}", mine + "StrictHostKeyChecking no");
        config("Match", "gw1 {ed}", "Match host 127.* user " + OpenSsh.USER + "\n HostKeyAlias gw1\nHost 10.*\n"
                + " ProxyJump nowhere");
        config("Match final", "gw1 {ed}", "Match final host 127.0.0.1\n HostKeyAlias gw1\n");
        config("Match all, negated", "{N} {ed}",
                "Match !all\n ProxyJump nowhere\nMatch !host 127.*\n HostKeyAlias gw1");
        config("Include", "gw1 {ed}", "Include {F:more}*\n");
        config("Include in another host's part", "{N} {ed}", "Host 10.*\n Include {F:more}*\n");
        config("Host of others, and negated", "{N} {ed}", "Host 10.* !127.0.0.1 *\n ProxyJump nowhere\n");
        config("quotes, equals signs, comments", "gw1 {ed}", "  hostkeyalias = \"gw1\" # mine\n");
        config("the first that is said counts", "gw1 {ed}", "HostKeyAlias gw1\nHost *\n HostKeyAlias gw2");
        config("ProxyJump none", "{N} {ed}", "ProxyJump none\nProxyCommand none\nHost *\n ProxyJump nowhere");
        config("ProxyCommand none", "{N} {ed}", "ProxyCommand none\nHost *\n ProxyJump nowhere");
        config("what changes nothing", "{N} {ed}", "ForwardAgent yes\nServerAliveInterval 5\nCompression yes\n"
                + "LogLevel ERROR\nConnectTimeout 5\nHashKnownHosts yes\nIgnoreUnknown Use*\nUseKeychain yes");
    }

    private void identities() {
        add("IdentityFile", "ed", "stranger", "IdentityFile {F:user}", true, "");
        add("IdentityFile that is not there", "ed", "user", "IdentityFile {F:nowhere}", true, "");
        add("IdentityFile with a passphrase", "ed", "user", "IdentityFile {F:locked}", true, "");
        add("IdentityFile with a certificate", "ed", "stranger", "IdentityFile {F:carried}", true, "");
        add("CertificateFile", "ed", "carried-apart", "CertificateFile {F:apart.pub}", true, "");
        add("CertificateFile of another key", "ed", "carried-expired", "CertificateFile {F:apart.pub}", false,
                "refused");
        add("the agent", "ed", "agent", "IdentityAgent {F:agent}", true, "");
        add("the agent, of a certificate", "ed", "agent",
                "IdentityAgent {F:agent}\nIdentitiesOnly yes\nIdentityFile {F:carried-agent}", true, "");
        add("the agent, of a named key", "ed", "agent",
                "IdentityAgent {F:agent}\nIdentitiesOnly yes\nIdentityFile {F:user2.pub}", true, "");
        add("the agent, of none that is named", "ed", "agent",
                "IdentityAgent {F:agent}\nIdentitiesOnly yes\nIdentityFile {F:stranger.pub}", false, "IdentitiesOnly");
    }

    private void add(String name, String server, String key, String config, boolean in, String says) {
        cases.add(new Case(name, server, "{N} {ed}", key, config, in, says));
    }

    private String fill(String text, int port) {
        String known = "[127.0.0.1]:" + port;
        String filled = text.replace("{#N}", OpenSsh.hashed(known)).replace("{#H}", OpenSsh.hashed("127.0.0.1"))
                .replace("{#X}", OpenSsh.hashed("gw9")).replace("{N}", known).replace("{P}", String.valueOf(port))
                .replace("{F:", folder + "/");
        for (String key : List.of("ed", "ec", "ec384", "ec521", "rsa", "xed", "xec", "xrsa", "ca", "xca", "rsaca")) {
            filled = filled.replace("{" + key + "}", openSsh.publicKey(key));
        }
        return filled.replace("}", "");
    }

    @TestFactory
    Stream<DynamicTest> bothLibrariesDoWhatSshDoes() {
        keysOfHosts();
        namesOfHosts();
        revoked();
        certificatesOfHosts();
        keysOfUsers();
        settings();
        identities();
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(c)));
    }

    private void compare(Case it) throws InterruptedException, ExecutionException {
        int port = openSsh.port(it.server());
        openSsh.write("global", fill("{N} {ed}\n", port));
        openSsh.write("revoked", openSsh.publicKey("xec") + "\n# a comment\n" + openSsh.publicKey("ed") + " mine\n");
        openSsh.write("revoked-others", openSsh.publicKey("xed") + "\n");
        openSsh.write("more.conf", "HostKeyAlias gw1\n");
        Path known = openSsh.write("known", fill(it.known(), port) + "\n");
        Path config = openSsh.write("config", fill(it.config(), port) + "\n");
        Login login = login(it.key(), port, known, config);
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            var ssh = together.submit(() -> OpenSsh.attempt(ssh(it.key(), port, known, config)));
            var sshj = together.submit(() -> refusal(() -> SshjConnection.open(login, PATIENCE)));
            var jsch = together.submit(() -> refusal(() -> JschConnection.open(login, PATIENCE)));
            assertThat(ssh.get().getKey() == 0).as("ssh itself says: %s", ssh.get().getValue()).isEqualTo(it.in());
            check("sshj", it, sshj.get());
            check("jsch", it, jsch.get());
        }
    }

    private static List<String> ssh(String key, int port, Path known, Path config) {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", config.toString(), "-o", "BatchMode=yes", "-o",
                "UserKnownHostsFile=" + known, "-o", "StrictHostKeyChecking=yes", "-l", OpenSsh.USER, "-p",
                String.valueOf(port)));
        if (!key.equals("agent")) {
            command.addAll(List.of("-o", "IdentitiesOnly=yes", "-i", openSsh.file(key).toString()));
        }
        command.addAll(List.of("127.0.0.1", "true"));
        return command;
    }

    private static Login login(String key, int port, Path known, Path config) {
        boolean byAgent = key.equals("agent");
        return new Login("127.0.0.1", port, OpenSsh.USER, byAgent ? Optional.empty() : Optional.of(openSsh.file(key)),
                byAgent, Optional.empty(), known, Optional.of(config), false, false);
    }

    private interface Opening {
        Connection open() throws SshException;
    }

    private static Optional<SshException> refusal(Opening opening) {
        try {
            opening.open().close();
            return Optional.empty();
        } catch (SshException e) {
            return Optional.of(e);
        }
    }

    private static void check(String library, Case it, Optional<SshException> refusal) {
        String said = refusal.map(Throwable::getMessage).orElse("it is in");
        assertThat(refusal.isEmpty()).as("%s says: %s", library, said).isEqualTo(it.in());
        assertThat(said).as(library).contains(it.says()).doesNotContain("\n");
        assertThat(refusal.map(SshException::refused).orElse(true)).as("%s says: %s", library, said).isTrue();
    }

    /** Where ssh would do something reroute cannot or must not do, the setting is named. */
    @TestFactory
    Stream<DynamicTest> whatCannotBeHonouredIsRefusedByItsName() {
        return Stream.of("ProxyJump bastion", "ProxyCommand nc %h %p", "ProxyJump none\nProxyCommand false",
                "UserKnownHostsFile /dev/null",
                "UserKnownHostsFile {F:global} {F:known}", "KnownHostsCommand /bin/true", "VerifyHostKeyDNS yes",
                "CheckHostIP yes", "CanonicalizeHostname yes", "BindInterface lo", "PKCS11Provider /lib/x.so",
                "PubkeyAuthentication no", "PreferredAuthentications password", "Port ssh", "HostName %x",
                "IdentityFile ~/.ssh/%C", "HostKeyAlgorithms ssh-dss", "Unheard of", "RevokedHostKeys /dev/zero-not",
                "Match exec true\n HostKeyAlias x", "Match tagged x\n HostKeyAlias x", "NoValue", "AddressFamily ipx")
                .map(s -> DynamicTest.dynamicTest(s, () -> named(s)));
    }

    private void named(String setting) {
        int port = openSsh.port("ed");
        Path known = openSsh.write("known", fill("{N} {ed}\n", port));
        openSsh.write("global", "");
        Path config = openSsh.write("config", "Host 127.0.0.1\n" + fill(setting, port) + "\n");
        Login login = login("user", port, known, config);
        for (Optional<SshException> refusal : List.of(refusal(() -> SshjConnection.open(login, PATIENCE)),
                refusal(() -> JschConnection.open(login, PATIENCE)))) {
            assertThat(refusal).isPresent();
            assertThat(refusal.get().refused()).isTrue();
            String name = setting.equals("NoValue") ? "line 2" : setting.replace("ProxyJump none\n", "").split(" ")[0];
            assertThat(refusal.get()).hasMessageContaining(name).hasMessageContaining(config.toString());
        }
    }

    @TestFactory
    Stream<DynamicTest> aKeyThatIsNotKnownIsRefusedWhateverTheConfigurationSays() {
        return Stream.of("StrictHostKeyChecking no", "StrictHostKeyChecking accept-new", "StrictHostKeyChecking off",
                "NoHostAuthenticationForLocalhost yes").map(s -> DynamicTest.dynamicTest(s, () -> {
                    Path known = openSsh.write("known", "");
                    Path config = openSsh.write("config", s + "\n");
                    Login login = login("user", openSsh.port("ed"), known, config);
                    assertThat(refusal(() -> SshjConnection.open(login, PATIENCE)).get())
                            .hasMessageContaining("is not in");
                    assertThat(refusal(() -> JschConnection.open(login, PATIENCE)).get())
                            .hasMessageContaining("is not in");
                    assertThat(known).isEmptyFile();
                }));
    }

    @Test
    void aForgedCertificateIsRefusedThoughItsKeyIsKnown() throws SshException {
        Path known = openSsh.write("known", fill("127.0.0.1 {ed}\n@cert-authority * {ca}\n", 22));
        HostTrust trust = HostTrust.of(SshTarget.of(login("user", 22, known, openSsh.write("config", ""))));
        SshKey good = SshKey.line(openSsh.publicKey("host-valid-cert")).orElseThrow();
        byte[] blob = good.blob().clone();
        blob[blob.length - 1] ^= 1;
        assertThat(trust.objection(good, Instant.now())).isEmpty();
        assertThat(trust.objection(new SshKey(good.type(), blob), Instant.now()).orElse(""))
                .contains("is not signed by the authority it names");
    }

    @Test
    void anOldDeviceIsReachedByItsEntryAlone() throws SshException {
        int port = openSsh.port("rsa HostKeyAlgorithms=ssh-rsa KexAlgorithms=diffie-hellman-group14-sha1"
                + " Ciphers=aes128-cbc MACs=hmac-sha1 PubkeyAcceptedAlgorithms=ssh-rsa");
        Path known = openSsh.write("known", fill("{N} {rsa}\n", port));
        Login old = old(port, known, true);
        Connections.open(old, PATIENCE).close();
        assertThat(refusal(() -> Connections.open(old(port, known, false), PATIENCE)).get())
                .hasMessageContaining("legacy: true");
        openSsh.write("known", fill("{N} {xrsa}\n", port));
        assertThat(refusal(() -> Connections.open(old, PATIENCE)).get()).hasMessageContaining("is not the one in");
    }

    private static Login old(int port, Path known, boolean legacy) {
        return new Login("127.0.0.1", port, OpenSsh.USER, Optional.of(openSsh.file("user-rsa")), false,
                Optional.empty(), known, Optional.empty(), false, legacy);
    }
}
