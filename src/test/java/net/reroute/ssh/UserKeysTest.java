package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import net.reroute.core.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that no login can use are refused before one is tried. */
class UserKeysTest {

    @TempDir
    private Path folder;

    private SshException refused(String text) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), text);
        Login login = new Login("gw1", 22, "anna", Optional.of(key), false, Optional.empty(), folder.resolve("known"),
                Optional.empty(), false, false);
        SshException e = catchThrowableOfType(SshException.class, () -> UserKeys.of(SshTarget.of(login)));
        assertThat(e.refused()).isTrue();
        return e;
    }

    private static String privateKey(String cipher, String type) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(SshStrings.ascii("openssh-key-v1\0"));
        all.writeBytes(SshStrings.strings(SshStrings.ascii(cipher), SshStrings.ascii("none"), new byte[0]));
        all.writeBytes(new byte[]{0, 0, 0, 1});
        all.writeBytes(SshStrings.strings(SshStrings.strings(SshStrings.ascii(type), new byte[32]), new byte[8]));
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(all.toByteArray())
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    @Test
    void aKeyOnATokenIsRefused() throws IOException {
        assertThat(refused(privateKey("none", "sk-ssh-ed25519@openssh.com"))).hasMessageContaining("security token");
    }

    @Test
    void aKeyWithAPassphraseIsRefused() throws IOException {
        assertThat(refused(privateKey("aes256-ctr", "ssh-ed25519"))).hasMessageContaining("has a passphrase");
    }

    @Test
    void aDamagedKeyIsRefused() throws IOException {
        String whole = privateKey("none", "ssh-ed25519");
        assertThat(refused(whole)).hasMessageContaining("the key ").hasMessageContaining("cannot be read");
        assertThat(refused("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n"))
                .hasMessageContaining("is cut off or damaged");
        assertThat(refused("no key")).hasMessageContaining("cannot be read");
    }
}
