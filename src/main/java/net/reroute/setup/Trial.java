package net.reroute.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.reroute.core.Inventory;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;

/** Reads a text as the inventory that it may become, by the rules of the inventory. */
final class Trial {

    private Trial() {}

    /** @throws BadInventoryException with all mistakes, which name no file */
    static Inventory read(Path home, String text) throws BadInventoryException, IOException {
        Path file = Files.createTempFile("reroute-init", ".yaml");
        try {
            Files.writeString(file, text);
            return InventoryReader.read(home, List.of(file));
        } finally {
            Files.delete(file);
        }
    }
}
