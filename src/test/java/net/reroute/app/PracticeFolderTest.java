package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PracticeFolderTest {

    @Test
    void nothingOfItStays() throws Exception {
        PracticeFolder folder = PracticeFolder.create();
        Files.writeString(Files.createDirectories(folder.path().resolve("home/inventory")).resolve("a.yaml"), "");
        Files.createSymbolicLink(folder.path().resolve("nowhere"), Path.of("is-not-there"));
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void whatIsGoneAlreadyDoesNotMatter() throws Exception {
        PracticeFolder folder = PracticeFolder.create();
        Files.delete(folder.path());
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }
}
