package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that systemd hands to the daemon (systemd.exec(5), LoadCredential=). */
class HandedKeysTest {

    @TempDir
    Path folder;

    @Test
    void aFileInKeysIsReadWhereSystemdPutIt() throws Exception {
        Path home = folder.resolve("home");
        Path handed = Files.createDirectories(folder.resolve("credentials"));
        Path key = home.resolve("keys/gw/id_ed25519");
        assertThat(HandedKeys.of(home, key, null)).isEqualTo(key);
        assertThat(HandedKeys.of(home, key, handed.toString())).as("not handed over").isEqualTo(key);
        Path file = Files.createFile(handed.resolve("keys_gw_id_ed25519"));
        assertThat(HandedKeys.of(home, key, handed.toString())).isEqualTo(file);
        Path elsewhere = home.resolve("gw/id_ed25519");
        assertThat(HandedKeys.of(home, elsewhere, handed.toString())).isEqualTo(elsewhere);
        assertThat(HandedKeys.of(home, home.resolve("keys"), handed.toString())).isEqualTo(home.resolve("keys"));
    }

    @Test
    void aKeyThatCameAfterTheStartNeedsARestart() {
        Path key = folder.resolve("keys/id_ed25519");
        assertThat(HandedKeys.notHanded(key, null)).as("no daemon: systemd handed it nothing").isEmpty();
        assertThat(HandedKeys.notHanded(key, folder.toString())).get().asString()
                .contains(key + " was not there when systemd handed the keys", "systemctl restart reroute");
    }
}
