package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.reroute.core.Inventory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload exchanges what has changed: files that say the same must be seen to, whatever stands in them. */
class ReadAgainTest {

    @TempDir
    Path home;

    /** All that is shipped, and a router of every dialect. */
    @BeforeEach
    void makeHome() throws IOException {
        copy("inventory", "widgetco.yaml");
        copy("playbooks", ".yaml");
        copy("routers", ".yaml");
        StringBuilder routers = new StringBuilder("routers:\n");
        new DialectFiles(home, new ProblemList()).known().forEach(dialect -> routers.append("  of-").append(dialect)
                .append(": {dialect: ").append(dialect)
                .append(", address: 192.0.2.1, user: admin, password: {env: HOME}, known-hosts: k}\n"));
        write("inventory/more.yaml",
                routers + """
                          checks:
                            web2: {http: "https://{server}/", body-regex: "a+", status: [200, 301], every: 2s}
                          channels:
                            here: {syslog: daemon}
                          """);
        write("k", "");
    }

    private void copy(String folder, String ending) throws IOException {
        Files.createDirectories(home.resolve(folder));
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                Files.copy(file, home.resolve(folder).resolve(file.getFileName()));
            }
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), text);
    }

    @Test
    void theSameFilesReadAgainAreTheSameInventory() throws BadInventoryException {
        Inventory before = InventoryReader.read(home);
        assertThat(InventoryReader.read(home).sharing(before)).isEqualTo(before);
    }

    @Test
    void aLineOfADialectThatReadsOtherwiseIsAnotherRouterAndTheOthersAreTheSame() throws Exception {
        Inventory before = InventoryReader.read(home);
        String file = Files.readString(home.resolve("routers/cisco-ios.yaml"));
        write("routers/cisco-ios.yaml", file.replace("refused:", "refused: # by the device\n  - '^Surely not'"));
        Inventory after = InventoryReader.read(home).sharing(before);
        assertThat(after.routers().get("of-cisco-ios")).isNotEqualTo(before.routers().get("of-cisco-ios"));
        assertThat(after.routers().get("of-frr")).isEqualTo(before.routers().get("of-frr"));
    }
}
