package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others may change is not obeyed, whoever reads it. */
class PermissionsTest {

    private static final int NOBODY = 65534;

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(folder.resolve("file"), "x\n");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void onesOwnIsObeyed() {
        assertThat(Permissions.writable(file)).isEmpty();
        assertThat(Permissions.writable(folder.resolve("none"))).isEmpty();
        assertThat(Permissions.writable(Path.of("/dev/null"))).isEmpty(); // "no ssh-config"
    }

    @Test
    void whatOthersMayWriteIsNot() throws IOException {
        mode(file, "rw-rw-rw-");
        assertThat(Permissions.writable(file)).hasValueSatisfying(w -> assertThat(w).endsWith("-w " + file));
    }

    @Test
    void norWhatIsSomebodyElses() throws IOException {
        Files.setAttribute(file, "unix:uid", NOBODY);
        assertThat(Permissions.writable(file)).hasValueSatisfying(w -> assertThat(w).startsWith("belongs to "));
        assertThat(Permissions.secret(file)).hasValueSatisfying(w -> assertThat(w).contains("belongs to "));
        Permissions.trustOwnerOf(file); // unless the home is his
        try {
            assertThat(Permissions.writable(file)).isEmpty();
        } finally {
            Permissions.trustOwnerOf(folder);
        }
    }

    @Test
    void norWhatOthersMayPutAnotherInPlaceOf() throws IOException {
        mode(folder, "rwxrwxrwx");
        assertThat(Permissions.writable(file))
                .hasValueSatisfying(
                        w -> assertThat(w).startsWith("is in " + folder + ", which may be written by others"));
    }

    @Test
    void norWhatIsInAFolderOfSomebodyElse() throws IOException {
        Files.setAttribute(folder, "unix:uid", NOBODY);
        try {
            assertThat(Permissions.writable(file))
                    .hasValueSatisfying(w -> assertThat(w).contains("put another in its place"));
        } finally {
            Files.setAttribute(folder, "unix:uid", 0);
        }
    }

    @Test
    void norALinkToSuch() throws IOException {
        mode(file, "rw-rw-rw-");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(Permissions.writable(link)).isPresent();
    }

    @Test
    void knownHostsAndAuthoritiesAreLookedAtToo() throws IOException {
        mode(file, "rw-rw-rw-");
        assertThatThrownBy(() -> KnownHosts.read(java.util.List.of(file)))
                .hasMessageContaining("may be written by others");
        assertThatThrownBy(() -> Authorities.trust(Optional.of(file))).hasMessageContaining("may be written by others");
    }
}
