package net.reroute.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.reroute.core.Inventory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home with one inventory file, and a key {@code id} that only its owner can read. */
abstract class InInventoryHome {

    @TempDir
    Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        secret("id", "key");
    }

    final void secret(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text);
        Files.setPosixFilePermissions(home.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    final void write(String text) throws IOException {
        Files.writeString(home.resolve("inventory/a.yaml"), text);
    }

    final Inventory read(String text) throws IOException, BadInventoryException {
        write(text);
        return InventoryReader.read(home);
    }
}
