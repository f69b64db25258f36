package net.reroute.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a first set-up: made once, kept ever after, and secret where they are. */
class HomeFilesTest {

    @TempDir
    Path home;

    @Test
    void aKeyIsMadeOnceAndIsItsOwnersAlone() throws Exception {
        for (String name : List.of(KeyLines.ED25519, KeyLines.RSA)) {
            HomeFiles files = new HomeFiles(home);
            assertThat(files.makeKey(name)).isTrue();
            byte[] made = Files.readAllBytes(files.at(name));
            assertThat(files.makeKey(name)).isFalse();
            assertThat(Files.readAllBytes(files.at(name))).isEqualTo(made);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.at(name))))
                    .isEqualTo("rw-------");
            assertThat(files.publicLine(name)).matches("ssh-(ed25519|rsa) [A-Za-z0-9+/=]+ reroute");
        }
    }

    @Test
    void aKeyWithoutItsPublicPartIsLeftAndTold() throws Exception {
        HomeFiles files = new HomeFiles(home);
        files.makeKey(KeyLines.ED25519);
        Files.delete(files.publicPart(KeyLines.ED25519));
        assertThatThrownBy(() -> files.makeKey(KeyLines.ED25519)).isInstanceOf(Incomplete.class)
                .hasMessageContaining("ssh-keygen -y -f");
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        HomeFiles files = new HomeFiles(home);
        files.write(files.inventory(), "first\n");
        assertThatThrownBy(() -> files.write(files.inventory(), "second\n"))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        files.write(files.proposal("one\n"), "one\n");
        assertThat(files.proposal("one\n")).exists();
        assertThat(files.proposal("two\n")).doesNotExist();
    }

    @Test
    void eachMakerHasItsLines() {
        String line = "ssh-rsa " + "A".repeat(500) + " reroute";
        assertThat(KeyLines.of("cisco-ios", "netops", line)).contains("ip ssh pubkey-chain", " username netops")
                .allMatch(l -> l.length() < 255);
        assertThat(String.join("", KeyLines.of("cisco-ios", "netops", line)).replace(" ", ""))
                .contains("A".repeat(500));
        assertThat(KeyLines.of("linux", "root", line)).singleElement().asString().contains(">> ~/.ssh/authorized_keys");
        assertThat(KeyLines.of("juniper-junos", "netops", line)).anyMatch(l -> l.contains("\"ssh-rsa A"));
        assertThat(KeyLines.of("of-ones-own", "netops", line)).contains(line);
    }
}
